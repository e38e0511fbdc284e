"""Files of daily reports, from being brought to being taken or left."""

from django.db import models
from django.db.models import Q

from smartkampung.reopening.signals.rules.kinds import Kind


class DayFile(models.Model):
    """A file of daily reports: read by a child, looked at, then taken or not.

    ``rows`` are the reports that can be written, ``problems`` the cells that are wrong,
    ``unread`` the columns that nobody knows. Promise kept by the database: whoever took
    it or left it is named with the time (``day_file_end_is_signed``).
    """

    class State(models.TextChoices):
        CHECKING = "checking"
        READY = "ready"
        UNUSABLE = "unusable"
        TAKEN = "taken"
        LEFT = "left"

    kind = models.CharField(max_length=8, choices=[(one.value, one) for one in Kind])
    region = models.CharField(max_length=30, db_collation="C")
    state = models.CharField(
        max_length=8, choices=State.choices, default=State.CHECKING
    )
    name = models.CharField(max_length=120)
    path = models.CharField(max_length=80, blank=True)
    defect = models.JSONField(default=dict)
    rows = models.JSONField(default=list)
    problems = models.JSONField(default=list)
    remarks = models.JSONField(default=list)
    unread = models.JSONField(default=list)
    faulty = models.IntegerField(default=0)  # rows
    written = models.IntegerField(default=0)
    brought_by = models.CharField(max_length=150)
    brought_at = models.DateTimeField()
    ended_by = models.CharField(max_length=150, blank=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="day_file_end_is_signed",
                condition=Q(state__in=["taken", "left"], ended_at__isnull=False)
                & ~Q(ended_by="")
                | Q(
                    state__in=["checking", "ready", "unusable"],
                    ended_by="",
                    ended_at=None,
                ),
            )
        ]
