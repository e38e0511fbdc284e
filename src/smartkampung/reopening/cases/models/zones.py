"""What zones are made of, and what was decided: nothing here names anybody."""

from django.db import models

from smartkampung.kernel.promises import append_only
from smartkampung.reopening.guidance.rules.kinds import Colour


class Mark(models.Model):
    """What zones need of a case: where, which house (a number), when, known how long.

    A trigger on cases keeps it; nobody may be named from it, so that a colour can be
    shown to who may not read cases.
    """

    case = models.OneToOneField("Case", models.PROTECT, primary_key=True)
    region_code = models.CharField(max_length=30, db_collation="C")
    house = models.BigIntegerField()
    confirmed_on = models.DateField()
    known_from = models.DateTimeField()
    known_until = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            # All that a zone needs, so that it reads no row.
            models.Index(
                fields=["confirmed_on"],
                include=["region_code", "house", "known_from", "known_until"],
                name="mark_zone",
            ),
            models.Index(fields=["region_code", "confirmed_on"], name="mark_region"),
        ]


class Heard(models.Model):
    """A village of which its Puskesmas said how a day was: a case, or that none was.

    A village of which nobody heard for as long as zones look back is not green: it
    cannot be decided. Promises kept by the database: a day of a village is heard once,
    by who said it first (``heard_once``), and nothing is unsaid (``heard_append_only``).
    """

    village_code = models.CharField(max_length=30, db_collation="C")
    day = models.DateField()
    at = models.DateTimeField()
    by = models.CharField(max_length=150)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["day", "village_code"], name="heard_once")
        ]
        indexes = [models.Index(fields=["village_code", "day"], name="heard_village")]
        triggers = [append_only("heard_append_only")]


class ZoneDay(models.Model):
    """The zones of all RTs on a day, as decided by what was known at ``known_at``.

    ``seal`` is a keyed print of the decision, its rows, and what it was made of. Without ``guidance`` nothing
    could be decided. Promise kept by the database: a decision stays
    (``zone_day_append_only``).
    """

    day = models.DateField(primary_key=True)
    known_at = models.DateTimeField()
    decided_at = models.DateTimeField()
    guidance = models.ForeignKey(
        "guidance.Guidance", models.PROTECT, null=True, related_name="+"
    )
    rts = models.IntegerField()
    villages = models.JSONField(default=dict)  # how many RTs each had that night
    counts = models.JSONField()  # RTs by colour, and "unknown"
    seal = models.BinaryField()

    class Meta:
        triggers = [append_only("zone_day_append_only")]


class ZoneRow(models.Model):
    """An RT that was not green on a day, or a village that could not be decided.

    All others were green. ``colour`` is empty for a village of which nobody heard; its
    RTs have a row where their known houses alone made a colour.
    Promises kept by the database: a place has one row a day (``zone_row_once``), and
    it stays (``zone_row_append_only``).
    """

    day = models.ForeignKey(ZoneDay, models.PROTECT, related_name="rows")
    region_code = models.CharField(max_length=30, db_collation="C")
    houses = models.IntegerField()
    colour = models.CharField(
        max_length=6, blank=True, choices=[(one.value, one) for one in Colour]
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["day", "region_code"], name="zone_row_once")
        ]
        triggers = [append_only("zone_row_append_only")]
