"""Messages on their way to people."""

from django.db import models
from django.db.models import Q

from smartkampung.kernel.sealed import SealedField


class Message(models.Model):
    """One message to one address, sent by a job after its transaction commits.

    The text is made from ``template`` and ``context`` when it is sent, in the
    language of the person. It carries no name, programme or symptom. ``secret``
    holds what must not be read in the database, such as a one-time code. ``wish`` names
    the consent under which a message goes out that nobody must receive; empty where
    the message is part of what the person asked for.
    Promise kept by the database: the same message is queued once
    (``message_queued_once``).
    """

    class State(models.TextChoices):
        QUEUED = "queued"
        SENT = "sent"
        FAILED = "failed"
        UNWANTED = "unwanted"

    key = models.CharField(max_length=120)
    address = SealedField(purpose="phone")
    template = models.CharField(max_length=40)
    context = models.JSONField(default=dict)
    secret = SealedField(purpose="secret", null=True)
    language = models.CharField(max_length=2, default="id")
    wish = models.CharField(max_length=60, blank=True)
    state = models.CharField(max_length=8, choices=State.choices, default=State.QUEUED)
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


class Silence(models.Model):
    """Somebody withdrew a consent: messages under this wish are not sent any more.

    Whose wish it is, and its history, is the business of the domain that asks for it.
    """

    wish = models.CharField(max_length=60, primary_key=True)
    since = models.DateTimeField()
