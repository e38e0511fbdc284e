"""How many people a village takes in a day, and a Puskesmas looks after at once."""

from django.db import models
from django.db.models import Q

from smartkampung.kernel.promises import append_only


class IntakeLimit(models.Model):
    """A limit that somebody set; places without one have that of ``rules.intake``.

    The latest of a place holds, and those before it are its history. Says nothing about
    anybody. Promises kept by the database: it is of one village or one Puskesmas
    (``intake_limit_of_one_place``); it is never changed (``intake_limit_append_only``).
    """

    village = models.ForeignKey(
        "regions.Region", models.PROTECT, null=True, related_name="+"
    )
    centre = models.ForeignKey(
        "regions.HealthCentre", models.PROTECT, null=True, related_name="+"
    )
    most = models.PositiveIntegerField()
    reason = models.CharField(max_length=300, blank=True)
    by = models.CharField(max_length=150)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="intake_limit_of_one_place",
                condition=Q(village=None, centre__isnull=False)
                | Q(village__isnull=False, centre=None),
            )
        ]
        triggers = [append_only("intake_limit_append_only")]
