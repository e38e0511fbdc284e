"""What was paid out, and how loans come back. The ledger holds the money itself."""

from django.db import models
from django.db.models import Q

from smartkampung.kernel.promises import append_only
from smartkampung.recovery.programmes.models.seats import Seat


class Payout(models.Model):
    """Money that reached somebody, or who gave their course; the id is the form's.

    ``days`` are those paid by it, where it is a wage. Promises kept by the database:
    it pays something (``payout_pays_something``), for good (``payout_append_only``).
    """

    id = models.UUIDField(primary_key=True)
    seat = models.ForeignKey(Seat, models.PROTECT, related_name="payouts")
    amount = models.BigIntegerField()
    days = models.PositiveSmallIntegerField(default=0)
    by = models.CharField(max_length=150)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="payout_pays_something", condition=Q(amount__gt=0)
            )
        ]
        triggers = [append_only("payout_append_only")]


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

    ``paid_before`` is what had come back when it was agreed. Promises kept by the
    database: a number stands once (``plan_number_once``), and an agreement stays as it
    was (``plan_append_only``).
    """

    loan = models.ForeignKey(Loan, models.PROTECT, related_name="plans")
    number = models.PositiveSmallIntegerField()
    paid_before = models.BigIntegerField(default=0)
    reason = models.CharField(max_length=300, blank=True)
    by = models.CharField(max_length=150)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["loan", "number"], name="plan_number_once")
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
