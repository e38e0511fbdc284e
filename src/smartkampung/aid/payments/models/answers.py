"""What bank and post office answered, file by file and payment by payment."""

from typing import ClassVar

from django.db import models

from smartkampung.aid.models.promises import append_only
from smartkampung.aid.payments.models.batches import Payment, PaymentBatch


class PaymentAnswer(models.Model):
    """One answer file about a batch; the same file twice is one answer.

    Promises kept by the database: an answer to a batch stands once
    (``payment_answer_once``) and is never changed or deleted
    (``payment_answer_append_only``).
    """

    batch = models.ForeignKey(PaymentBatch, models.PROTECT, related_name="answers")
    message_id = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)
    paid = models.IntegerField()
    failed = models.IntegerField()
    pending = models.IntegerField()
    contradicting = models.IntegerField()
    read_by = models.CharField(max_length=150)
    read_at = models.DateTimeField()

    class Meta:
        app_label = "aid"
        constraints = [
            models.UniqueConstraint(
                fields=["batch", "message_id"], name="payment_answer_once"
            )
        ]
        triggers: ClassVar = [append_only("payment_answer_append_only")]


class PaymentNotice(models.Model):
    """What one answer said about one payment, and what followed.

    Promises kept by the database: an answer speaks of a payment once
    (``payment_notice_once``); never changed or deleted
    (``payment_notice_append_only``).
    """

    answer = models.ForeignKey(PaymentAnswer, models.PROTECT, related_name="notices")
    payment = models.ForeignKey(Payment, models.PROTECT, related_name="notices")
    outcome = models.CharField(max_length=7)
    reason = models.CharField(max_length=20, blank=True)
    effect = models.CharField(max_length=11)

    class Meta:
        app_label = "aid"
        constraints = [
            models.UniqueConstraint(
                fields=["answer", "payment"], name="payment_notice_once"
            )
        ]
        triggers: ClassVar = [append_only("payment_notice_append_only")]
