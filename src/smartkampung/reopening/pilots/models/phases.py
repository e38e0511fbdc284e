"""Which phase a village is in, and when it is paused."""

import pgtrigger
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q

from smartkampung.regions.models import Region, half_open


class PhaseSpell(models.Model):
    """One phase of one village, from a day until the next phase begins (half-open).

    A village without a spell is in the first phase of the guidance in force.
    Promises kept by the database: a village is in one phase at a time
    (``village_is_in_one_phase``); a spell never ends before it begins
    (``phase_spell_never_ends_before_it_begins``), though it may end on its own day,
    when a village goes back at once; only its end is ever changed
    (``phase_spell_only_ends``), and it is never deleted (``phase_spell_kept``).
    """

    village = models.ForeignKey(Region, models.PROTECT, related_name="+")
    phase = models.CharField(max_length=20)
    since = models.DateField()
    until = models.DateField(null=True)
    reason = models.CharField(max_length=300)
    by = models.CharField(max_length=150)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="village_is_in_one_phase",
                expressions=[
                    ("village", RangeOperators.EQUAL),
                    (half_open(), RangeOperators.OVERLAPS),
                ],
            ),
            models.CheckConstraint(
                name="phase_spell_never_ends_before_it_begins",
                condition=Q(until=None) | Q(until__gte=F("since")),
            ),
        ]
        triggers = [
            pgtrigger.ReadOnly(name="phase_spell_only_ends", exclude=["until"]),
            pgtrigger.Protect(name="phase_spell_kept", operation=pgtrigger.Delete),
        ]


class Pause(models.Model):
    """A village stands still: from a day until it goes on or back (half-open).

    While it lasts the strictest phase applies, whatever phase the village is in. A
    pause that ends on its own day leaves no paused day behind.
    Promises kept by the database: a pilot is paused once at a time
    (``pilot_paused_once``); a pause never ends before it begins
    (``pause_never_ends_before_it_begins``); only its end is ever changed
    (``pause_only_ends``).
    """

    pilot = models.ForeignKey("pilots.Pilot", models.PROTECT, related_name="pauses")
    since = models.DateField()
    until = models.DateField(null=True)
    reason = models.CharField(max_length=300)
    by = models.CharField(max_length=150)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["pilot"], condition=Q(until=None), name="pilot_paused_once"
            ),
            models.CheckConstraint(
                name="pause_never_ends_before_it_begins",
                condition=Q(until=None) | Q(until__gte=F("since")),
            ),
        ]
        triggers = [pgtrigger.ReadOnly(name="pause_only_ends", exclude=["until"])]
