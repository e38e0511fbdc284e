"""Events that ask for permission."""

from django.db import models
from django.db.models import Q

from smartkampung.kernel.sealed import SealedField
from smartkampung.reopening.places.models.places import PHONE
from smartkampung.reopening.places.rules import events
from smartkampung.reopening.places.rules.protocol import EVENT_KINDS


class Event(models.Model):
    """A wedding or festival in an RT on a day, and what was decided about it.

    ``worse_at`` says since when a job proposes to withdraw the permission, because
    zone or phase became worse, ``worse_why`` by which bars (codes); ``kept_at`` that
    somebody looked and let it stand. A decision leans on the rules of its day.
    Promises kept by the database: a form sent twice is one event
    (``event_form_once``); at least two people come (``event_of_several``); what was
    decided says by whom and when (``event_decided_whole``); refusing and withdrawing
    have a reason (``event_refused_with_reason``).
    """

    kind = models.CharField(
        max_length=12, choices=[(one.value, one.value) for one in EVENT_KINDS]
    )
    name = models.CharField(max_length=80)
    region_code = models.CharField(max_length=30, db_collation="C")
    address = models.CharField(max_length=200)
    on = models.DateField()
    people = models.IntegerField()
    organiser = models.CharField(max_length=80)
    phone = SealedField(purpose=PHONE, null=True)
    form_id = models.UUIDField()
    code_hash = models.BinaryField(unique=True)
    asked_at = models.DateTimeField()
    state = models.CharField(
        max_length=10, choices=[(one.value, one.value) for one in events.State]
    )
    reason = models.CharField(max_length=300, blank=True)
    decided_by = models.CharField(max_length=150, blank=True)
    decided_at = models.DateTimeField(null=True)
    worse_at = models.DateTimeField(null=True)
    worse_why = models.JSONField(default=list)
    kept_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["form_id"], name="event_form_once"),
            models.CheckConstraint(name="event_of_several", condition=Q(people__gte=2)),
            models.CheckConstraint(
                name="event_decided_whole",
                condition=Q(state__in=[events.State.ASKED, events.State.CANCELLED])
                | ~Q(decided_by="") & Q(decided_at__isnull=False),
            ),
            models.CheckConstraint(
                name="event_refused_with_reason",
                condition=~Q(state__in=[events.State.REFUSED, events.State.WITHDRAWN])
                | ~Q(reason=""),
            ),
        ]
        indexes = [
            models.Index(fields=["state", "on"], name="event_when"),
        ]
