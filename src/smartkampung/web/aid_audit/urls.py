"""Addresses for auditors. No person is in any."""

from django.urls import path

from smartkampung.web.aid_audit import changes, findings, thread

app_name = "aid_audit"
urlpatterns = [
    path("", findings.findings, name="findings"),
    path("changes/", changes.changes, name="changes"),
    path("changes/person/<int:pk>/", changes.person, name="person_history"),
    path("changes/family/<int:pk>/", changes.family, name="family_history"),
    path("claims/<int:claim_id>/thread.pdf", thread.claim, name="claim_thread"),
    path(
        "proposals/<int:proposal_id>/thread.pdf",
        thread.proposal,
        name="proposal_thread",
    ),
    path("<slug:error>/", findings.check, name="check"),
    path("<slug:error>/table.csv", findings.table, name="table"),
]
