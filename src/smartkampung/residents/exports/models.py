"""Requests to take people's data out of the registry, and who let them."""

from django.db import models
from django.db.models import F, Q


class Export(models.Model):
    """One request for a file of people, from asking to the file's deletion.

    Promises kept by the database: whoever approves is not whoever asked
    (``export_approved_by_another``); large exports are not made unapproved
    (``export_large_needs_approval``).
    """

    class State(models.TextChoices):
        WAITING = "waiting"
        MAKING = "making"
        READY = "ready"
        REFUSED = "refused"
        EXPIRED = "expired"

    class Format(models.TextChoices):
        WORKBOOK = "xlsx"
        CSV = "csv"
        PEOPLE = "people"

    region_code = models.CharField(max_length=30, db_collation="C")
    format = models.CharField(max_length=6, choices=Format.choices)
    reason = models.CharField(max_length=300)
    people = models.IntegerField()
    large = models.BooleanField()
    state = models.CharField(max_length=8, choices=State.choices)
    asked_by = models.CharField(max_length=150)
    asked_at = models.DateTimeField()
    decided_by = models.CharField(max_length=150, blank=True)
    decided_at = models.DateTimeField(null=True)
    made_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField()
    path = models.CharField(max_length=80, blank=True)
    mark = models.CharField(max_length=20, unique=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="export_approved_by_another",
                condition=~Q(decided_by=F("asked_by")),
            ),
            models.CheckConstraint(
                name="export_large_needs_approval",
                condition=Q(large=False) | Q(made_at=None) | ~Q(decided_by=""),
            ),
        ]
        indexes = [
            models.Index(fields=["region_code", "-asked_at"], name="export_region")
        ]
