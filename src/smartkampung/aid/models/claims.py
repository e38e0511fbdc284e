"""From a report to a decision.

A *report* is what somebody told us; a *claim* is the one case of one person, which
any number of reports join. All tables here stand behind row-level security.
"""

import pgtrigger
from django.db import models
from django.db.models import F, Q

from smartkampung.aid.models.programmes import Programme, blocked_by_field
from smartkampung.aid.models.promises import append_only, refuse_when
from smartkampung.aid.rules.report import Channel
from smartkampung.kernel.sealed import SealedField
from smartkampung.residents.models import KK, NIK, PHONE


class Claim(models.Model):
    """The case of one person who says they got no aid.

    Promise kept by the database: one open claim for a NIK
    (``claim_one_open_per_nik``). ``person`` is the match in the registry, if any.
    ``region_code`` is the RT when known, else the village.
    """

    class State(models.TextChoices):
        TO_CHECK = "to_check"
        TO_DECIDE = "to_decide"
        APPROVED = "approved"
        REFUSED = "refused"
        HANDED_OVER = "handed_over"
        RETURNED = "returned"
        STOPPED = "stopped"

    CLOSED = (State.REFUSED, State.HANDED_OVER, State.RETURNED, State.STOPPED)

    nik_index = models.BinaryField()
    person = models.ForeignKey(
        "residents.Person", models.PROTECT, null=True, related_name="claims"
    )
    region_code = models.CharField(max_length=30, db_collation="C")
    state = models.CharField(max_length=12, choices=State.choices)
    opened_at = models.DateTimeField()
    due_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["nik_index"],
                condition=Q(closed_at=None),
                name="claim_one_open_per_nik",
            )
        ]
        indexes = [models.Index(fields=["region_code", "state"], name="claim_region")]


class Report(models.Model):
    """What somebody told us about missing aid; joins a claim once it was verified.

    The reporter follows it with a code whose hash is ``code_hash``. ``form_id`` is
    made when the form opens: the same form sent twice is one report
    (``report_form_once``).
    """

    code_hash = models.BinaryField(unique=True)
    form_id = models.UUIDField()
    claim = models.ForeignKey(Claim, models.PROTECT, null=True, related_name="reports")
    for_self = models.BooleanField()
    nik = SealedField(purpose=NIK)
    nik_index = models.BinaryField()
    kk = SealedField(purpose=KK)
    kk_index = models.BinaryField()
    born_on = models.DateField()
    reporter_phone = SealedField(purpose=PHONE, null=True)
    region_code = models.CharField(max_length=30, db_collation="C")
    reason = models.CharField(max_length=30)
    story = models.TextField(max_length=1000, blank=True)
    photo = models.ForeignKey("intake.Upload", models.PROTECT, null=True)
    channel = models.CharField(
        max_length=8, choices=[(c.value, c.name.title()) for c in Channel]
    )
    assisted_by = models.CharField(max_length=150, blank=True)
    language = models.CharField(max_length=2)
    sent_at = models.DateTimeField()
    verified_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["form_id"], name="report_form_once"),
            models.CheckConstraint(
                name="report_verified_means_joined",
                condition=Q(verified_at=None, claim=None)
                | Q(verified_at__isnull=False, claim__isnull=False),
            ),
        ]
        indexes = [models.Index(fields=["nik_index"], name="report_nik")]


class Finding(models.Model):
    """Something verification noticed about a claim, for the eyes of staff.

    ``enrolment`` is the record behind a red light. Each finding stands once
    (``finding_once``).
    """

    class Code(models.TextChoices):
        MATCHED = "matched"
        NIK_UNKNOWN = "nik_unknown"
        KK_DIFFERS = "kk_differs"
        BIRTH_DATE_DIFFERS = "birth_date_differs"
        LIVES_ELSEWHERE = "lives_elsewhere"
        DEAD = "dead"
        MOVED = "moved"
        MISSING = "missing"
        NIK_CONTESTED = "nik_contested"
        ALREADY_RECEIVING = "already_receiving"
        MATCHED_BY_VILLAGE = "matched_by_village"

    claim = models.ForeignKey(Claim, models.CASCADE, related_name="findings")
    code = models.CharField(max_length=20, choices=Code.choices)
    enrolment = models.ForeignKey("aid.Enrolment", models.PROTECT, null=True)
    found_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["claim", "code", "enrolment"],
                nulls_distinct=False,
                name="finding_once",
            )
        ]


class FieldCheck(models.Model):
    """A visit to the doorstep: what the checker saw, and what they recommend.

    ``id`` is made when the form opens, so that sending twice is one visit. ``answers``
    maps criterion codes to yes or no. A checker who is kin of the person may write
    down the visit, but it is never the last word. Promise kept by the database: a
    visit is never changed or deleted (trigger ``field_check_append_only``).
    """

    id = models.UUIDField(primary_key=True)
    claim = models.ForeignKey(Claim, models.PROTECT, related_name="checks")
    checker = models.ForeignKey("accounts.Staff", models.PROTECT, related_name="+")
    answers = models.JSONField()
    notes = models.TextField(max_length=1000, blank=True)
    photo = models.ForeignKey("intake.Upload", models.PROTECT, null=True)
    recommends = models.BooleanField()
    programme = models.ForeignKey(Programme, models.PROTECT, null=True)
    kin_declared = models.BooleanField(default=False)
    kin_found = models.BooleanField(default=False)
    checked_at = models.DateTimeField()

    class Meta:
        triggers = [append_only("field_check_append_only")]


class Decision(models.Model):
    """Yes or no to a claim, by somebody who did not check it.

    Promises kept by the database: maker is not checker
    (``decision_maker_is_not_checker``), nor anybody else who visited or decided this
    claim before (``decision_by_somebody_new``); it rests on one visit, to this claim,
    by somebody who is not kin (``decision_rests_on_its_visit``); a refusal has
    reasons (``decision_refusal_has_reasons``), an approval a programme
    (``decision_approval_names_a_programme``); a decision is never changed or deleted
    (``decision_append_only``). A claim that an objection reopened may be decided
    again; the latest counts. ``blocked_by`` are the records of other aid behind a
    refusal.
    """

    claim = models.ForeignKey(Claim, models.PROTECT, related_name="decisions")
    check_relied_on = models.OneToOneField(FieldCheck, models.PROTECT)
    checker = models.ForeignKey("accounts.Staff", models.PROTECT, related_name="+")
    decider = models.ForeignKey("accounts.Staff", models.PROTECT, related_name="+")
    approved = models.BooleanField()
    programme = models.ForeignKey(Programme, models.PROTECT, null=True)
    reasons = models.JSONField(default=list)
    blocked_by = blocked_by_field()
    note = models.CharField(max_length=500, blank=True)
    decided_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="decision_maker_is_not_checker",
                condition=~Q(checker=F("decider")),
            ),
            models.CheckConstraint(
                name="decision_refusal_has_reasons",
                condition=Q(approved=True) | ~Q(reasons=[]),
            ),
            models.CheckConstraint(
                name="decision_approval_names_a_programme",
                condition=Q(approved=False) | Q(programme__isnull=False),
            ),
        ]
        triggers = [
            append_only("decision_append_only"),
            refuse_when(
                "decision_by_somebody_new",
                """EXISTS (SELECT 1 FROM aid_fieldcheck WHERE claim_id = NEW.claim_id
                        AND checker_id = NEW.decider_id)
                    OR EXISTS (SELECT 1 FROM aid_decision WHERE claim_id = NEW.claim_id
                        AND decider_id = NEW.decider_id)""",
                "whoever visited or decided this claim before may not decide it",
            ),
            refuse_when(
                "decision_rests_on_its_visit",
                """NOT EXISTS (SELECT 1 FROM aid_fieldcheck
                    WHERE id = NEW.check_relied_on_id AND claim_id = NEW.claim_id
                        AND checker_id = NEW.checker_id
                        AND NOT kin_declared AND NOT kin_found)""",
                "a decision rests on a visit to its claim by somebody who is not kin",
            ),
        ]


class Objection(models.Model):
    """A refused person says why the decision is wrong; somebody else looks again.

    Promises kept by the database: one objection to a decision
    (``objection_once_per_decision``), answered by somebody other than the decider
    (``objection_answered_by_another``).
    """

    class Outcome(models.TextChoices):
        UPHELD = "upheld"
        DISMISSED = "dismissed"

    decision = models.ForeignKey(Decision, models.PROTECT, related_name="objections")
    claim = models.ForeignKey(Claim, models.PROTECT, related_name="objections")
    text = models.TextField(max_length=1000)
    filed_at = models.DateTimeField()
    outcome = models.CharField(max_length=9, choices=Outcome.choices, blank=True)
    answer = models.TextField(max_length=1000, blank=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(
        "accounts.Staff", models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["decision"], name="objection_once_per_decision"
            )
        ]
        triggers = [
            refuse_when(
                "objection_answered_by_another",
                """NEW.answered_by_id = (SELECT decider_id FROM aid_decision
                    WHERE id = NEW.decision_id)""",
                "whoever decided may not answer the objection",
                operation=pgtrigger.Insert | pgtrigger.Update,
            )
        ]
