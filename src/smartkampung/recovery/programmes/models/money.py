"""What was paid out, and how loans come back. The ledger holds the money itself."""

from django.db import models
from django.db.models import Q

from smartkampung.kernel.promises import append_only, refuse_when
from smartkampung.recovery.programmes.models.seats import Seat

# Whoever wrote down what is paid: a day that somebody was there, or the answer and what
# was reached of somebody who gets a grant or loan.
_OWN_WORD = """
    EXISTS (
        SELECT FROM recovery_attendance a JOIN recovery_sheet s ON s.id = a.sheet_id
        WHERE a.seat_id = NEW.seat_id AND a.present AND s.by = NEW."by"
    ) OR EXISTS (
        SELECT FROM recovery_seat t JOIN recovery_offer o ON o.id = t.offer_id
        WHERE t.id = NEW.seat_id AND o.pays IN ('grant', 'loan')
            AND (t.answered_through = NEW."by" OR EXISTS (
                SELECT FROM recovery_milestonereached m
                WHERE m.seat_id = t.id AND m.by = NEW."by"
            ))
    )
"""


class Payout(models.Model):
    """Money that reached somebody, or who gave their course; the id is the form's.

    ``days`` are those paid by it, where it is a wage; ``receipt`` is the number of the
    paper, or a note. Promises kept by the database: it pays something
    (``payout_pays_something``), for good (``payout_append_only``), with a receipt
    (``payout_has_receipt``); whoever wrote down what is paid does not pay it
    (``payout_by_another``).
    """

    id = models.UUIDField(primary_key=True)
    seat = models.ForeignKey(Seat, models.PROTECT, related_name="payouts")
    amount = models.BigIntegerField()
    days = models.PositiveSmallIntegerField(default=0)
    receipt = models.CharField(max_length=100)
    by = models.CharField(max_length=150)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="payout_pays_something", condition=Q(amount__gt=0)
            ),
            models.CheckConstraint(name="payout_has_receipt", condition=~Q(receipt="")),
        ]
        triggers = [
            append_only("payout_append_only"),
            refuse_when(
                "payout_by_another",
                _OWN_WORD,
                "whoever wrote down what is paid does not pay it",
            ),
        ]


class Loan(models.Model):
    """What one seat has to pay back; ``recovery.loan/<seat>`` of the ledger holds it.

    Promise kept by the database: a seat has one loan (``loan_once``).
    """

    seat = models.ForeignKey(Seat, models.PROTECT, related_name="loans")
    amount = models.BigIntegerField()
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["seat"], name="loan_once")]


class Plan(models.Model):
    """One agreement about when a loan is paid back; the newest holds, all are kept.

    ``paid_before`` is what had come back when it was agreed; ``form`` is the one by
    which it was agreed anew. Promises kept by the database: a number stands once
    (``plan_number_once``), a form makes one plan (``plan_form_once``), and an agreement
    stays as it was (``plan_append_only``).
    """

    loan = models.ForeignKey(Loan, models.PROTECT, related_name="plans")
    number = models.PositiveSmallIntegerField()
    form = models.UUIDField(null=True)
    paid_before = models.BigIntegerField(default=0)
    reason = models.CharField(max_length=300, blank=True)
    by = models.CharField(max_length=150)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["loan", "number"], name="plan_number_once"),
            models.UniqueConstraint(fields=["form"], name="plan_form_once"),
        ]
        triggers = [append_only("plan_append_only")]


class Instalment(models.Model):
    """One part of a plan.

    Promises kept by the database: a number stands once (``instalment_once``), asks for
    something (``instalment_asks_something``), and stays (``instalment_append_only``).
    """

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="instalments")
    number = models.PositiveSmallIntegerField()
    due_on = models.DateField()
    amount = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["plan", "number"], name="instalment_once"),
            models.CheckConstraint(
                name="instalment_asks_something", condition=Q(amount__gt=0)
            ),
        ]
        triggers = [append_only("instalment_append_only")]


class Repayment(models.Model):
    """Money that came back; the id is the form's.

    Promises kept by the database: it is something (``repayment_pays_something``), for
    good (``repayment_append_only``).
    """

    id = models.UUIDField(primary_key=True)
    loan = models.ForeignKey(Loan, models.PROTECT, related_name="repayments")
    amount = models.BigIntegerField()
    on = models.DateField()
    by = models.CharField(max_length=150)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="repayment_pays_something", condition=Q(amount__gt=0)
            )
        ]
        triggers = [append_only("repayment_append_only")]
