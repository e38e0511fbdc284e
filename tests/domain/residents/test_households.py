"""The list of families of a place: whole, in order, a page at a time."""

import pytest
from django.http import Http404

from smartkampung.accounts.roles import Role
from smartkampung.audit.models import Access
from smartkampung.residents.models import Family, Person
from smartkampung.residents.queries import Key, households, households_for
from tests.population import (
    BUDI,
    HERE,
    NEXT_DOOR,
    RT_HERE,
    RT_NEXT_DOOR,
    SARI,
    actor,
    family,
    person,
)

pytestmark = pytest.mark.django_db
OTHER_RT = f"{HERE}.002.008"


def a_family(name: str, *, region: str = RT_HERE) -> Family:
    card = family(None, region=region, phone=None)
    person(f"{name} Anak", household=card, relation=4)
    person(name, household=card, relation=1)
    return card


def heads(region: str = HERE, *, name: str = "") -> list[str]:
    return [row.head.name for row in households_for(SARI, region, name=name).rows]


def test_families_come_rt_by_rt_with_their_head_first() -> None:
    a_family("Wayan", region=OTHER_RT)
    a_family("Ketut")
    a_family("Made")
    assert heads() == ["Ketut", "Made", "Wayan"]
    assert heads(OTHER_RT) == ["Wayan"]


def test_a_card_without_a_head_is_listed_by_who_comes_first() -> None:
    card = a_family("Ketut")
    Person.objects.filter(family=card, relation=1).update(status="dead")
    assert heads() == ["Ketut Anak"]


def test_a_card_on_which_nobody_lives_any_more_is_left_out() -> None:
    card = a_family("Ketut")
    Person.objects.filter(family=card).update(status="moved")
    assert heads() == []


def test_pages_neither_repeat_nor_leave_out_while_families_come_and_go(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(households, "SHOWN", 2)
    for name in ("A", "B", "C"):
        a_family(f"{name} Satu")
    a_family("D Dua", region=OTHER_RT)
    first = households_for(SARI, HERE)
    Person.objects.filter(family=first.rows[0].family).update(status="moved")
    second = households_for(SARI, HERE, after=first.after)
    assert [row.head.name for row in second.rows] == ["C Satu", "D Dua"]
    assert second.after is None


def test_an_rt_comes_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(households, "SHOWN", 1)
    for name in ("A", "B", "C"):
        a_family(f"{name} Satu")
    assert len(households_for(SARI, RT_HERE).rows) == 3


def test_a_family_is_found_by_the_name_of_anybody_on_the_card() -> None:
    a_family("Moch. Soekardi")
    a_family("Ketut")
    assert heads(name="muhammad sukardi") == ["Moch. Soekardi"]
    assert heads(name="ketut anak") == ["Ketut"]
    assert heads(name="nobody") == []


def test_the_looks_at_those_who_stand_for_their_families_are_written_down() -> None:
    card = a_family("Ketut")
    households_for(SARI, HERE)
    look = Access.objects.get(purpose="family.list")
    assert Person.objects.get(pk=look.person_id).family == card


def test_nobody_lists_the_families_of_elsewhere() -> None:
    a_family("Ketut")
    with pytest.raises(Http404):
        households_for(BUDI, HERE)
    with pytest.raises(Http404):
        households_for(actor(Role.RT_HEAD, RT_HERE), HERE)


def test_a_key_of_elsewhere_opens_nothing() -> None:
    a_family("Ketut")
    a_family("Jauh", region=RT_NEXT_DOOR)
    page = households_for(SARI, HERE, after=Key(NEXT_DOOR, 0))
    assert page.rows == []
