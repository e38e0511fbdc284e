"""Addresses of the figures. Places only; no person is in any."""

from django.urls import path

from smartkampung.web.isolation_figures import views

app_name = "isolation_figures"
urlpatterns = [
    path("", views.here, name="here"),
    path("<str:code>/", views.area, name="area"),
]
