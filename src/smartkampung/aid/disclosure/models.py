"""Figures of aid that anybody may read, made from tables that nobody may."""

from django.db import models
from django.db.models import Q

from smartkampung.aid.disclosure.rules import Stage
from smartkampung.kernel.small_cells import SMALLEST_SHOWN

COUNTS = ("total", "given_here", "given_elsewhere", "waiting")


def _never_small() -> Q:
    safe = Q()
    for count in COUNTS:
        at_least = Q(**{f"{count}__gte": SMALLEST_SHOWN})
        safe &= Q(**{count: None}) | Q(**{count: 0}) | at_least
    return safe


class ProgrammeFigure(models.Model):
    """How many a programme reaches in a place, how much it gave, and where it stands.

    ``total`` are the families (or people) on the list or served before: of
    ``given_here`` the system holds a hand-over or payment, of ``given_elsewhere`` the
    list of another office says when they were paid last, of those ``waiting`` neither.
    ``given`` is what went to ``given_here``, in the programme's commodity. Empty where
    it would point at people.

    Promises kept by the database: a programme has one row for a place
    (``programme_figure_once``); no count from 1 to 4 is kept here
    (``programme_figure_never_small``); a sum is hidden where its count is
    (``programme_figure_hides_sum_with_count``).
    """

    programme = models.ForeignKey(
        "aid.Programme", models.CASCADE, related_name="figures"
    )
    region_code = models.CharField(max_length=30, db_collation="C")
    total = models.BigIntegerField(null=True)
    given_here = models.BigIntegerField(null=True)
    given_elsewhere = models.BigIntegerField(null=True)
    waiting = models.BigIntegerField(null=True)
    given = models.BigIntegerField(null=True)
    stage = models.CharField(
        max_length=8, choices=[(stage.value, stage.name.title()) for stage in Stage]
    )
    next_on = models.DateField(null=True)
    counted_at = models.DateTimeField()

    class Meta:
        app_label = "aid"
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "region_code"], name="programme_figure_once"
            ),
            models.CheckConstraint(
                name="programme_figure_never_small", condition=_never_small()
            ),
            models.CheckConstraint(
                name="programme_figure_hides_sum_with_count",
                condition=Q(given=None) | Q(given_here__isnull=False),
            ),
        ]
        indexes = [models.Index(fields=["region_code"], name="programme_figure_region")]
