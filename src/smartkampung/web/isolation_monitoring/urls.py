"""Addresses of looking after people in isolation."""

from django.urls import path

from smartkampung.web.isolation_monitoring import looking

app_name = "isolation_monitoring"
urlpatterns = [
    path("", looking.today, name="today"),
    path("looks/<int:obligation_id>/", looking.look, name="look"),
    path("stays/<int:stay_id>/", looking.stay, name="stay"),
]
