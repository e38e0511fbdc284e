"""Addresses for auditors. No person is in any."""

from django.urls import path

from smartkampung.web.aid_audit import findings, thread

app_name = "aid_audit"
urlpatterns = [
    path("", findings.findings, name="findings"),
    path("claims/<int:claim_id>/thread.pdf", thread.claim, name="claim_thread"),
    path(
        "proposals/<int:proposal_id>/thread.pdf",
        thread.proposal,
        name="proposal_thread",
    ),
    path("<slug:error>/", findings.check, name="check"),
    path("<slug:error>/table.csv", findings.table, name="table"),
]
