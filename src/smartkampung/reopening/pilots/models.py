"""Tables of pilots."""

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
    (``village_is_in_one_phase``); a spell ends after it begins
    (``phase_spell_ends_after_it_begins``); only its end is ever changed
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
                name="phase_spell_ends_after_it_begins",
                condition=Q(until=None) | Q(until__gt=F("since")),
            ),
        ]
        triggers = [
            pgtrigger.ReadOnly(name="phase_spell_only_ends", exclude=["until"]),
            pgtrigger.Protect(name="phase_spell_kept", operation=pgtrigger.Delete),
        ]
