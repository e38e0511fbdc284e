"""Messages to the phones of an area, and what they may cost in a month."""

from django.db import models
from django.db.models import F, Q

from smartkampung.frontline.voice.rules.broadcasting import DANGERS, State


class Broadcast(models.Model):
    """One message to every family of an area that agreed to such news.

    Its words come from a catalogue and name the place and the announcement where the
    rest stands: nothing is typed, so nothing can slip in that a phone of the whole
    house must not show. ``families``, ``parts`` and ``cost`` are what was counted
    before sending, each channel paid once (of calling off a warning what the month
    still had, as that always goes); ``purse`` is the area whose month pays.
    ``used`` is what it really cost, once nothing of it can cost more: the rest went
    back to the month.
    Promises kept by the database: one that costs much was allowed by somebody else
    than who asked (``broadcast_large_needs_two``), and so was every warning of danger,
    which says how it is known (``broadcast_danger_needs_two``; what was sent before that
    promise stays as it was, and is not changed any more); the same words go to an area
    once for an announcement (``broadcast_not_twice``).
    """

    announcement = models.ForeignKey(
        "voice.Announcement", models.PROTECT, related_name="broadcasts"
    )
    wording = models.CharField(max_length=40)
    tongue = models.CharField(max_length=3, blank=True)
    region_code = models.CharField(max_length=30, db_collation="C")
    due_on = models.DateField(null=True)
    purse = models.CharField(max_length=30, db_collation="C")
    families = models.IntegerField()
    parts = models.SmallIntegerField()
    cost = models.IntegerField()
    used = models.IntegerField(null=True)
    large = models.BooleanField()
    state = models.CharField(max_length=8, choices=[(one.value, one) for one in State])
    by = models.CharField(max_length=150)
    at = models.DateTimeField()
    decided_by = models.CharField(max_length=150, blank=True)
    decided_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=200, blank=True)
    grounds = models.CharField(max_length=200, blank=True, db_default="")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="broadcast_large_needs_two",
                condition=Q(large=False)
                | Q(state=State.WAITING)
                | ~Q(decided_by="") & ~Q(decided_by=F("by")),
            ),
            models.CheckConstraint(
                name="broadcast_danger_needs_two",
                condition=~Q(wording__in=sorted(one.value for one in DANGERS))
                | Q(large=True) & ~Q(grounds=""),
            ),
            models.UniqueConstraint(
                fields=["announcement", "region_code", "wording"],
                condition=~Q(state=State.REFUSED),
                name="broadcast_not_twice",
            ),
        ]
        indexes = [
            models.Index(fields=["region_code", "-at"], name="broadcast_area"),
        ]


class Allowance(models.Model):
    """What an area may spend on messages in a month, and what it promised to spend.

    Promises kept by the database: one for each area and month (``allowance_once``);
    never more is promised than allowed (``broadcast_cost_within_cap``).
    """

    purse = models.CharField(max_length=30, db_collation="C")
    month = models.DateField()
    cap = models.IntegerField()
    spent = models.IntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["purse", "month"], name="allowance_once"),
            models.CheckConstraint(
                name="broadcast_cost_within_cap",
                condition=Q(spent__gte=0) & Q(spent__lte=F("cap")),
            ),
        ]
