"""Batches of payments, and each payment in them."""

from typing import ClassVar

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from smartkampung.aid.models.promises import refuse_under_lock, refuse_when
from smartkampung.aid.payments.models.accounts import BankAccount
from smartkampung.aid.payments.rules.steps import (
    HELD,
    NEXT,
    BatchState,
    Channel,
    PaymentState,
)
from smartkampung.kernel.sealed import SealedField

FILE = "payment_file"
_STEPS = ", ".join(
    f"('{state.value}', '{after.value}')"
    for state, following in NEXT.items()
    for after in following
)
_TOTALS = """NEW.state IN ('approved', 'sent') AND OLD.state <> NEW.state
    AND ROW(NEW.count, NEW.total) IS DISTINCT FROM (
        SELECT ROW(count(*)::int, COALESCE(sum(amount), 0)::bigint) FROM aid_payment
        WHERE batch_id = NEW.id AND state IN ('chosen', 'in_transit'))"""


class PaymentBatch(models.Model):
    """Payments of one programme that go to a bank or the post office in one file.

    ``count`` and ``total`` are the control totals, ``message_id`` the name by which
    the other side knows the file, ``file`` what was sent, sealed. Promises
    kept by the database: the maker does not approve
    (``payment_batch_needs_two_people``), and whoever put somebody in or took somebody
    out neither approves nor sends (``payment_batch_not_approved_by_its_makers``); no step is skipped
    (``payment_batch_no_step_skipped``) and each has a person
    (``payment_batch_steps_are_signed``); what is approved and sent adds up
    (``payment_batch_totals_hold``); a message has a name of its own
    (``payment_batch_message_once``).
    """

    programme = models.ForeignKey("aid.Programme", models.PROTECT, related_name="+")
    region_code = models.CharField(max_length=30, db_collation="C")
    channel = models.CharField(
        max_length=4, choices=[(each.value, each.name.title()) for each in Channel]
    )
    pay_on = models.DateField()
    message_id = models.CharField(max_length=35)
    state = models.CharField(
        max_length=10,
        choices=[(each.value, each.name.title()) for each in BatchState],
        default=BatchState.DRAFT,
    )
    count = models.IntegerField(default=0)
    total = models.BigIntegerField(default=0)
    file = SealedField(purpose=FILE, null=True)
    made_by = models.ForeignKey("accounts.Staff", models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    # Everybody who had a hand in who is paid: they neither approve nor send it.
    makers = ArrayField(models.BigIntegerField(), default=list)
    approved_by = models.ForeignKey(
        "accounts.Staff", models.PROTECT, null=True, related_name="+"
    )
    approved_at = models.DateTimeField(null=True)
    sent_by = models.ForeignKey(
        "accounts.Staff", models.PROTECT, null=True, related_name="+"
    )
    sent_at = models.DateTimeField(null=True)
    reconciled_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "aid"
        constraints = [
            models.CheckConstraint(
                name="payment_batch_needs_two_people",
                condition=Q(approved_by=None) | ~Q(approved_by=F("made_by")),
            ),
            models.CheckConstraint(
                name="payment_batch_not_approved_by_its_makers",
                condition=(
                    Q(approved_by=None) | ~Q(makers__contains=[F("approved_by")])
                )
                & (Q(sent_by=None) | ~Q(makers__contains=[F("sent_by")])),
            ),
            models.CheckConstraint(
                name="payment_batch_steps_are_signed",
                condition=(
                    Q(state="draft")
                    | Q(approved_by__isnull=False, approved_at__isnull=False)
                )
                & (
                    Q(state__in=["draft", "approved"])
                    | Q(sent_by__isnull=False, sent_at__isnull=False)
                    & Q(file__isnull=False)
                )
                & (~Q(state="reconciled") | Q(reconciled_at__isnull=False)),
            ),
            models.UniqueConstraint(
                fields=["message_id"], name="payment_batch_message_once"
            ),
        ]
        triggers: ClassVar = [
            refuse_when(
                "payment_batch_no_step_skipped",
                f"OLD.state <> NEW.state AND (OLD.state, NEW.state) NOT IN ({_STEPS})",
                "no step of a payment batch is skipped",
                operation=pgtrigger.UpdateOf("state"),
            ),
            refuse_when(
                "payment_batch_totals_hold",
                _TOTALS,
                "the control totals of a payment batch hold",
                operation=pgtrigger.UpdateOf("state"),
            ),
        ]


_OTHERWISE = """EXISTS (SELECT FROM aid_handover WHERE entitlement_id = NEW.entitlement_id
        AND outcome IN ('received', 'partial', 'declined'))
    OR EXISTS (SELECT FROM aid_entitlement WHERE id = NEW.entitlement_id AND cancelled)"""


class Payment(models.Model):
    """One entitlement in a batch, and what became of it.

    ``reference`` is how the other side calls it. Promises kept by the database: an
    entitlement is paid once (``payment_once``), and not what was handed over or went
    back to the budget (``payment_not_otherwise_given``); what is paid is what is due
    (``payment_amount_is_due``); the answer of the bank is final
    (``payment_answer_is_final``), and so is that it gave the money back
    (``payment_recalled_by_answer``); each has a name of its own
    (``payment_reference_once``).
    """

    State = PaymentState

    batch = models.ForeignKey(PaymentBatch, models.PROTECT, related_name="payments")
    entitlement = models.ForeignKey(
        "aid.Entitlement", models.PROTECT, related_name="payments"
    )
    account = models.ForeignKey(
        BankAccount, models.PROTECT, null=True, related_name="+"
    )
    reference = models.CharField(max_length=35)
    amount = models.BigIntegerField()
    state = models.CharField(
        max_length=10,
        choices=[(each.value, each.name.title()) for each in PaymentState],
        default=PaymentState.CHOSEN,
    )
    reason = models.CharField(max_length=20, blank=True)
    settled_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "aid"
        constraints = [
            models.UniqueConstraint(
                fields=["entitlement"],
                condition=Q(state__in=[state.value for state in HELD]),
                name="payment_once",
            ),
            models.UniqueConstraint(
                fields=["reference"], name="payment_reference_once"
            ),
        ]
        triggers: ClassVar = [
            refuse_under_lock(
                "payment_not_otherwise_given",
                _OTHERWISE,
                "what was handed over or went back to the budget is not paid",
            ),
            refuse_when(
                "payment_amount_is_due",
                """NEW.amount IS DISTINCT FROM (SELECT amount FROM aid_entitlement
                    WHERE id = NEW.entitlement_id)""",
                "what is paid is what is due",
            ),
            refuse_when(
                "payment_answer_is_final",
                """(OLD.state IN ('paid', 'failed', 'withdrawn', 'recalled')
                    AND OLD.state <> NEW.state)
                    OR (OLD.state = 'in_transit' AND NEW.state IN ('chosen', 'withdrawn'))
                    OR (OLD.amount, OLD.entitlement_id, OLD.batch_id)
                        IS DISTINCT FROM (NEW.amount, NEW.entitlement_id, NEW.batch_id)""",
                "the final answer about a payment stays",
                operation=pgtrigger.Update,
            ),
            refuse_when(
                "payment_recalled_by_answer",
                """NEW.state = 'recalled' AND OLD.state <> 'recalled'
                    AND NOT EXISTS (SELECT FROM aid_paymentrecall
                    WHERE payment_id = NEW.id AND result = 'recalled')""",
                "a payment is recalled only when the bank says so",
                operation=pgtrigger.Update,
            ),
        ]
