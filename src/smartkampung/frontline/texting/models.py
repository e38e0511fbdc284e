"""What came in by text, how far its conversation is, and who waits for help."""

from django.db import models
from django.db.models import Q

from smartkampung.frontline.texting.rules.menu import Step, Topic
from smartkampung.frontline.texting.rules.states import Outcome
from smartkampung.kernel.sealed import SealedField
from smartkampung.residents.models import PHONE


def _choices(kind: type[Step] | type[Topic] | type[Outcome]) -> list[tuple[str, str]]:
    return [(one.value, one.name.title()) for one in kind]


class Received(models.Model):
    """One text that a gateway handed over: that it came, never what it said.

    Promise kept by the database: the same text is taken once
    (``text_received_once``), by the number that the gateway of its channel gave it.
    """

    gateway_id = models.CharField(max_length=120)
    at = models.DateTimeField(db_index=True)
    channel = models.CharField(max_length=8)
    phone_index = models.BinaryField()
    word = models.CharField(max_length=10, blank=True)
    reply = models.CharField(max_length=20, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["channel", "gateway_id"], name="text_received_once"
            )
        ]


class FullDay(models.Model):
    """A day on which as many texts were answered as it pays for; from then on, STOP only.

    Promise kept by the database: a day is full once (``full_day_once``), so that the
    alarm comes once.
    """

    on = models.DateField()
    most = models.IntegerField()
    since = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["on"], name="full_day_once")]


class Conversation(models.Model):
    """Where the conversation with one phone stands, for half an hour.

    Promise kept by the database: a phone has one conversation at a time
    (``conversation_once_a_phone``).
    """

    phone_index = models.BinaryField()
    step = models.CharField(max_length=6, choices=_choices(Step))
    topic = models.CharField(max_length=9, choices=_choices(Topic))
    tries = models.SmallIntegerField(default=0)
    english = models.BooleanField(default=False)
    expires_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["phone_index"], name="conversation_once_a_phone"
            )
        ]


class Assist(models.Model):
    """Somebody who wrote asks to be called: where, about what, and what came of it.

    Promises kept by the database: a phone waits once for each topic
    (``assist_open_once``); what is closed says by whom and how
    (``assist_closed_by_somebody``); as long as it is open, there is a phone to call
    (``assist_open_has_a_phone``). The phone is forgotten some months after the end.
    Row-level security shows it to officers where it lies, and to jobs.
    """

    topic = models.CharField(max_length=9, choices=_choices(Topic))
    region_code = models.CharField(max_length=30, db_collation="C")
    phone = SealedField(purpose=PHONE, null=True)
    phone_index = models.BinaryField()
    channel = models.CharField(max_length=8)
    english = models.BooleanField(default=False)
    asked_at = models.DateTimeField()
    due_at = models.DateTimeField()
    passed_by = models.CharField(max_length=150, blank=True)
    outcome = models.CharField(max_length=11, choices=_choices(Outcome), blank=True)
    closed_at = models.DateTimeField(null=True)
    closed_by = models.CharField(max_length=150, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["phone_index", "topic"],
                condition=Q(closed_at=None),
                name="assist_open_once",
            ),
            models.CheckConstraint(
                name="assist_closed_by_somebody",
                condition=Q(closed_at=None, closed_by="", outcome="")
                | (Q(closed_at__isnull=False) & ~Q(closed_by="") & ~Q(outcome="")),
            ),
            models.CheckConstraint(
                name="assist_open_has_a_phone",
                condition=Q(closed_at__isnull=False) | Q(phone__isnull=False),
            ),
        ]
        indexes = [
            models.Index(
                fields=["region_code", "due_at"],
                condition=Q(closed_at=None),
                name="assist_open",
            )
        ]
