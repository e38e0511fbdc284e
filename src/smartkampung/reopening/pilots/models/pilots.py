"""Pilots, what happened to them, and how ready they are."""

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from smartkampung.kernel.promises import append_only
from smartkampung.regions.models import Region
from smartkampung.reopening.pilots.rules.states import State, Step, What


class Pilot(models.Model):
    """One village that reopens first, from its choice until it ends.

    Its phase stands in ``PhaseSpell``, what happened in ``Turn``. ``due_on`` is until
    when whoever acts next should have acted.
    Promises kept by the database: a village is one pilot at a time
    (``pilot_open_once_a_village``); what ended says when (``pilot_end_says_when``).
    """

    village = models.ForeignKey(Region, models.PROTECT, related_name="+")
    round = models.ForeignKey(
        "pilots.Round", models.PROTECT, null=True, related_name="pilots"
    )
    state = models.CharField(max_length=10, choices=[(one.value, one) for one in State])
    chosen_on = models.DateField()
    due_on = models.DateField(null=True)
    ended_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["village"],
                condition=~Q(state=State.ENDED),
                name="pilot_open_once_a_village",
            ),
            models.CheckConstraint(
                name="pilot_end_says_when",
                condition=Q(state=State.ENDED, ended_on__isnull=False)
                | ~Q(state=State.ENDED) & Q(ended_on=None),
            ),
        ]


class Turn(models.Model):
    """One thing that happened to a pilot, with its reason; everybody may read it.

    ``evaluation`` is what the readings said at that moment, by which version of the
    gates, where they were asked (``queries.evaluation``). ``phase`` is the phase
    afterwards. Promise kept by the database: never changed or deleted
    (``pilot_turn_append_only``).
    """

    pilot = models.ForeignKey(Pilot, models.PROTECT, related_name="turns")
    what = models.CharField(max_length=12, choices=[(one.value, one) for one in What])
    phase = models.CharField(max_length=20, blank=True)
    on = models.DateField()
    reason = models.CharField(max_length=300, blank=True)
    evaluation = models.JSONField(null=True)
    by = models.CharField(max_length=150)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["pilot", "at"], name="pilot_turn_at")]
        triggers = [append_only("pilot_turn_append_only")]


class Evidence(models.Model):
    """What a village did in one step of its preparation: when, for how many, pictures.

    Promises kept by the database: somebody took part (``pilot_evidence_has_people``);
    never changed or deleted (``pilot_evidence_append_only``), what was wrong is told
    by another.
    """

    pilot = models.ForeignKey(Pilot, models.PROTECT, related_name="evidence")
    step = models.CharField(max_length=13, choices=[(one.value, one) for one in Step])
    text = models.CharField(max_length=600)
    on = models.DateField()
    people = models.IntegerField()
    photos = ArrayField(models.UUIDField(), default=list)
    by = models.CharField(max_length=150)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="pilot_evidence_has_people", condition=Q(people__gt=0)
            )
        ]
        triggers = [append_only("pilot_evidence_append_only")]


class Visit(models.Model):
    """The task force looked at a village: it passed, or something is missing; pictures.

    Promises kept by the database: a village that did not pass reads what is missing
    (``pilot_visit_says_what_is_missing``); never changed or deleted
    (``pilot_visit_append_only``).
    """

    pilot = models.ForeignKey(Pilot, models.PROTECT, related_name="visits")
    on = models.DateField()
    passed = models.BooleanField()
    missing = models.CharField(max_length=600, blank=True)
    photos = ArrayField(
        models.UUIDField(),
        default=list,
        db_default=models.Value([], ArrayField(models.UUIDField())),
    )
    by = models.CharField(max_length=150)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="pilot_visit_says_what_is_missing",
                condition=Q(passed=True, missing="") | Q(passed=False) & ~Q(missing=""),
            )
        ]
        triggers = [append_only("pilot_visit_append_only")]


class Proposal(models.Model):
    """Signals of a pilot worsened, so going back is proposed; a human decides in time.

    ``calm_on`` is the day on which the indicator fell below its lower limit again.
    Promises kept by the database: for one indicator nothing is proposed again before
    that (``pilot_proposal_once_until_calm``); a decision has a reason and somebody who
    took it (``pilot_proposal_decision_is_signed``); calm comes afterwards
    (``pilot_proposal_calm_afterwards``); what was proposed stays as it was
    (``pilot_proposal_only_decided``).
    """

    pilot = models.ForeignKey(Pilot, models.PROTECT, related_name="proposals")
    indicator = models.CharField(max_length=20)
    of = models.CharField(max_length=10)
    on = models.DateField()
    evaluation = models.JSONField()
    at = models.DateTimeField()
    due_at = models.DateTimeField()
    decision = models.CharField(max_length=5, blank=True)
    reason = models.CharField(max_length=300, blank=True)
    decided_by = models.CharField(max_length=150, blank=True)
    decided_at = models.DateTimeField(null=True)
    calm_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["pilot", "indicator", "of"],
                condition=Q(calm_on=None),
                name="pilot_proposal_once_until_calm",
            ),
            models.CheckConstraint(
                name="pilot_proposal_decision_is_signed",
                condition=Q(decision="", reason="", decided_by="", decided_at=None)
                | ~Q(decision="")
                & ~Q(reason="")
                & ~Q(decided_by="")
                & Q(decided_at__isnull=False),
            ),
            models.CheckConstraint(
                name="pilot_proposal_calm_afterwards",
                condition=Q(calm_on=None) | Q(calm_on__gt=F("on")),
            ),
        ]
        triggers = [
            pgtrigger.ReadOnly(
                name="pilot_proposal_only_decided",
                exclude=["decision", "reason", "decided_by", "decided_at", "calm_on"],
            )
        ]


class SignOff(models.Model):
    """One office signed the gate before a phase, for what it saw.

    ``evaluation`` and its ``digest`` are what stood on the page that was signed. It
    stands until the village moved (``moved_on``) or until readings turned bad
    (``fell_on``). Promises kept by the database: an office signs a gate once
    (``pilot_sign_once``), a person for one office (``pilot_signer_signs_once``); what
    was signed stays as it was (``pilot_sign_only_ends``); it moved or fell, not both
    (``pilot_sign_ends_one_way``).
    """

    pilot = models.ForeignKey(Pilot, models.PROTECT, related_name="signs")
    to = models.CharField(max_length=20)
    role = models.CharField(max_length=20)
    digest = models.CharField(max_length=64)
    evaluation = models.JSONField()
    by = models.CharField(max_length=150)
    at = models.DateTimeField()
    moved_on = models.DateField(null=True)
    fell_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["pilot", "to", "role"],
                condition=Q(moved_on=None, fell_on=None),
                name="pilot_sign_once",
            ),
            models.UniqueConstraint(
                fields=["pilot", "to", "by"],
                condition=Q(moved_on=None, fell_on=None),
                name="pilot_signer_signs_once",
            ),
            models.CheckConstraint(
                name="pilot_sign_ends_one_way",
                condition=Q(moved_on=None) | Q(fell_on=None),
            ),
        ]
        triggers = [
            pgtrigger.ReadOnly(
                name="pilot_sign_only_ends", exclude=["moved_on", "fell_on"]
            )
        ]
