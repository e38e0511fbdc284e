"""Messages on their way to people."""

from django.db import models
from django.db.models import Q

from smartkampung.kernel.sealed import SealedField


class Message(models.Model):
    """One message to one address, sent by a job after its transaction commits.

    The text is made from ``template`` and ``context`` when it is sent, in the
    language of the person. It carries no name, programme or symptom. ``secret``
    holds what must not be read in the database, such as a one-time code.
    Promise kept by the database: the same message is queued once
    (``message_queued_once``).
    """

    class State(models.TextChoices):
        QUEUED = "queued"
        SENT = "sent"
        FAILED = "failed"

    key = models.CharField(max_length=120)
    address = SealedField(purpose="phone")
    template = models.CharField(max_length=40)
    context = models.JSONField(default=dict)
    secret = SealedField(purpose="secret", null=True)
    language = models.CharField(max_length=2, default="id")
    state = models.CharField(max_length=6, choices=State.choices, default=State.QUEUED)
    tries = models.SmallIntegerField(default=0)
    queued_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    error = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["key"], name="message_queued_once")
        ]
        indexes = [
            models.Index(
                fields=["queued_at"], condition=~Q(state="sent"), name="message_waiting"
            )
        ]
