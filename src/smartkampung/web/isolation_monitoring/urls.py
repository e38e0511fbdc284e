"""Addresses of looking after people in isolation."""

from django.urls import path

from smartkampung.web.isolation_monitoring import (
    aid,
    alerts,
    ending,
    letters,
    looking,
    stays,
)

app_name = "isolation_monitoring"
urlpatterns = [
    path("", looking.today, name="today"),
    path("stays/", stays.stays, name="stays"),
    path("looks/<int:obligation_id>/", looking.look, name="look"),
    path("stays/<int:stay_id>/", looking.stay, name="stay"),
    path("stays/<int:stay_id>/decide/", ending.decision, name="decide"),
    path("stays/<int:stay_id>/class/", ending.case_class, name="class"),
    path("stays/<int:stay_id>/letter/", letters.letter, name="letter"),
    path("stays/<int:stay_id>/aid/<int:person_id>/", aid.report_aid, name="report_aid"),
    path("alerts/", alerts.alerts, name="alerts"),
    path("alerts/<int:escalation_id>/", alerts.alert, name="alert"),
]
