"""The kitchen of a village also cooks for households that isolate at home."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.http import Http404

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.roles import Permission
from smartkampung.audit.models import Event
from smartkampung.isolation.houses.actions.eating import set_home_table, tell_diet
from smartkampung.isolation.houses.homes import (
    HomeMeals,
    at_table,
    home_for,
    home_meals_for,
)
from smartkampung.isolation.houses.rules import Diet
from smartkampung.isolation.models import HomeTable, Reservation, Stay
from smartkampung.kernel.rls import Kind, act_as
from tests.cast import RT_HERE
from tests.isolating import ARRIVAL, MONDAY, a_house, a_reservation, a_stay
from tests.keeping_houses import BUDI, SARI
from tests.watching import see_as

pytestmark = pytest.mark.django_db
BABY = date(2020, 1, 2)


@pytest.fixture(autouse=True)
def _as_job() -> None:
    act_as(Kind.JOB)


def household(*born: date | None, **fields: Any) -> Reservation:
    """Let people be at home in RT 007, present unless the fields say otherwise."""
    given: dict[str, Any] = {
        "state": "arrived",
        "region_code": RT_HERE,
        "address": "Jalan Kawah 3",
    }
    party = a_reservation(**given | fields)
    for one in born:
        a_stay(party, born_on=one, state="present")
    return party


def listed(actor: Actor, on: date = ARRIVAL) -> list[HomeMeals]:
    see_as(actor, Permission.MEALS_VIEW)
    found = home_meals_for(actor, on)
    act_as(Kind.JOB)
    return found


def wants(party: Reservation, *, cooks_itself: bool, supplies: str = "") -> None:
    set_home_table(
        party=party, cooks_itself=cooks_itself, supplies=supplies, by=SARI, at=MONDAY
    )


def test_a_household_at_home_stands_on_the_list_of_its_village_by_address() -> None:
    party = household(None, date(1990, 1, 1), BABY)
    soft = party.stays.order_by("pk")[0]
    tell_diet(
        stay=soft, place=RT_HERE, diet=Diet.SOFT, baby_food=False, by=SARI, at=MONDAY
    )
    [row] = listed(SARI)
    assert (row.address, row.region_code) == ("Jalan Kawah 3", RT_HERE)
    meals = row.meals
    assert (meals.people, meals.present, meals.babies) == (3, 3, 1)
    assert meals.diets == {Diet.SOFT: 1, Diet.ORDINARY: 1}
    assert listed(BUDI) == [], "the kitchen next door neither cooks nor knows"
    assert listed(SARI, ARRIVAL - timedelta(days=1)) == []
    assert listed(SARI, ARRIVAL + timedelta(days=14)) == []


def test_who_cooks_gets_baby_food_and_supplies_and_else_nothing() -> None:
    with_baby, alone, needy = household(None, BABY), household(None), household(None)
    wants(with_baby, cooks_itself=True)
    wants(alone, cooks_itself=True)
    wants(needy, cooks_itself=True, supplies="beras, sabun")
    rows = {row.party: row for row in listed(SARI)}
    assert set(rows) == {with_baby.pk, needy.pk}
    meals = rows[with_baby.pk].meals
    assert (meals.people, meals.babies, dict(meals.diets)) == (0, 1, {})
    assert rows[needy.pk].supplies == "beras, sabun"


def test_the_last_word_of_a_household_counts_and_the_diary_keeps_no_words() -> None:
    party = household(None)
    wants(party, cooks_itself=True, supplies="beras")
    wants(party, cooks_itself=False)
    assert [row.supplies for row in listed(SARI)] == [""]
    events = Event.objects.filter(name="isolation.home_table_set")
    assert [event.detail for event in events] == [{}, {}]


@pytest.mark.parametrize("state", ["cancelled", "no_show", "ended", "waiting"])
def test_nobody_cooks_for_who_is_not_there(state: str) -> None:
    more = {"waits_since": MONDAY} if state == "waiting" else {}
    household(None, state=state, **more)
    assert listed(SARI) == []


def test_people_of_a_house_stand_there_and_not_at_home() -> None:
    house = a_house()
    a_stay(a_reservation(house, state="arrived"), state="present")
    assert listed(SARI) == []


def test_who_eats_at_home_is_written_down_by_its_own_village_only() -> None:
    party = household(None, BABY)
    see_as(SARI, Permission.ARRIVAL_RECORD)
    assert home_for(SARI, party.pk) == party
    assert [one.baby_food for one in at_table(party, ARRIVAL)] == [False, True]
    with pytest.raises(Http404):
        home_for(BUDI, party.pk)
    house = a_reservation(a_house(), state="arrived")
    with pytest.raises(Http404):
        home_for(SARI, house.pk)


def test_another_village_sees_nothing_of_a_home_table() -> None:
    wants(household(None), cooks_itself=True, supplies="beras")
    see_as(BUDI, Permission.MEALS_VIEW)
    assert not HomeTable.objects.exists()
    assert not Stay.objects.exists()
    see_as(SARI, Permission.MEALS_VIEW)
    assert HomeTable.objects.count() == 1
