"""Rounds of choice: the villages of a kecamatan side by side, and which two are taken."""

import pgtrigger
from django.db import models
from django.db.models import F, Q

from smartkampung.kernel.promises import append_only, refuse_when
from smartkampung.regions.models import Region
from smartkampung.reopening.pilots.rules.choosing import PLACES

OVERRODE = """EXISTS (SELECT FROM pilots_candidate
    WHERE round_id = NEW.id AND overridden_by <> '' AND overridden_by = NEW.closed_by)
"""


class Answers(models.Model):
    """What a village says about itself: how ready it is, and what draws people there.

    ``yes`` are the codes of the questions answered with yes. The latest of a village
    counts. Promise kept by the database: never changed or deleted
    (``pilot_answers_append_only``).
    """

    village = models.ForeignKey(Region, models.PROTECT, related_name="+")
    yes = models.JSONField()
    market = models.BooleanField()
    tourism = models.BooleanField()
    by = models.CharField(max_length=150)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["village", "at"], name="pilot_answers_latest")]
        triggers = [append_only("pilot_answers_append_only")]


class Round(models.Model):
    """The choice of two villages of one kecamatan, by weights that everybody may read.

    Promises kept by the database: one round of a kecamatan is open at a time
    (``pilot_round_open_once``); whoever opened it does not close it
    (``pilot_round_closed_by_another``), and neither does whoever left its order
    (``pilot_round_closed_by_no_overrider``); its weights stay as they were
    (``pilot_round_only_closes``). ``places`` were free on the day it was opened.
    """

    kecamatan = models.ForeignKey(Region, models.PROTECT, related_name="+")
    weights = models.JSONField()
    places = models.PositiveSmallIntegerField(default=PLACES)
    on = models.DateField()
    opened_by = models.CharField(max_length=150)
    opened_at = models.DateTimeField()
    closed_by = models.CharField(max_length=150, blank=True)
    closed_at = models.DateTimeField(null=True)
    few_because = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kecamatan"],
                condition=Q(closed_at=None),
                name="pilot_round_open_once",
            ),
            models.CheckConstraint(
                name="pilot_round_closed_by_another",
                condition=Q(closed_by="", closed_at=None)
                | ~Q(closed_by="")
                & ~Q(closed_by=F("opened_by"))
                & Q(closed_at__isnull=False),
            ),
        ]
        triggers = [
            pgtrigger.ReadOnly(
                name="pilot_round_only_closes",
                exclude=["closed_by", "closed_at", "few_because"],
            ),
            refuse_when(
                "pilot_round_closed_by_no_overrider",
                OVERRODE,
                "whoever left the order of a round does not close it",
                pgtrigger.Update,
            ),
        ]


class Candidate(models.Model):
    """A village in a round: its place, its points and the facts behind them.

    ``overridden_by`` is who took or left it out of order, empty while the order holds.
    Promises kept by the database: a village stands once in a round
    (``pilot_candidate_once``); who is taken out of order reads why
    (``pilot_candidate_override_says_why``); its points stay as they were counted
    (``pilot_candidate_only_chosen``).
    """

    round = models.ForeignKey(Round, models.PROTECT, related_name="candidates")
    village = models.ForeignKey(Region, models.PROTECT, related_name="+")
    place = models.IntegerField()
    score = models.IntegerField()
    points = models.JSONField()
    chosen = models.BooleanField()
    reason = models.CharField(max_length=300, blank=True)
    overridden_by = models.CharField(max_length=150, blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["round", "village"], name="pilot_candidate_once"
            ),
            models.CheckConstraint(
                name="pilot_candidate_override_says_why",
                condition=Q(chosen=False) | Q(place__lte=PLACES) | ~Q(reason=""),
            ),
        ]
        triggers = [
            pgtrigger.ReadOnly(
                name="pilot_candidate_only_chosen",
                exclude=["chosen", "reason", "overridden_by"],
            )
        ]
