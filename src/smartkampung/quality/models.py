"""What was counted, so that it can be seen whether a village gets better."""

from django.db import models
from django.db.models import F, Q


class VillageScore(models.Model):
    """The count of one village on one day; today's is counted anew every half hour.

    Promises kept by the database: a village is counted once a day
    (``village_score_once_a_day``); nobody is without error who is not there
    (``village_score_faultless_are_among_people``).
    """

    village_code = models.CharField(max_length=30, db_collation="C")
    on = models.DateField()
    people = models.IntegerField()
    faultless = models.IntegerField()
    found = models.JSONField(default=dict)
    counted_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["village_code", "on"], name="village_score_once_a_day"
            ),
            models.CheckConstraint(
                name="village_score_faultless_are_among_people",
                condition=Q(faultless__gte=0, faultless__lte=F("people")),
            ),
        ]
        indexes = [models.Index(fields=["on"], name="village_score_on")]
