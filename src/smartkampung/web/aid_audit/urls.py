"""Addresses for auditors. No person is in any."""

from django.urls import path

from smartkampung.web.aid_audit import findings

app_name = "aid_audit"
urlpatterns = [
    path("", findings.findings, name="findings"),
    path("<slug:error>/", findings.check, name="check"),
    path("<slug:error>/table.csv", findings.table, name="table"),
]
