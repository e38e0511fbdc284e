"""Where and when a part of a batch is handed over."""

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from smartkampung.aid.models.promises import refuse_when


class Point(models.Model):
    """A place and a time of one batch, for the people of some RTs.

    ``areas`` are region codes. Who is to come there is on the entitlement. Promises
    kept by the database: a place opens once at a time for a batch (``point_once``);
    it ends after it starts (``point_ends_after_it_starts``); somebody fits
    (``point_takes_somebody``), and never fewer than were called
    (``point_keeps_its_places``); its end says who and when (``point_end_is_signed``).

    ``warehouse`` is where its goods were taken from, and whereto ``returned`` went back at
    its end; what is ``missing`` has a reason (``point_leftovers_are_told``).
    """

    batch = models.ForeignKey("aid.Batch", models.CASCADE, related_name="points")
    place = models.CharField(max_length=120)
    on = models.DateField()
    starts = models.TimeField()
    ends = models.TimeField()
    capacity = models.IntegerField()
    areas = ArrayField(models.CharField(max_length=30, db_collation="C"))
    made_by = models.ForeignKey("accounts.Staff", models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    closed_by = models.ForeignKey(
        "accounts.Staff", models.PROTECT, null=True, related_name="+"
    )
    closed_at = models.DateTimeField(null=True)
    warehouse = models.CharField(max_length=30, db_collation="C", blank=True)
    returned = models.BigIntegerField(null=True)
    missing = models.BigIntegerField(default=0)
    loss_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["batch", "on", "starts", "place"], name="point_once"
            ),
            models.CheckConstraint(
                name="point_ends_after_it_starts", condition=Q(ends__gt=F("starts"))
            ),
            models.CheckConstraint(
                name="point_takes_somebody", condition=Q(capacity__gt=0)
            ),
            models.CheckConstraint(
                name="point_end_is_signed",
                condition=Q(closed_by=None, closed_at=None)
                | Q(closed_by__isnull=False, closed_at__isnull=False),
            ),
            models.CheckConstraint(
                name="point_leftovers_are_told",
                condition=Q(returned=None, missing=0, loss_reason="")
                | Q(
                    Q(missing=0, loss_reason="")
                    | Q(missing__gt=0) & ~Q(loss_reason=""),
                    ~Q(warehouse=""),
                    returned__gte=0,
                    closed_at__isnull=False,
                ),
            ),
        ]
        triggers = [
            refuse_when(
                "point_keeps_its_places",
                """NEW.capacity < (SELECT count(*) FROM aid_entitlement
                    WHERE point_id = NEW.id)""",
                "a point has room for everybody who was called there",
                operation=pgtrigger.UpdateOf("capacity"),
            )
        ]
