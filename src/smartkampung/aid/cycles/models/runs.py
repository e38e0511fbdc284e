"""Work on many at once, village by village, with its progress."""

from django.db import models
from django.db.models import F, Q

from smartkampung.aid.cycles.models.plan import Cycle


class Run(models.Model):
    """One set-wise operation over a cycle: how far it is, and what it did.

    Its villages are worked off by one job each. ``value`` is the highest decile to
    propose, or the number of the tranche to release. Never more are done than there are
    (``run_done_within_total``).
    """

    class Kind(models.TextChoices):
        PROPOSE = "propose"
        APPROVE = "approve"
        RELEASE = "release"

    class State(models.TextChoices):
        RUNNING = "running"
        DONE = "done"
        CANCELLED = "cancelled"
        UNDONE = "undone"

    cycle = models.ForeignKey(Cycle, models.PROTECT, related_name="runs")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    state = models.CharField(max_length=9, choices=State.choices, default=State.RUNNING)
    region_code = models.CharField(max_length=30, db_collation="C")
    value = models.SmallIntegerField(default=0)
    total = models.IntegerField()
    done = models.IntegerField(default=0)
    people = models.IntegerField(default=0)
    problems = models.JSONField(default=dict)
    started_by = models.ForeignKey("accounts.Staff", models.PROTECT, related_name="+")
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "aid"
        constraints = [
            models.CheckConstraint(
                name="run_done_within_total",
                condition=Q(done__gte=0, done__lte=F("total")),
            )
        ]
