"""Counters of offices, when they open, and on which days they do not."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, IntegerRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q

from smartkampung.regions.models import Region

LAST_MINUTE = 24 * 60


class MinuteRange(Func):
    """``int4range(opens, closes)``, half-open: noon may close and open at once."""

    function = "int4range"
    output_field = IntegerRangeField()


class Counter(models.Model):
    """A counter of a village or kecamatan office, and what is served there.

    Promise kept by the database: an office has one counter of a name
    (``counter_name_once``).
    """

    region = models.ForeignKey(Region, models.PROTECT, related_name="+")
    name = models.CharField(max_length=80)
    services = ArrayField(models.CharField(max_length=60))
    is_open = models.BooleanField(default=True)
    by = models.CharField(max_length=150)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["region", "name"], name="counter_name_once")
        ]


class Opening(models.Model):
    """Hours of one weekday (Monday is 0), in minutes of the day, cut into slots.

    ``people`` come to one slot where all of the usual capacity may be used; ``share``
    of them (%) is kept for those who come first, until ``released`` hours before.
    Promises kept by the database: hours of a day do not overlap
    (``openings_apart``), and hold slots and people (``opening_holds_slots``).
    """

    counter = models.ForeignKey(Counter, models.CASCADE, related_name="openings")
    weekday = models.PositiveSmallIntegerField()
    opens = models.PositiveSmallIntegerField()
    closes = models.PositiveSmallIntegerField()
    minutes = models.PositiveSmallIntegerField()
    people = models.PositiveSmallIntegerField()
    share = models.PositiveSmallIntegerField(default=20)
    released = models.PositiveSmallIntegerField(default=2)

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="openings_apart",
                expressions=[
                    ("counter", RangeOperators.EQUAL),
                    ("weekday", RangeOperators.EQUAL),
                    (
                        MinuteRange(F("opens"), F("closes")),
                        RangeOperators.OVERLAPS,
                    ),
                ],
            ),
            models.CheckConstraint(
                name="opening_holds_slots",
                condition=Q(
                    weekday__lte=6,
                    closes__lte=LAST_MINUTE,
                    minutes__gte=5,
                    people__gte=1,
                    share__lte=100,
                    closes__gte=F("opens") + F("minutes"),
                ),
            ),
        ]


class ClosedDay(models.Model):
    """A day on which a counter stays closed, and why (``closed_day_once``)."""

    counter = models.ForeignKey(Counter, models.CASCADE, related_name="closed_days")
    on = models.DateField()
    reason = models.CharField(max_length=120)
    by = models.CharField(max_length=150)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["counter", "on"], name="closed_day_once")
        ]
