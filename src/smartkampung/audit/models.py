"""Two append-only diaries: what was done, and who was looked at.

Neither has foreign keys: a diary must outlive what it speaks of (ADR 0007).
"""

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q


class ThisAct(models.Func):
    """The mark that this transaction leaves in the row history, if it has one."""

    template = "nullif(current_setting('pghistory.context_id', true), '')::uuid"
    output_field = models.UUIDField()


class Event(models.Model):
    """One business event: what happened, to what, by whom, and why.

    Promise kept by the database: events are never changed or deleted
    (trigger ``event_append_only``). ``mac`` signs all that an event says, with a key
    that is not in the database. ``act`` is the mark of the transaction, by which the
    row history (pghistory) knows what was changed with it.
    """

    at = models.DateTimeField(db_index=True)
    name = models.CharField(max_length=60)
    by = models.CharField(max_length=150)
    target_kind = models.CharField(max_length=40)
    target_id = models.CharField(max_length=60)
    region_code = models.CharField(max_length=30, blank=True, db_collation="C")
    detail = models.JSONField(default=dict)
    act = models.UUIDField(null=True, db_default=ThisAct())
    mac = models.BinaryField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["target_kind", "target_id"], name="event_target"),
            models.Index(fields=["region_code", "at"], name="event_region"),
            models.Index(fields=["by", "at"], name="event_by"),
            models.Index(fields=["act"], name="event_act"),
        ]
        triggers = [
            pgtrigger.Protect(
                name="event_append_only", operation=pgtrigger.Update | pgtrigger.Delete
            )
        ]


class EventSeal(models.Model):
    """A stretch of events, and a signature over it and over the seal before.

    Events are named and not pointed at, so that one that vanished is missed. Promises
    kept by the database: a seal is never changed or deleted
    (``event_seal_append_only``) and holds at least one event
    (``event_seal_holds_something``).
    """

    number = models.PositiveIntegerField(primary_key=True)
    sealed_at = models.DateTimeField()
    events = ArrayField(models.BigIntegerField())
    mac = models.BinaryField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="event_seal_holds_something", condition=Q(events__len__gt=0)
            )
        ]
        triggers = [
            pgtrigger.Protect(
                name="event_seal_append_only",
                operation=pgtrigger.Update | pgtrigger.Delete,
            )
        ]


class Access(models.Model):
    """One look at one person's record: by whom, in which role, for what.

    Promise kept by the database: looks are never changed or deleted (trigger
    ``access_append_only``).
    """

    at = models.DateTimeField()
    by = models.CharField(max_length=150)
    role = models.CharField(max_length=40)
    person_id = models.BigIntegerField()
    purpose = models.CharField(max_length=60)
    reason = models.CharField(max_length=200, blank=True)
    revealed = models.BooleanField(default=False)

    class Meta:
        indexes = [
            models.Index(fields=["person_id", "-at"], name="access_person"),
            models.Index(fields=["by", "-at"], name="access_by"),
        ]
        triggers = [
            pgtrigger.Protect(
                name="access_append_only", operation=pgtrigger.Update | pgtrigger.Delete
            )
        ]
