"""Addresses of the staff pages around reports."""

from django.urls import path

from smartkampung.web.report import assist, phases

app_name = "report_staff"
urlpatterns = [
    path("assist/", assist.assist, name="assist"),
    path("phases/", phases.phases, name="phases"),
    path("phases/<int:phase_id>/close/", phases.close, name="close_phase"),
    path("phases/<int:phase_id>/quota/", phases.quota, name="change_quota"),
]
