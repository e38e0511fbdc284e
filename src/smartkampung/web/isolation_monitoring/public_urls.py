"""Addresses on which people in isolation report how they are."""

from django.urls import path

from smartkampung.web.isolation_monitoring import letters, reporting

app_name = "isolation_report"
urlpatterns = [
    path("", reporting.door, name="door"),
    path("<str:code>/", reporting.report, name="report"),
    path("<str:code>/reminders/", reporting.reminders, name="reminders"),
    path("<str:code>/letter/<int:stay_id>/", letters.own, name="letter"),
]
