"""Tables of signals: counts of places and days, and none of them about a person."""

from django.db import models
from django.db.models import F, Q

from smartkampung.kernel.promises import append_only
from smartkampung.reopening.guidance.rules.kinds import Colour
from smartkampung.reopening.signals.rules.kinds import COLUMNS, LONGEST_PLACE, Kind


def _fills_its_kind() -> Q:
    """Return "the numbers of its kind and no others, or none at all"."""
    every = [name for pair in COLUMNS.values() for name in pair]
    empty = Q(**{f"{name}__isnull": True for name in every})
    return empty & Q(version__gt=1) | Q(
        *(
            Q(kind=kind, **{f"{name}__isnull": name not in pair for name in every})
            for kind, pair in COLUMNS.items()
        ),
        _connector=Q.OR,
    )


def _says_why() -> Q:
    return Q(version=1) | ~Q(reason="")


class DayReport(models.Model):
    """Two numbers of a region, or of a hospital or laboratory in it, about one day.

    The highest version stands; one without numbers takes the report back.
    Promises kept by the database: a day is told once in a version
    (``day_report_once``); it holds the numbers of its kind and no others
    (``day_report_fills_its_kind``); nobody is positive who was not tested
    (``day_report_positive_were_tested``); a correction says why
    (``day_report_says_why``); reports are never changed or deleted
    (``day_report_append_only``).
    """

    kind = models.CharField(max_length=8, choices=[(one.value, one) for one in Kind])
    region = models.CharField(max_length=30, db_collation="C")
    place = models.CharField(max_length=LONGEST_PLACE, blank=True)
    on = models.DateField()
    version = models.PositiveSmallIntegerField(default=1)
    tested = models.PositiveIntegerField(null=True)
    positive = models.PositiveIntegerField(null=True)
    beds = models.PositiveIntegerField(null=True)
    occupied = models.PositiveIntegerField(null=True)
    admitted = models.PositiveIntegerField(null=True)
    died = models.PositiveIntegerField(null=True)
    followed = models.PositiveIntegerField(null=True)  # cases whose contacts were asked
    contacts = models.PositiveIntegerField(null=True)  # that were found
    source = models.CharField(max_length=200)
    reason = models.CharField(max_length=300, blank=True)
    by = models.CharField(max_length=150)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "region", "place", "on", "version"],
                name="day_report_once",
            ),
            models.CheckConstraint(
                name="day_report_fills_its_kind", condition=_fills_its_kind()
            ),
            models.CheckConstraint(
                name="day_report_positive_were_tested",
                condition=Q(tested=None) | Q(positive__lte=F("tested")),
            ),
            models.CheckConstraint(name="day_report_says_why", condition=_says_why()),
        ]
        triggers = [append_only("day_report_append_only")]


class OfficialColour(models.Model):
    """The colour that a ministry or the province gave a regency, as a source tells it.

    Never one of ours. The highest version of a day stands; a region of another
    regency is known by its name only.
    Promises kept by the database: a day has one colour in a version
    (``official_colour_once``); a colour names where it stands
    (``official_colour_has_a_source``); a correction says why
    (``official_colour_says_why``); it is never changed or deleted
    (``official_colour_append_only``).
    """

    region = models.CharField(max_length=30, db_collation="C")
    name = models.CharField(max_length=120)
    on = models.DateField()
    version = models.PositiveSmallIntegerField(default=1)
    colour = models.CharField(
        max_length=6, choices=[(one.value, one) for one in Colour]
    )
    source_url = models.URLField(max_length=400)
    note = models.CharField(max_length=300, blank=True)
    reason = models.CharField(max_length=300, blank=True)
    by = models.CharField(max_length=150)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["region", "on", "version"], name="official_colour_once"
            ),
            models.CheckConstraint(
                name="official_colour_has_a_source", condition=~Q(source_url="")
            ),
            models.CheckConstraint(
                name="official_colour_says_why", condition=_says_why()
            ),
        ]
        triggers = [append_only("official_colour_append_only")]


class ProvinceDay(models.Model):
    """One day of the province as its files tell it; what they leave out is not known.

    Promises kept by the database: a day is told once in a version
    (``province_day_once``); it is never changed or deleted
    (``province_day_append_only``).
    """

    on = models.DateField()
    version = models.PositiveSmallIntegerField(default=1)
    cases = models.PositiveIntegerField(null=True)
    recovered = models.PositiveIntegerField(null=True)
    died = models.PositiveIntegerField(null=True)
    cases_so_far = models.PositiveIntegerField(null=True)
    source = models.CharField(max_length=40)
    by = models.CharField(max_length=150)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["on", "version"], name="province_day_once")
        ]
        triggers = [append_only("province_day_append_only")]


class PublishedWeek(models.Model):
    """What anybody may read of a week: cases of a kecamatan, or of all together.

    Written once, when the week is over, with small counts hidden; a case that is told
    of later changes nothing here, or the difference would point at somebody. The sum
    is of the kecamatan that were told of. ``whole`` says that enough was heard of every
    day; else there were at least so many cases.
    Promises kept by the database: a week begins on a Monday
    (``published_week_begins_on_monday``); a region is told once a week
    (``published_week_once``); where nobody told there is no count
    (``published_week_untold_has_no_count``); what was told stays
    (``published_week_append_only``).
    """

    week = models.DateField()
    region = models.CharField(max_length=30, db_collation="C")
    cases = models.PositiveIntegerField(null=True)  # None: hidden, or not told
    told = models.BooleanField(default=True, db_default=True)
    whole = models.BooleanField(default=True, db_default=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="published_week_begins_on_monday",
                condition=Q(week__iso_week_day=1),
            ),
            models.UniqueConstraint(
                fields=["week", "region"], name="published_week_once"
            ),
            models.CheckConstraint(
                name="published_week_untold_has_no_count",
                condition=Q(told=True) | Q(cases=None),
            ),
        ]
        triggers = [append_only("published_week_append_only")]
