"""Addresses of the population report. Places and months only; no person is in any."""

from django.urls import path

from smartkampung.web.population import views

app_name = "population"
urlpatterns = [
    path("", views.here, name="month"),
    path("<str:code>/", views.report, name="report"),
    path("<str:code>/table.csv", views.table, name="table"),
    path("<str:code>/day/", views.day, name="day"),
]
