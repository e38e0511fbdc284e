"""By which wording of the rule a claim was decided, and what each criterion said."""

import pgtrigger
from django.db import models
from django.db.models import F, Q

from smartkampung.aid.models.claims import Claim, Decision
from smartkampung.aid.models.programmes import Enrolment, Programme
from smartkampung.aid.models.promises import append_only, refuse_when


class Evaluation(models.Model):
    """What the rule in force said about the family when a claim was decided.

    ``facts`` are those that the rule names, as they were. Promises kept by the
    database: one for a decision (``evaluation_once_per_decision``), by a version that
    was brought into force (``evaluation_by_a_rule_in_force``), never changed nor
    deleted (``evaluation_append_only``).
    """

    decision = models.ForeignKey(Decision, models.PROTECT, related_name="evaluations")
    version = models.ForeignKey(
        "criteria.RuleVersion", models.PROTECT, related_name="+"
    )
    on = models.DateField()
    eligible = models.BooleanField()
    facts = models.JSONField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["decision"], name="evaluation_once_per_decision"
            )
        ]
        triggers = [
            append_only("evaluation_append_only"),
            refuse_when(
                "evaluation_by_a_rule_in_force",
                """NOT EXISTS (SELECT 1 FROM criteria_ruleversion v
                    WHERE v.id = NEW.version_id AND v.approved_at IS NOT NULL
                        AND v.since <= NEW.on
                        AND (v.until IS NULL OR v.until > NEW.on))""",
                "a decision rests on a rule in force on its day",
            ),
        ]


class CriterionResult(models.Model):
    """One criterion of a decision: what was known of the fact, and whether it was met.

    ``known`` is null when nothing was. Promises kept by the database: a place in the
    rule once (``criterion_result_once``), never changed nor deleted
    (``criterion_result_append_only``).
    """

    evaluation = models.ForeignKey(Evaluation, models.PROTECT, related_name="results")
    place = models.SmallIntegerField()
    fact = models.CharField(max_length=40)
    test = models.CharField(max_length=10)
    value = models.JSONField()
    known = models.JSONField(null=True)
    met = models.BooleanField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["evaluation", "place"], name="criterion_result_once"
            )
        ]
        triggers = [append_only("criterion_result_append_only")]


class Override(models.Model):
    """A wish to give aid although the conflict matrix blocks it, and what became of it.

    It is about one case, a claim or a proposal of a village, and one record that
    blocks it: ``enrolment``. ``id`` is made when the form opens. Promises kept by the
    database: it is about one claim or one proposal (``override_about_one_case``); a
    reason is written (``override_has_a_reason``); who asks does not decide
    (``override_needs_two_people``); nothing is granted undecided
    (``override_granted_by_somebody``); one open or granted wish a block
    (``override_once_per_block``); an answer stays (``override_answered_once``).
    """

    id = models.UUIDField(primary_key=True)
    claim = models.ForeignKey(
        Claim, models.PROTECT, null=True, related_name="overrides"
    )
    proposal = models.ForeignKey(
        "aid.Proposal", models.PROTECT, null=True, related_name="overrides"
    )
    programme = models.ForeignKey(Programme, models.PROTECT, related_name="+")
    enrolment = models.ForeignKey(Enrolment, models.PROTECT, related_name="+")
    reason = models.CharField(max_length=300)
    asked_by = models.ForeignKey("accounts.Staff", models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    decided_by = models.ForeignKey(
        "accounts.Staff", models.PROTECT, null=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True)
    granted = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="override_about_one_case",
                condition=Q(claim__isnull=False, proposal=None)
                | Q(claim=None, proposal__isnull=False),
            ),
            models.CheckConstraint(
                name="override_has_a_reason", condition=~Q(reason="")
            ),
            models.CheckConstraint(
                name="override_needs_two_people",
                condition=Q(decided_by=None) | ~Q(decided_by=F("asked_by")),
            ),
            models.CheckConstraint(
                name="override_granted_by_somebody",
                condition=Q(decided_by=None, decided_at=None, granted=False)
                | Q(decided_by__isnull=False, decided_at__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["claim", "proposal", "programme", "enrolment"],
                condition=Q(decided_at=None) | Q(granted=True),
                nulls_distinct=False,
                name="override_once_per_block",
            ),
        ]
        triggers = [
            refuse_when(
                "override_answered_once",
                "OLD.decided_at IS NOT NULL",
                "the answer to a wish for an exception stays",
                operation=pgtrigger.Update,
            )
        ]
