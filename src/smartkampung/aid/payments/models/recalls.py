"""Sent payments that the regency asks bank or post office to give back."""

from django.db import models
from django.db.models import Q

from smartkampung.aid.models.promises import refuse_when
from smartkampung.aid.payments.models.batches import Payment
from smartkampung.aid.payments.rules.recalls import Result


class PaymentRecall(models.Model):
    """One payment on its way that is asked back, and what the other side answered.

    ``contradicted_by`` names a later answer that says otherwise.

    Promises kept by the database: only what is on its way is asked back
    (``recall_of_what_is_on_its_way``), once at a time (``recall_one_open``), with a
    reason (``recall_has_a_reason``); an answer says when and what
    (``recall_answer_is_whole``). That a payment is recalled without such an answer, the
    payment itself refuses (``payment_recalled_by_answer``).
    """

    payment = models.ForeignKey(Payment, models.PROTECT, related_name="recalls")
    reason = models.CharField(max_length=200)
    asked_by = models.ForeignKey("accounts.Staff", models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    result = models.CharField(
        max_length=8, choices=[(r.value, r.name.title()) for r in Result], blank=True
    )
    answer_id = models.CharField(max_length=64, blank=True)
    answered_at = models.DateTimeField(null=True)
    contradicted_by = models.CharField(max_length=64, blank=True)

    class Meta:
        app_label = "aid"
        constraints = [
            models.UniqueConstraint(
                fields=["payment"], condition=Q(result=""), name="recall_one_open"
            ),
            models.CheckConstraint(name="recall_has_a_reason", condition=~Q(reason="")),
            models.CheckConstraint(
                name="recall_answer_is_whole",
                condition=Q(result="", answer_id="", answered_at=None)
                | ~Q(result="") & ~Q(answer_id="") & Q(answered_at__isnull=False),
            ),
        ]
        triggers = [
            refuse_when(
                "recall_of_what_is_on_its_way",
                """NOT EXISTS (SELECT FROM aid_payment
                    WHERE id = NEW.payment_id AND state = 'in_transit')""",
                "only what is on its way is asked back",
            )
        ]
