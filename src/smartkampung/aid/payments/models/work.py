"""Work on a large batch of payments, part by part, with its progress."""

from django.db import models
from django.db.models import F, Q

from smartkampung.aid.payments.models.batches import PaymentBatch
from smartkampung.aid.payments.rules.work import WorkKind, WorkState


class PaymentWork(models.Model):
    """Filling or sending one batch in jobs: how far it is, and how it ended.

    ``reached`` is the last entitlement that was looked at, so that no part is done
    twice; ``problem`` is what was refused. Promises kept by the database: one work at a
    time on a batch (``payment_work_one_running``), never more done than there is
    (``payment_work_done_within_total``).
    """

    batch = models.ForeignKey(PaymentBatch, models.PROTECT, related_name="works")
    kind = models.CharField(
        max_length=4, choices=[(each.value, each.name.title()) for each in WorkKind]
    )
    state = models.CharField(
        max_length=7,
        choices=[(each.value, each.name.title()) for each in WorkState],
        default=WorkState.RUNNING,
    )
    total = models.IntegerField()
    done = models.IntegerField(default=0)
    reached = models.BigIntegerField(default=0)
    problem = models.TextField(blank=True)
    started_by = models.ForeignKey("accounts.Staff", models.PROTECT, related_name="+")
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "aid"
        constraints = [
            models.UniqueConstraint(
                fields=["batch"],
                condition=Q(state="running"),
                name="payment_work_one_running",
            ),
            models.CheckConstraint(
                name="payment_work_done_within_total",
                condition=Q(done__gte=0, done__lte=F("total")),
            ),
        ]
