"""Messages on their way to people."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from smartkampung.kernel.sealed import SealedField


class Message(models.Model):
    """One message to one address, sent by a job after its transaction commits.

    The text is made from ``template`` and ``context`` when it is sent, in the
    language of the person. It carries no name, programme or symptom. ``secret``
    holds what must not be read in the database, such as a one-time code. ``wish`` names
    the consent under which a message goes out that nobody must receive; empty where
    the message is part of what the person asked for. One ``by_day`` waits for seven
    in the morning; one that is not sent by ``expires_at`` never is. ``about`` names what many messages belong to (a broadcast).

    A message is *sent* when a service took it over ``channel``, and *delivered* when
    that service says so; the service knows it by ``reference``. Channels that could
    not deliver it stand in ``refused_by``.
    Promises kept by the database: the same message is queued once
    (``message_queued_once``) and has one reference (``message_reference_once``).
    """

    class State(models.TextChoices):
        QUEUED = "queued"
        SENT = "sent"
        DELIVERED = "delivered"
        FAILED = "failed"
        UNWANTED = "unwanted"

    key = models.CharField(max_length=120)
    address = SealedField(purpose="phone")
    template = models.CharField(max_length=40)
    context = models.JSONField(default=dict)
    secret = SealedField(purpose="secret", null=True)
    language = models.CharField(max_length=3, default="id")
    wish = models.CharField(max_length=60, blank=True)
    about = models.CharField(max_length=60, blank=True, db_default="")
    by_day = models.BooleanField(default=False, db_default=False)
    reference = models.UUIDField(null=True)
    state = models.CharField(max_length=9, choices=State.choices, default=State.QUEUED)
    tries = models.SmallIntegerField(default=0)
    queued_at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True)
    channel = models.CharField(max_length=12, blank=True, db_default="")
    refused_by = ArrayField(
        models.CharField(max_length=12), default=list, db_default=[]
    )
    parts = models.SmallIntegerField(default=0, db_default=0)
    cost = models.IntegerField(default=0, db_default=0)
    sent_at = models.DateTimeField(null=True)
    delivered_at = models.DateTimeField(null=True)
    error = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["key"], name="message_queued_once"),
            models.UniqueConstraint(
                fields=["reference"], name="message_reference_once"
            ),
        ]
        indexes = [
            models.Index(
                fields=["queued_at"],
                condition=~Q(state__in=["sent", "delivered"]),
                name="message_waiting",
            ),
            models.Index(
                fields=["about", "state"], condition=~Q(about=""), name="message_about"
            ),
        ]


class Silence(models.Model):
    """Somebody withdrew a consent: messages under this wish are not sent any more.

    Whose wish it is, and its history, is the business of the domain that asks for it.
    """

    wish = models.CharField(max_length=60, primary_key=True)
    since = models.DateTimeField()


class OptOut(models.Model):
    """A phone whose owner wants no messages under one purpose, or under any wish.

    ``purpose`` is what the wishes that end begin with; empty ends all of them. It stands
    above the wishes of families: several may share a phone, and a phone may belong to
    none. Promise kept by the database: a phone stands once (``opt_out_once``).
    """

    phone = SealedField(purpose="phone")
    phone_index = models.BinaryField()
    since = models.DateTimeField()
    through = models.CharField(max_length=20)
    purpose = models.CharField(max_length=20, blank=True, db_default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["phone_index"], name="opt_out_once")
        ]
