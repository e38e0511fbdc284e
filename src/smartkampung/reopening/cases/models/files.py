"""Files of cases, from being brought to being taken or left."""

from django.db import models
from django.db.models import Q

from smartkampung.kernel.sealed import SealedField

ROWS = "case-rows"


class CaseFile(models.Model):
    """A file of cases. ``rows`` holds, sealed, what can be written until it is.

    Promise kept by the database: whoever takes or leaves it signs
    (``case_file_end_is_signed``).
    """

    class State(models.TextChoices):
        CHECKING = "checking"
        READY = "ready"
        UNUSABLE = "unusable"
        TAKEN = "taken"
        LEFT = "left"

    region_code = models.CharField(max_length=30, db_collation="C")
    state = models.CharField(
        max_length=8, choices=State.choices, default=State.CHECKING
    )
    path = models.CharField(max_length=80, blank=True)
    rejected_path = models.CharField(max_length=80, blank=True)
    defect = models.JSONField(default=dict)
    rows = SealedField(purpose=ROWS, null=True)
    total = models.IntegerField(default=0)
    rejected = models.IntegerField(default=0)
    written = models.IntegerField(null=True)  # nothing until a job has written them
    problems = models.JSONField(default=list)
    brought_by = models.ForeignKey("accounts.Staff", models.PROTECT, related_name="+")
    brought_at = models.DateTimeField()
    ended_by = models.CharField(max_length=150, blank=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="case_file_end_is_signed",
                condition=Q(state__in=["taken", "left"], ended_at__isnull=False)
                & ~Q(ended_by="")
                | Q(
                    state__in=["checking", "ready", "unusable"],
                    ended_by="",
                    ended_at=None,
                ),
            )
        ]
