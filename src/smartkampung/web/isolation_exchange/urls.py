"""Addresses of what is told to another health system, for health workers."""

from django.urls import path

from smartkampung.web.isolation_exchange import views

app_name = "isolation_exchange"
urlpatterns = [
    path("", views.line, name="line"),
    path("stays/<int:stay_id>/", views.stay, name="stay"),
    path("stays/<int:stay_id>/send/", views.send, name="send"),
]
