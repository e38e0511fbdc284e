"""A person and a family as they were on a past day (valid time, ADR 0016).

Where somebody lived, on which card, as what, living or not: rolled back by the life
events after that day. Everything else is shown as it is known today, because a
corrected birth date was never another one.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.shortcuts import get_object_or_404

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.roles import Permission
from smartkampung.residents.life.models import LifeEvent
from smartkampung.residents.models import Family, Person
from smartkampung.residents.queries.people import families_for, note_looks
from smartkampung.residents.rules.life import MERGED, Kind

NOT_HERE = ""


@dataclass(frozen=True)
class FamilyOn:
    """A family card and who stood on it on a day, the head first.

    ``elsewhere`` are those of them whose record the actor can no longer open.
    """

    family: Family
    members: list[Person]
    elsewhere: frozenset[int]


def person_on(person: Person, on: date) -> Person | None:
    """Return a copy of a person as of the end of a day; nothing before they were here.

    Never save it.
    """
    return _on(person, _events_after([person.pk], on)[person.pk], on)


def people_on(people: Iterable[Person], on: date) -> list[Person]:
    """Return copies of those who were here at the end of a day, in two queries."""
    rows = list(people)
    events = _events_after([person.pk for person in rows], on)
    found = (_on(person, events[person.pk], on) for person in rows)
    return [person for person in found if person is not None]


def family_on(actor: Actor, pk: int, on: date) -> FamilyOn:
    """Return a family as of a day, and write the looks down; 404 outside.

    Of those who have left the card, the actor sees who lived in their area then.
    """
    family = get_object_or_404(families_for(actor), pk=pk)
    members = [
        person
        for person in members_on(family, on)
        if actor.may_in(Permission.RESIDENT_VIEW, person.region_code)
    ]
    note_looks(actor, members, purpose="family.page")
    now_at = dict(
        Person.objects.filter(pk__in=[person.pk for person in members]).values_list(
            "pk", "region_code"
        )
    )
    gone = [
        key
        for key, code in now_at.items()
        if not actor.may_in(Permission.RESIDENT_VIEW, code)
    ]
    return FamilyOn(family, members, frozenset(gone))


def members_on(family: Family, on: date) -> list[Person]:
    """Return everybody who stood on a card on a day, the head first."""
    left = LifeEvent.objects.filter(left_family=family, happened_on__gt=on)
    ever = Person.objects.filter(
        Q(family=family) | Q(pk__in=left.values("person"))
    ).select_related("family")
    there = [one for one in people_on(ever, on) if one.family_id == family.pk]
    return sorted(
        there, key=lambda one: (one.relation or 99, one.born_on or on, one.pk)
    )


def _events_after(people: Sequence[int], on: date) -> Mapping[int, list[LifeEvent]]:
    """Return the events after a day by person, the latest first."""
    rows = LifeEvent.objects.filter(person__in=people, happened_on__gt=on)
    # A birth says nothing that the birth date does not say, and that can be corrected.
    rows = rows.exclude(kind=Kind.BIRTH).order_by("-happened_on", "-pk")
    found: dict[int, list[LifeEvent]] = defaultdict(list)
    for event in rows:
        found[event.person_id].append(event)
    return found


def _on(person: Person, later: Iterable[LifeEvent], on: date) -> Person | None:
    # Of two records of one person only the one that stands has a past.
    unborn = person.born_on is not None and person.born_on > on
    if unborn or person.status == MERGED:
        return None
    then = copy(person)
    for event in later:
        for name, value in event.before.items():
            setattr(then, name, value)
        if event.left_family_id is not None:
            then.family_id = event.left_family_id
    return None if then.status == NOT_HERE else then
