"""Bundles on their way to another system: what waits, what was taken, what was refused."""

from django.db import models
from django.db.models import Q

from smartkampung.isolation.models.stays import Stay


class Outgoing(models.Model):
    """One telling of one stay. The bundle is put together when it is sent, not kept.

    Promises kept by the database: a stay waits once (``outgoing_waits_once``); what
    was answered says when, and what waits does not (``outgoing_answer_has_a_moment``).
    """

    class State(models.TextChoices):
        WAITING = "waiting"
        SENT = "sent"
        REFUSED = "refused"

    stay = models.ForeignKey(Stay, models.PROTECT, related_name="tellings")
    state = models.CharField(max_length=7, choices=State.choices, default=State.WAITING)
    queued_at = models.DateTimeField()
    queued_by = models.CharField(max_length=150)
    tries = models.IntegerField(default=0)
    answered_at = models.DateTimeField(null=True)
    fingerprint = models.BinaryField(null=True)
    trouble = models.CharField(max_length=60, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["stay"],
                condition=Q(state="waiting"),
                name="outgoing_waits_once",
            ),
            models.CheckConstraint(
                name="outgoing_answer_has_a_moment",
                condition=Q(state="waiting", answered_at=None)
                | ~Q(state="waiting") & Q(answered_at__isnull=False),
            ),
        ]
        indexes = [
            models.Index(
                fields=["tries", "queued_at"],
                condition=Q(state="waiting"),
                name="outgoing_queue",
            )
        ]
