"""People hit by the crisis, the branches they worked in, and what was decided."""

from django.db import models
from django.db.models import Q

from smartkampung.kernel.promises import append_only, refuse_when


class Sector(models.Model):
    """A branch of the economy, in words that people use; tourism has several."""

    code = models.CharField(max_length=30, primary_key=True)
    name = models.CharField(max_length=80)
    name_en = models.CharField(max_length=80)
    kbli = models.CharField(max_length=5)  # section or division of KBLI 2020
    tourism = models.BooleanField(default=False)


class Affected(models.Model):
    """One person hit by the crisis, from being matched until recovered.

    ``person`` is the resident, whose NIK was checked. Incomes are whole rupiah a month;
    what nobody told (a list says little) is nothing, and never nought.
    ``region_code`` is that of the person's RT when opened, else the village's.
    ``again_after`` is the record from which the person had recovered before falling
    back. Promises kept by the database: one open record of a person
    (``affected_one_open_per_person``), one record after each
    (``affected_reopened_once``); closed says when (``affected_closed_says_when``);
    on the list by somebody's word (``affected_verified_says_by_whom``); a share is
    between 1 and 100 (``affected_share_possible``), no money is below nothing
    (``affected_money_not_negative``).
    """

    class State(models.TextChoices):
        TO_VERIFY = "to_verify"
        VERIFIED = "verified"
        REFUSED = "refused"
        RECOVERED = "recovered"
        LEFT = "left"  # died, moved away, or asked to be taken off

    class Kind(models.TextChoices):
        LAID_OFF = "laid_off"
        FURLOUGHED = "furloughed"
        HOURS_CUT = "hours_cut"
        BUSINESS_CLOSED = "business_closed"
        SALES_DOWN = "sales_down"
        RETURNED_MIGRANT = "returned_migrant"

    OPEN = (State.TO_VERIFY, State.VERIFIED)

    person = models.ForeignKey(
        "residents.Person", models.PROTECT, related_name="affected"
    )
    region_code = models.CharField(max_length=30, db_collation="C")
    state = models.CharField(max_length=10, choices=State.choices)
    kind = models.CharField(max_length=16, choices=Kind.choices)
    sector = models.ForeignKey(Sector, models.PROTECT, related_name="+")
    employer = models.CharField(max_length=120, blank=True)
    happened_on = models.DateField()
    income_before = models.BigIntegerField(null=True)
    income_after = models.BigIntegerField(null=True)
    sales_down_percent = models.PositiveSmallIntegerField(null=True)
    dependants = models.PositiveSmallIntegerField(null=True)
    debts = models.BigIntegerField(null=True)
    skills = models.CharField(max_length=300, blank=True)
    wishes = models.JSONField(default=list)  # of rules.registration.Wish
    opened_at = models.DateTimeField()
    verified_at = models.DateTimeField(null=True)
    verified_by = models.CharField(max_length=150, blank=True)
    closed_at = models.DateTimeField(null=True)
    again_after = models.OneToOneField(
        "self", models.PROTECT, null=True, related_name="again"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(state__in=["to_verify", "verified"]),
                name="affected_one_open_per_person",
            ),
            models.UniqueConstraint(
                fields=["again_after"], name="affected_reopened_once"
            ),
            models.CheckConstraint(
                name="affected_closed_says_when",
                condition=Q(state__in=["to_verify", "verified"], closed_at=None)
                | ~Q(state__in=["to_verify", "verified"]) & Q(closed_at__isnull=False),
            ),
            models.CheckConstraint(
                name="affected_verified_says_by_whom",
                condition=~Q(state="verified")
                | Q(verified_at__isnull=False) & ~Q(verified_by=""),
            ),
            models.CheckConstraint(
                name="affected_share_possible",
                condition=Q(sales_down_percent=None)
                | Q(sales_down_percent__gte=1, sales_down_percent__lte=100),
            ),
            models.CheckConstraint(
                name="affected_money_not_negative",
                condition=Q(income_before__gte=0, income_after__gte=0, debts__gte=0),
            ),
        ]
        indexes = [
            models.Index(fields=["region_code", "state"], name="affected_region"),
            models.Index(fields=["sector", "state"], name="affected_branch"),
        ]


class Verdict(models.Model):
    """The village's word: on the list or not, by somebody who did not register.

    Promises kept by the database: whoever registered the person never verifies
    (``verdict_by_somebody_else``); a yes rests on a confirmation, or says why there is
    none (``verdict_rests_on_a_word``); what the decider wrote down from paper is no
    such word (``verdict_word_written_by_another``), and that of a number which only
    the person named does not do alone (``verdict_word_not_of_their_choice``); a no has reasons
    (``verdict_refusal_has_reasons``); it is never changed or deleted
    (``verdict_append_only``).
    """

    affected = models.ForeignKey(Affected, models.PROTECT, related_name="verdicts")
    accepted = models.BooleanField()
    confirmation = models.ForeignKey(
        "affected.Confirmation", models.PROTECT, null=True, related_name="+"
    )
    unconfirmed_why = models.CharField(max_length=300, blank=True)
    reasons = models.JSONField(default=list)
    note = models.CharField(max_length=500, blank=True)
    decider = models.ForeignKey("accounts.Staff", models.PROTECT, related_name="+")
    decided_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="verdict_rests_on_a_word",
                condition=Q(accepted=False)
                | Q(confirmation__isnull=False)
                | ~Q(unconfirmed_why=""),
            ),
            models.CheckConstraint(
                name="verdict_refusal_has_reasons",
                condition=Q(accepted=True) | ~Q(reasons=[]),
            ),
        ]
        triggers = [
            append_only("verdict_append_only"),
            refuse_when(
                "verdict_by_somebody_else",
                """EXISTS (SELECT FROM affected_registration
                    WHERE affected_id = NEW.affected_id
                        AND registered_by_id = NEW.decider_id)""",
                "whoever registered somebody does not verify them",
            ),
            refuse_when(
                "verdict_word_written_by_another",
                """EXISTS (SELECT FROM affected_confirmation
                    WHERE id = NEW.confirmation_id AND on_paper
                        AND asked_by_id = NEW.decider_id)""",
                "whoever wrote a word down does not decide by it",
            ),
            refuse_when(
                "verdict_word_not_of_their_choice",
                """NEW.accepted AND NEW.unconfirmed_why = '' AND EXISTS (
                    SELECT FROM affected_confirmation
                    WHERE id = NEW.confirmation_id AND named_by_person)""",
                "a word of a number that only the person named does not do alone",
            ),
        ]
