"""What a family was asked after a hand-over, and what it said."""

import pgtrigger
from django.db import models
from django.db.models import F, Q

from smartkampung.aid.models.handover import Entitlement
from smartkampung.aid.models.promises import refuse_when
from smartkampung.aid.rules.handover import Outcome


class Confirmation(models.Model):
    """One hand-over or payment, as the family tells it with a code of its own.

    Only the keyed hash of the code is kept, in no table of other codes. What was
    written down stands here once more, for who holds the code and nothing else.
    ``numbers_told`` says to how many phones the code went (nought: a slip).

    Promises kept by the database: it is about a hand-over or a payment
    (``confirmation_about_one_thing``), asked about once
    (``confirmation_once_per_handover``, ``confirmation_once_per_payment``), as it was written down
    (``confirmation_says_what_was_written``), and that never changes
    (``confirmation_asks_the_same``); the answer fits the question
    (``confirmation_answer_fits``) and may change for three days
    (``confirmation_answer_stays``); whoever recorded the hand-over neither prints the
    slip nor follows up the gap (``confirmation_not_by_its_recorder``).
    """

    handover = models.ForeignKey(
        "aid.Handover", models.PROTECT, null=True, related_name="confirmations"
    )
    payment = models.ForeignKey(
        "aid.Payment", models.PROTECT, null=True, related_name="confirmations"
    )
    code_hash = models.BinaryField(unique=True)
    region_code = models.CharField(max_length=30, db_collation="C")
    outcome = models.CharField(
        max_length=8, choices=[(o.value, o.name.title()) for o in Outcome]
    )
    quantity = models.BigIntegerField()
    commodity = models.CharField(max_length=20)
    recorded_by = models.ForeignKey("accounts.Staff", models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    numbers_told = models.SmallIntegerField(default=0)
    slip_by = models.ForeignKey(
        "accounts.Staff", models.PROTECT, null=True, related_name="+"
    )
    answer = models.CharField(max_length=7, blank=True)
    words = models.CharField(max_length=300, blank=True)
    first_answered_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    disputed_at = models.DateTimeField(null=True)
    followed_by = models.ForeignKey(
        "accounts.Staff", models.PROTECT, null=True, related_name="+"
    )
    followed_at = models.DateTimeField(null=True)
    finding = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["handover"], name="confirmation_once_per_handover"
            ),
            models.UniqueConstraint(
                fields=["payment"], name="confirmation_once_per_payment"
            ),
            models.CheckConstraint(
                name="confirmation_about_one_thing",
                condition=Q(handover=None, payment__isnull=False)
                | Q(handover__isnull=False, payment=None),
            ),
            models.CheckConstraint(
                name="confirmation_answer_fits",
                condition=Q(answer="", first_answered_at=None, answered_at=None)
                | Q(
                    Q(quantity__gt=0, answer__in=["full", "less", "nothing"])
                    | Q(quantity=0, answer__in=["right", "wrong"]),
                    first_answered_at__isnull=False,
                    answered_at__isnull=False,
                ),
            ),
            models.CheckConstraint(
                name="confirmation_not_by_its_recorder",
                condition=(Q(followed_by=None) | ~Q(followed_by=F("recorded_by")))
                & (Q(slip_by=None) | ~Q(slip_by=F("recorded_by"))),
            ),
        ]
        indexes = [models.Index(fields=["region_code"], name="confirmation_region")]
        triggers = [
            refuse_when(
                "confirmation_says_what_was_written",
                """NOT EXISTS (SELECT 1 FROM aid_handover WHERE id = NEW.handover_id
                    AND outcome = NEW.outcome AND quantity = NEW.quantity
                    AND recorded_by_id = NEW.recorded_by_id)
                AND NOT EXISTS (SELECT 1 FROM aid_payment p
                    JOIN aid_paymentbatch b ON b.id = p.batch_id
                    WHERE p.id = NEW.payment_id AND p.state = 'paid'
                    AND NEW.outcome = 'received' AND p.amount = NEW.quantity
                    AND b.sent_by_id = NEW.recorded_by_id)""",
                "a family is asked about what was written down",
            ),
            refuse_when(
                "confirmation_asks_the_same",
                """(NEW.handover_id, NEW.payment_id, NEW.outcome, NEW.quantity,
                    NEW.recorded_by_id) IS DISTINCT FROM (OLD.handover_id,
                    OLD.payment_id, OLD.outcome, OLD.quantity, OLD.recorded_by_id)""",
                "what a family is asked never changes",
                operation=pgtrigger.Update,
            ),
            refuse_when(
                "confirmation_answer_stays",
                """OLD.first_answered_at IS NOT NULL AND (
                    NEW.first_answered_at IS DISTINCT FROM OLD.first_answered_at
                    OR ((NEW.answer, NEW.words) IS DISTINCT FROM
                        (OLD.answer, OLD.words) AND NEW.answered_at >=
                        OLD.first_answered_at + interval '3 days'))
                    OR OLD.disputed_at IS NOT NULL
                    AND NEW.disputed_at IS DISTINCT FROM OLD.disputed_at""",
                "an answer may change for three days, and a gap once told stays told",
                operation=pgtrigger.Update,
            ),
        ]

    @property
    def due(self) -> Entitlement:
        """Return the entitlement that was handed over or paid."""
        if self.handover is not None:
            return self.handover.entitlement
        assert self.payment is not None  # confirmation_about_one_thing
        return self.payment.entitlement
