"""How many people a village takes in a day, and a Puskesmas looks after at once."""

from django.db import models
from django.db.models import Q


class IntakeLimit(models.Model):
    """A limit that somebody set; places without one have that of ``rules.intake``.

    Promises kept by the database: it is of one village or one Puskesmas
    (``intake_limit_of_one_place``), and stands once (``intake_limit_once``).
    """

    village = models.ForeignKey(
        "regions.Region", models.PROTECT, null=True, related_name="+"
    )
    centre = models.ForeignKey(
        "regions.HealthCentre", models.PROTECT, null=True, related_name="+"
    )
    most = models.PositiveIntegerField()
    by = models.CharField(max_length=150)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="intake_limit_of_one_place",
                condition=Q(village=None, centre__isnull=False)
                | Q(village__isnull=False, centre=None),
            ),
            models.UniqueConstraint(
                name="intake_limit_once",
                fields=["village", "centre"],
                nulls_distinct=False,
            ),
        ]
