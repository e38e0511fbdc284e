"""How a village numbers, opens, signs: its rule, its closed days, its mandates."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, RangeOperators
from django.db import models
from django.db.models import F, Q

from smartkampung.letters.requests.rules.mandates import Manner
from smartkampung.letters.requests.rules.numbering import USUAL
from smartkampung.regions.models import half_open


class VillageRule(models.Model):
    """What a village decided about its letters; without one the usual holds.

    ``steps`` holds what the village adds to the steps of kinds, ``hours`` the open
    minutes of each weekday, ``office`` what its numbers call it.
    """

    village = models.OneToOneField(
        "regions.Region", models.PROTECT, primary_key=True, related_name="+"
    )
    pattern = models.CharField(max_length=60, default=USUAL)
    by_kind = models.BooleanField(default=False)
    office = models.CharField(max_length=30, blank=True)
    steps = models.JSONField(default=dict)
    hours = models.JSONField(default=dict)
    changed_by = models.CharField(max_length=150)
    changed_at = models.DateTimeField()


class ClosedDay(models.Model):
    """A day on which the offices of a region are closed, besides public holidays.

    Promise kept by the database: a region closes once a day (``office_closed_day_once``).
    """

    region = models.ForeignKey("regions.Region", models.PROTECT, related_name="+")
    on = models.DateField()
    name = models.CharField(max_length=80)
    by = models.CharField(max_length=150)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["region", "on"], name="office_closed_day_once"
            )
        ]


class HolidayList(models.Model):
    """The public holidays of one year, as a decree says; it holds in place of the file.

    ``days`` are as ``rules.holidays`` keeps them, ``source`` the number of the decree.
    """

    year = models.PositiveSmallIntegerField(primary_key=True)
    days = models.JSONField()
    source = models.CharField(max_length=200)
    loaded_by = models.CharField(max_length=150)
    loaded_at = models.DateTimeField()


class Mandate(models.Model):
    """The head of a village lets a deputy sign, for a time, all kinds or some.

    The period is half-open; ``title`` is the deputy's own office, which stands below
    ``a.n. Kepala Desa``. Promises kept by the database: a deputy has one mandate of
    a village at a time (``mandate_no_overlap``), which ends after it begins
    (``mandate_ends_after_it_begins``) and is for somebody else than the giver
    (``mandate_is_for_another``); a revocation says who
    (``mandate_revocation_is_signed``).
    """

    village = models.ForeignKey("regions.Region", models.PROTECT, related_name="+")
    deputy = models.ForeignKey("accounts.Staff", models.PROTECT, related_name="+")
    manner = models.CharField(
        max_length=3, choices=[(one.value, one.name.title()) for one in Manner]
    )
    title = models.CharField(max_length=80, blank=True)
    kinds = ArrayField(models.CharField(max_length=40), default=list)
    since = models.DateField()
    until = models.DateField()
    given_by = models.ForeignKey("accounts.Staff", models.PROTECT, related_name="+")
    given_at = models.DateTimeField()
    reason = models.CharField(max_length=200, blank=True)
    revoked_at = models.DateTimeField(null=True)
    revoked_by = models.CharField(max_length=150, blank=True)

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="mandate_no_overlap",
                expressions=[
                    ("village", RangeOperators.EQUAL),
                    ("deputy", RangeOperators.EQUAL),
                    (half_open(), RangeOperators.OVERLAPS),
                ],
                condition=Q(revoked_at=None),
            ),
            models.CheckConstraint(
                name="mandate_ends_after_it_begins",
                condition=Q(until__gt=F("since")),
            ),
            models.CheckConstraint(
                name="mandate_is_for_another",
                condition=~Q(deputy=F("given_by")),
            ),
            models.CheckConstraint(
                name="mandate_revocation_is_signed",
                condition=Q(revoked_at=None, revoked_by="")
                | Q(revoked_at__isnull=False) & ~Q(revoked_by=""),
            ),
        ]
