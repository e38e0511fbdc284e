"""Tables of figures about the economy: none of them is about a person."""

import pgtrigger
from django.db import models
from django.db.models import F, Func, Q

from smartkampung.recovery.economy.rules.falling import Turn
from smartkampung.recovery.economy.rules.kinds import (
    COUNTS,
    LONGEST_ITEM,
    NEVER_NEGATIVE,
    Kind,
    Measure,
)

_COUNTS, _NEVER = list(map(str, COUNTS)), list(map(str, NEVER_NEGATIVE))


class _Whole(Func):
    function = "trunc"
    output_field = models.DecimalField(max_digits=20, decimal_places=2)


class Figure(models.Model):
    """One figure of one month, in one version; the highest version stands.

    ``item`` is a type of revenue, the name of a site, or the code of a sector. Money is
    rupiah. Without a value the figure was taken back. ``source`` says where it comes
    from; what is ``synthetic`` was made up for a demonstration.
    Promises kept by the database: a measure of an item has one figure a month and
    version (``economy_figure_once``); a month is named by its first day
    (``economy_figure_of_a_month``); only what was collected may be below nought
    (``economy_figure_not_negative``); counts are whole (``economy_figure_whole``);
    a correction says why (``economy_figure_says_why``); figures are never changed or
    deleted (``economy_figure_append_only``).
    """

    measure = models.CharField(
        max_length=8, choices=[(one.value, one) for one in Measure]
    )
    item = models.CharField(max_length=LONGEST_ITEM)
    month = models.DateField()
    version = models.PositiveSmallIntegerField(default=1)
    value = models.DecimalField(max_digits=20, decimal_places=2, null=True)
    source = models.CharField(max_length=200)
    synthetic = models.BooleanField(default=False)
    reason = models.CharField(max_length=300, blank=True)
    by = models.CharField(max_length=150)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["measure", "item", "month", "version"],
                name="economy_figure_once",
            ),
            models.CheckConstraint(
                name="economy_figure_of_a_month", condition=Q(month__day=1)
            ),
            models.CheckConstraint(
                name="economy_figure_not_negative",
                condition=~Q(measure__in=_NEVER) | Q(value=None) | Q(value__gte=0),
            ),
            models.CheckConstraint(
                name="economy_figure_whole",
                condition=~Q(measure__in=_COUNTS)
                | Q(value=None)
                | Q(value=_Whole(F("value"))),
            ),
            models.CheckConstraint(
                name="economy_figure_says_why",
                condition=Q(version=1, value__isnull=False)
                | Q(version__gt=1) & ~Q(reason=""),
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="economy_figure_append_only",
                operation=pgtrigger.Update | pgtrigger.Delete,
            )
        ]


class KnownFigure(models.Model):
    """A real figure from a named source, for a period longer or shorter than a month.

    Never a part of a monthly series. ``stated_percent`` is what the source itself says;
    ``doubtful`` what our own reading doubts. Of ``period`` and ``until`` the rules know
    what they mean (``rules.known``).
    Promise kept by the database: a source tells one figure of an item and a period
    (``economy_known_once``).
    """

    topic = models.CharField(max_length=10, choices=[(one.value, one) for one in Kind])
    item = models.CharField(max_length=LONGEST_ITEM)
    part = models.CharField(max_length=10, blank=True)  # of visits: domestic, foreign
    period = models.CharField(max_length=10)
    since = models.DateField()
    until = models.DateField()
    target = models.DecimalField(max_digits=20, decimal_places=2, null=True)
    value = models.DecimalField(max_digits=20, decimal_places=2, null=True)
    stated_percent = models.DecimalField(max_digits=7, decimal_places=2, null=True)
    source_url = models.URLField(max_length=300)
    caveat = models.CharField(max_length=300, blank=True)
    caveat_en = models.CharField(max_length=300, blank=True)
    doubtful = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["topic", "item", "part", "since", "until", "source_url"],
                name="economy_known_once",
            )
        ]


class Setting(models.Model):
    """The baseline year or the thresholds, from a day on; the later written holds.

    Promise kept by the database: what held is never changed or deleted
    (``economy_setting_append_only``).
    """

    class Kind(models.TextChoices):
        BASELINE = "baseline"
        THRESHOLDS = "thresholds"

    kind = models.CharField(max_length=10, choices=Kind.choices)
    since = models.DateField()
    body = models.JSONField()
    reference = models.CharField(max_length=200)
    by = models.CharField(max_length=150)
    at = models.DateTimeField()

    class Meta:
        triggers = [
            pgtrigger.Protect(
                name="economy_setting_append_only",
                operation=pgtrigger.Update | pgtrigger.Delete,
            )
        ]


class Alert(models.Model):
    """A curve fell past its threshold, or is back; told once, until it turns again.

    Promises kept by the database: the alerts of a curve are numbered without a double,
    so that two looks at once tell it once (``economy_alert_once``); whoever acknowledged
    is named with the time (``economy_alert_seen_is_signed``).
    """

    curve = models.CharField(max_length=80)
    number = models.PositiveIntegerField()
    turn = models.CharField(max_length=9, choices=[(one.value, one) for one in Turn])
    month = models.DateField()
    index = models.DecimalField(max_digits=14, decimal_places=1, null=True)
    setting = models.ForeignKey(Setting, models.PROTECT, related_name="+")
    synthetic = models.BooleanField(default=False)
    at = models.DateTimeField()
    seen_by = models.CharField(max_length=150, blank=True)
    seen_at = models.DateTimeField(null=True)
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["curve", "number"], name="economy_alert_once"
            ),
            models.CheckConstraint(
                name="economy_alert_seen_is_signed",
                condition=Q(seen_by="", seen_at=None)
                | ~Q(seen_by="") & Q(seen_at__isnull=False),
            ),
        ]


class FigureFile(models.Model):
    """A file of figures: read by a child, looked at, then taken or not.

    ``rows`` are the figures that can be written, ``problems`` the cells that are wrong.
    Promise kept by the database: whoever took it or left it is named with the time
    (``economy_file_end_is_signed``).
    """

    class State(models.TextChoices):
        CHECKING = "checking"
        READY = "ready"
        UNUSABLE = "unusable"
        TAKEN = "taken"
        LEFT = "left"

    kind = models.CharField(max_length=10, choices=[(one.value, one) for one in Kind])
    state = models.CharField(
        max_length=8, choices=State.choices, default=State.CHECKING
    )
    name = models.CharField(max_length=120)
    digest = models.CharField(max_length=128)
    path = models.CharField(max_length=80)
    defect = models.JSONField(default=dict)
    rows = models.JSONField(default=list)
    problems = models.JSONField(default=list)
    remarks = models.JSONField(default=list)
    faulty = models.IntegerField(default=0)  # rows
    written = models.IntegerField(default=0)
    brought_by = models.CharField(max_length=150)
    brought_at = models.DateTimeField()
    ended_by = models.CharField(max_length=150, blank=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="economy_file_end_is_signed",
                condition=Q(state__in=["taken", "left"], ended_at__isnull=False)
                & ~Q(ended_by="")
                | Q(
                    state__in=["checking", "ready", "unusable"],
                    ended_by="",
                    ended_at=None,
                ),
            )
        ]


class SectorCount(models.Model):
    """How many were hit in a sector, as anybody may read it; hidden where it is small.

    Promise kept by the database: a sector is counted once (``sector_count_once``).
    """

    sector = models.CharField(max_length=30)
    to_verify = models.IntegerField(null=True)
    verified = models.IntegerField(null=True)
    recovered = models.IntegerField(null=True)
    total = models.IntegerField(null=True)
    counted_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["sector"], name="sector_count_once")
        ]
