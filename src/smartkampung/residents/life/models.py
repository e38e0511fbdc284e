"""What happened to whom, when; and which domain has taken notice."""

import pgtrigger
from django.db import models
from django.db.models import Q

from smartkampung.residents.rules.life import ARRIVES, LEAVES, Kind

_ARRIVES = sorted(kind.value for kind in ARRIVES)
_GOES = sorted(kind.value for kind in LEAVES - {Kind.DEATH})
_STAYS = sorted(kind.value for kind in set(Kind) - ARRIVES - LEAVES - {Kind.MOVE})


class LifeEvent(models.Model):
    """One thing that happened to one person on a day, told by an officer.

    Rows of one form share ``act``. ``left_region`` and ``joined_region`` (RT codes) say
    where the person is counted no longer, and where from then on; ``before`` holds the
    fields of the person that it changed, as they were, ``left_family`` the card:
    so a past day can be asked for (ADR 0016). Promises kept by the database: an
    event is never changed or deleted (``life_event_append_only``); a person has one
    event in an act, so the same form twice is one (``life_event_once_per_act``);
    arrivals say where to, departures where from, moves both and nothing else either
    (``life_event_says_where``).
    """

    act = models.UUIDField()
    kind = models.CharField(
        max_length=11, choices=[(kind.value, kind.name.title()) for kind in Kind]
    )
    person = models.ForeignKey(
        "residents.Person", models.PROTECT, related_name="life_events"
    )
    family = models.ForeignKey("residents.Family", models.PROTECT, related_name="+")
    left_family = models.ForeignKey(
        "residents.Family", models.PROTECT, null=True, related_name="+"
    )
    happened_on = models.DateField()
    left_region = models.CharField(max_length=30, blank=True, db_collation="C")
    joined_region = models.CharField(max_length=30, blank=True, db_collation="C")
    before = models.JSONField(default=dict)
    elsewhere = models.CharField(max_length=120, blank=True)
    note = models.CharField(max_length=300, blank=True)
    recorded_by = models.CharField(max_length=150)
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["act", "person"], name="life_event_once_per_act"
            ),
            models.CheckConstraint(
                name="life_event_says_where",
                condition=Q(kind__in=_ARRIVES, left_region="") & ~Q(joined_region="")
                | Q(kind__in=_GOES, joined_region="") & ~Q(left_region="")
                # Who dies while missing is counted nowhere any more.
                | Q(kind=Kind.DEATH.value, joined_region="")
                | Q(kind=Kind.MOVE.value) & ~Q(left_region="") & ~Q(joined_region="")
                | Q(kind__in=_STAYS, left_region="", joined_region=""),
            ),
        ]
        indexes = [
            models.Index(fields=["happened_on"], name="life_event_day"),
            models.Index(fields=["person", "happened_on"], name="life_event_person"),
            models.Index(fields=["left_family"], name="life_event_left_family"),
        ]
        triggers = [
            pgtrigger.Protect(
                name="life_event_append_only",
                operation=pgtrigger.Update | pgtrigger.Delete,
            )
        ]


class LifeEventTaken(models.Model):
    """How far a domain has read the life events: one row for each it has acted on.

    A cursor that knows every event, and not only the highest number: numbers are
    given before they are committed, so a lower one may appear after a higher. Promise
    kept by the database: a domain acts on an event once (``life_event_taken_once``).
    """

    domain = models.CharField(max_length=20)
    event = models.ForeignKey(LifeEvent, models.PROTECT, related_name="taken")
    taken_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["domain", "event"], name="life_event_taken_once"
            )
        ]
