"""Wayan's family, and what happens to it, told by Sari."""

import uuid
from collections.abc import Callable
from datetime import date, datetime
from typing import Any, NamedTuple

import pytest

from smartkampung.kernel.clock import WIB
from smartkampung.regions.models import Region
from smartkampung.residents.actions.happening import Act, CannotRecord
from smartkampung.residents.life.models import LifeEvent
from smartkampung.residents.models import Family, Person
from smartkampung.residents.rules.life import Bar
from tests import cast, population

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=WIB)
TODAY = NOW.date()
OTHER_RT = f"{cast.HERE}.002.008"


class Household(NamedTuple):
    """Wayan, Ketut his wife, Putu their daughter, and old Nengah his mother."""

    card: Family
    wayan: Person
    ketut: Person
    putu: Person
    nengah: Person


def household() -> Household:
    """Make the family, and the places where it lives and may go to."""
    cast.places()
    Region.objects.get_or_create(
        code=OTHER_RT,
        defaults={"name": "RT 008", "kind": "rt", "parent_id": cast.RW_HERE},
    )
    card = population.family()
    wayan = population.person("I Wayan Sudarma", population.WAYAN_NIK, household=card)
    ketut = population.person(
        "Ni Ketut Sari",
        "3510095506880002",
        household=card,
        born_on=date(1988, 6, 15),
        sex="P",
        relation=3,
    )
    putu = population.person(
        "Ni Putu Ayu", household=card, born_on=date(2014, 10, 3), sex="P", relation=4
    )
    nengah = population.person(
        "Ni Nengah Rai", household=card, born_on=date(1955, 2, 1), sex="P", relation=7
    )
    Person.objects.filter(pk__in=[wayan.pk, ketut.pk]).update(marital_status=2)
    return Household(card, *map(reread, (wayan, ketut, putu, nengah)))


def act(on: date = TODAY, **more: Any) -> Act:
    """Return a form that Sari fills in now about a day."""
    return Act(**{"id": uuid.uuid4(), "on": on, "by": "sari", "at": NOW, **more})


def reread(person: Person) -> Person:
    """Return a person as they are in the database now."""
    return Person.objects.select_related("family").get(pk=person.pk)


def kinds(events: list[LifeEvent]) -> list[tuple[str, str]]:
    """Return what happened to whom, by first names."""
    return [(event.kind, event.person.name) for event in events]


def refused(do: Callable[[], Any]) -> list[Bar]:
    """Return why something was refused; nothing may have been written."""
    before = LifeEvent.objects.count()
    with pytest.raises(CannotRecord) as refusal:
        do()
    assert LifeEvent.objects.count() == before
    assert str(refusal.value.message)
    return refusal.value.bars
