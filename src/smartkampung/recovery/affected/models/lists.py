"""Lists that employers and associations gave, and how far they were taken over."""

from django.db import models
from django.db.models import F, Q

from smartkampung.kernel.sealed import SealedField
from smartkampung.recovery.affected.models.people import Affected, Sector

ROWS = "affected_list"


class AffectedList(models.Model):
    """One list: previewed first, then taken over as a whole when somebody says so.

    ``digest`` is the keyed print of the file; ``problems`` names cells and what is
    wrong with them, never a whole number; the rejected rows lie sealed under
    ``rejected_path``. ``known`` counts the rows of people whose record was open
    already. ``region_code`` is the smallest place that holds all of whoever brought it,
    who sees it wherever that lies. Promises kept by the database: never more done than there is
    (``affected_list_done_within_total``); what is taken over was said so by somebody
    (``affected_list_taken_by_somebody``).
    """

    class Kind(models.TextChoices):
        EMPLOYER = "employer"
        ASSOCIATION = "association"

    class State(models.TextChoices):
        CHECKING = "checking"
        READY = "ready"
        WRITING = "writing"
        DONE = "done"
        UNUSABLE = "unusable"
        DROPPED = "dropped"

    kind = models.CharField(max_length=11, choices=Kind.choices)
    organisation = models.CharField(max_length=120)
    sector = models.ForeignKey(Sector, models.PROTECT, related_name="+")
    what = models.CharField(max_length=16, choices=Affected.Kind.choices)
    happened_on = models.DateField()
    region_code = models.CharField(max_length=30, db_collation="C")
    state = models.CharField(
        max_length=8, choices=State.choices, default=State.CHECKING
    )
    digest = models.CharField(max_length=128)
    path = models.CharField(max_length=80)
    rejected_path = models.CharField(max_length=80, blank=True)
    read = models.IntegerField(default=0)
    total = models.IntegerField(default=0)
    done = models.IntegerField(default=0)
    known = models.IntegerField(default=0)
    opened = models.IntegerField(default=0)
    too_late = models.IntegerField(default=0)  # died or moved since the preview
    rejected = models.IntegerField(default=0)
    problems = models.JSONField(default=list)
    more_problems = models.IntegerField(default=0)
    defect = models.JSONField(default=dict)
    brought_by = models.ForeignKey("accounts.Staff", models.PROTECT, related_name="+")
    brought_at = models.DateTimeField()
    taken_by = models.CharField(max_length=150, blank=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="affected_list_done_within_total",
                condition=Q(done__gte=0, done__lte=F("total")),
            ),
            models.CheckConstraint(
                name="affected_list_taken_by_somebody",
                condition=~Q(state__in=["writing", "done"]) | ~Q(taken_by=""),
            ),
        ]


class AffectedListPart(models.Model):
    """Rows of a list that hold and wait to be taken over, sealed; then it is gone.

    Promise kept by the database: a part stands once (``affected_list_part_once``).
    """

    list = models.ForeignKey(AffectedList, models.CASCADE, related_name="parts")
    number = models.IntegerField()
    rows = SealedField(purpose=ROWS)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["list", "number"], name="affected_list_part_once"
            )
        ]
