"""Addresses of warehouses."""

from django.urls import path

from smartkampung.web.aid_goods import counting, warehouses

app_name = "aid_goods"
urlpatterns = [
    path("", warehouses.warehouses, name="warehouses"),
    path("counts/<uuid:count_id>/", counting.decide, name="decide"),
    path("<str:region>/counts/", counting.counts, name="counts"),
    path("<str:region>/", warehouses.warehouse, name="warehouse"),
    path("<str:region>/write/", warehouses.write, name="write"),
    path("<str:region>/count/<uuid:move_id>/", warehouses.count, name="count"),
]
