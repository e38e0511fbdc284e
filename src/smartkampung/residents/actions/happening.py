"""How every life event is written down: locks, order of events, record, and notice.

One transaction holds the change of the people, one event for each of them, and the
promise (``kernel.later``) that every domain is told.
"""

import uuid
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import Max, Q
from django.utils.translation import gettext_lazy as _

from smartkampung.audit.actions import record
from smartkampung.kernel.claim import Busy, Lock, Rank, claim_scarce
from smartkampung.kernel.clock import day
from smartkampung.kernel.errors import Refused
from smartkampung.kernel.later import later
from smartkampung.residents.actions.following import follow
from smartkampung.residents.actions.nik import renew_flags
from smartkampung.residents.life.models import LifeEvent
from smartkampung.residents.life.words import sentences
from smartkampung.residents.models import Family, Person
from smartkampung.residents.rules.families import Member, relations_under
from smartkampung.residents.rules.life import (
    LIVING,
    Bar,
    Kind,
    Standing,
    bars_to_happen,
)

BUSY = _("Somebody else is working on this family. Please try again in a moment.")
# What an event remembers of a person as it was before.
REMEMBERED = ("status", "region_code", "relation", "marital_status")
NOT_HERE = ""  # the status of somebody before they were born or moved in


class CannotRecord(Refused):
    """This cannot have happened so, or not be written down so; ``bars`` is complete."""

    code = "cannot_record_life_event"

    def __init__(self, bars: Sequence[Bar]) -> None:
        super().__init__(sentences(bars))
        self.bars = list(dict.fromkeys(bars))


@dataclass(frozen=True)
class Act:
    """One form: its id (made when it opened), the day it tells of, who told it when."""

    id: uuid.UUID
    on: date
    by: str
    at: datetime
    note: str = ""
    elsewhere: str = ""


def perform(
    act: Act,
    *,
    cards: Collection[int],
    people: Collection[int] = (),
    take: Callable[[], "Plan"],
) -> list[LifeEvent]:
    """Lock family cards with everybody on them, and write what ``take`` plans.

    The same act again writes nothing and returns the same events. Raises CannotRecord
    when one of ``people`` left these cards meanwhile or ``take`` refuses, and Busy.
    """

    def write() -> list[LifeEvent]:
        earlier = list(LifeEvent.objects.filter(act=act.id).order_by("pk"))
        if earlier:
            return earlier
        there = Person.objects.filter(pk__in=people, family__in=cards)
        if there.count() != len(set(people)):
            raise CannotRecord([Bar.CHANGED_MEANWHILE])
        return take().write(act)

    everybody = Person.objects.filter(Q(family__in=cards) | Q(pk__in=people))
    return claim_scarce(
        locks=[
            Lock(Rank.PERSON, Family.objects.filter(pk__in=cards)),
            Lock(Rank.PERSON, everybody),
        ],
        take=write,
        refusals={"family_kk_unique": CannotRecord([Bar.CARD_TAKEN])},
        busy=Busy(BUSY),
    )


@dataclass
class _Step:
    person: Person
    kind: Kind
    left: str = ""
    joined: str = ""
    changes: dict[str, Any] = field(default_factory=dict)


class Plan:
    """What changes for whom. Several changes of one person become one event."""

    def __init__(self) -> None:
        self._steps: dict[int, _Step] = {}

    def add(
        self,
        person: Person,
        kind: Kind,
        *,
        left: str = "",
        joined: str = "",
        **changes: Any,
    ) -> None:
        """Plan changes of a person; the first kind named is what happened."""
        step = self._steps.setdefault(person.pk, _Step(person, kind))
        step.left, step.joined = step.left or left, step.joined or joined
        step.changes |= changes

    def lead(
        self,
        members: Sequence[Person],
        head: int,
        *,
        among: Collection[int],
        kind: Kind = Kind.HEAD_CHANGE,
    ) -> None:
        """Plan that ``head`` leads those ``among`` the members, and what that changes."""
        relations = relations_under(
            [member_of(person) for person in members], head, among=among
        )
        for person in members:
            if person.pk in relations and relations[person.pk] != person.relation:
                self.add(person, kind, relation=relations[person.pk])

    def write(self, act: Act) -> list[LifeEvent]:
        """Change the people and append their events."""
        return [_write(step, act) for step in self._steps.values()]


def _write(step: _Step, act: Act) -> LifeEvent:
    person, before = step.person, {}
    left_family = None
    for name, value in step.changes.items():
        was = getattr(person, name)
        if name in REMEMBERED and was != value:
            before[name] = was
        if name == "family" and was != value:
            left_family = was
        setattr(person, name, value)
    if "region_code" in before:
        renew_flags(person)
        follow(person)
    person.save()
    return append(act, step, before=before, left_family=left_family)


def append(
    act: Act,
    step: "_Step",
    *,
    before: dict[str, Any],
    family: Family | None = None,
    left_family: Family | None = None,
) -> LifeEvent:
    """Append one event, promise that every domain is told, and note it."""
    event = LifeEvent.objects.create(
        act=act.id,
        kind=step.kind,
        person=step.person,
        family=family or step.person.family,
        left_family=left_family,
        happened_on=act.on,
        left_region=step.left,
        joined_region=step.joined,
        before=before,
        elsewhere=act.elsewhere,
        note=act.note,
        recorded_by=act.by,
        recorded_at=act.at,
    )
    later("residents.life_event", event_id=event.pk)
    record(
        "residents.life_event",
        target=step.person,
        by=act.by,
        region_code=step.person.region_code,
        kind=step.kind.value,
        on=act.on.isoformat(),
        event=event.pk,
    )
    return event


def appeared(act: Act, person: Person, kind: Kind) -> LifeEvent:
    """Append the event of somebody written down for the first time; seek their double."""
    later("duplicates.entered", person_id=person.pk)
    step = _Step(person, kind, joined=person.region_code)
    return append(act, step, before={"status": NOT_HERE})


def happened(
    act: Act,
    person: Person,
    kind: Kind,
    *,
    left: str,
    joined: str,
    before: dict[str, Any],
    family: Family | None,
    left_family: Family | None,
) -> LifeEvent:
    """Append the event of somebody whose record was changed in bulk already.

    It is told of ``family``; of the card they stand on when that is nothing.
    """
    step = _Step(person, kind, left=left, joined=joined)
    return append(act, step, before=before, family=family, left_family=left_family)


def refuse_if(bars: Iterable[Bar]) -> None:
    """Raise CannotRecord when there is anything."""
    found = list(bars)
    if found:
        raise CannotRecord(found)


def bars_of(kind: Kind, people: Sequence[Person], act: Act) -> list[Bar]:
    """Return what speaks against this having happened to these people that day."""
    if not people:
        return [Bar.NOBODY_CHOSEN]
    return bars_to_happen(kind, standings(people), on=act.on, today=day(act.at))


def standings(people: Sequence[Person]) -> list[Standing]:
    """Return how people stand, with the day of their latest event, in one query."""
    rows = LifeEvent.objects.filter(person__in=[person.pk for person in people])
    latest = dict(rows.order_by().values_list("person").annotate(Max("happened_on")))
    return [
        Standing(person.status, person.born_on, latest.get(person.pk))
        for person in people
    ]


def members_of(family_id: int) -> list[Person]:
    """Return everybody who stands on a card, as they are now, the head first."""
    rows = Person.objects.filter(family=family_id).select_related("family")
    return list(rows.order_by("relation", "born_on", "pk"))


def living(people: Iterable[Person]) -> list[Person]:
    """Return those who live here."""
    return [person for person in people if person.status == LIVING]


def member_of(person: Person) -> Member:
    """Return what the rules about family cards look at."""
    return Member(person.pk, person.relation, person.sex)
