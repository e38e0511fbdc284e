"""How many meals which house needs: numbers for the kitchen, and nobody's name."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.http import Http404

from smartkampung.accounts.actor import Actor
from smartkampung.isolation.houses.actions.eating import tell_diet
from smartkampung.isolation.houses.meals import (
    Meals,
    eater_for,
    kitchens_for,
    meals_on,
    places_at_table,
)
from smartkampung.isolation.houses.rules import Diet
from smartkampung.isolation.models import Eats, House, Stay
from smartkampung.kernel.errors import constraint_name
from smartkampung.kernel.rls import Kind, act_as
from tests.cast import HERE, NEXT_DOOR
from tests.isolating import (
    ARRIVAL,
    MONDAY,
    a_bed_use,
    a_house,
    a_reservation,
    a_stay,
    beds_of,
    days,
)
from tests.keeping_houses import BUDI, SARI

pytestmark = pytest.mark.django_db
BABY = date(2020, 1, 2)


@pytest.fixture(autouse=True)
def _as_job() -> None:
    act_as(Kind.JOB)


def guest(house: House, at: int, **fields: object) -> Stay:
    """Let somebody have a bed from the day of arrival."""
    stay = a_stay(a_reservation(house, region_code=house.place_id), **fields)
    a_bed_use(stay, beds_of(house)[at])
    return stay


def told(stay: Stay, diet: Diet, *, baby_food: bool = False) -> None:
    """Let Sari write down what somebody eats."""
    house = stay.beds.get().bed.room.house
    tell_diet(
        stay=stay,
        place=house.place_id,
        diet=diet,
        baby_food=baby_food,
        by=SARI,
        at=MONDAY,
    )


def counted(actor: Actor, on: date = ARRIVAL) -> list[Meals]:
    """Return the meals of the kitchens of somebody."""
    return list(meals_on(kitchens_for(actor), on).values())


def test_the_kitchen_reads_how_many_eat_what() -> None:
    house = a_house(beds=5)
    guest(house, 0, state="present")
    soft = guest(house, 1)
    guest(house, 2, born_on=BABY)
    gone = guest(house, 3, state="released")
    told(soft, Diet.NO_MEAT)
    told(soft, Diet.SOFT)
    told(gone, Diet.LITTLE_SALT)
    [row] = counted(SARI)
    assert (row.present, row.expected, row.people, row.babies) == (1, 2, 3, 1)
    assert row.diets == {Diet.ORDINARY: 1, Diet.SOFT: 1}
    assert counted(SARI, ARRIVAL - timedelta(days=1)) == []
    assert counted(SARI, ARRIVAL + timedelta(days=14)) == []
    assert len(counted(SARI, ARRIVAL + timedelta(days=13))) == 1


def test_what_is_told_counts_more_than_the_age() -> None:
    house = a_house()
    told(guest(house, 0, born_on=BABY), Diet.SOFT)
    told(guest(house, 1), Diet.ORDINARY, baby_food=True)
    [row] = counted(SARI)
    assert (row.babies, row.diets) == (1, {Diet.SOFT: 1})


def test_a_kitchen_learns_numbers_of_the_house_next_door_and_nobody_in_it() -> None:
    house = a_house(village=NEXT_DOOR)
    House.objects.update(fed_by=HERE)
    stay = guest(house, 0)
    act_as(Kind.STAFF, scope=[HERE])
    [row] = counted(SARI)
    assert row.people == 1
    assert counted(BUDI) == []
    # The count acted as a job for a moment; afterwards Sari sees as little as before.
    assert not Stay.objects.exists()
    with pytest.raises(Http404):
        eater_for(SARI, house.pk, stay.pk)
    act_as(Kind.STAFF, scope=[NEXT_DOOR])
    assert eater_for(BUDI, house.pk, stay.pk) == (house, stay)


def test_places_at_the_table_name_beds_and_not_people() -> None:
    house = a_house()
    told(guest(house, 0, state="present"), Diet.NO_SEAFOOD)
    guest(house, 1, born_on=BABY)
    first, second = places_at_table(house, ARRIVAL)
    assert (first.room, first.bed, first.present) == ("Kamar 1", "1", True)
    assert (first.diet, first.baby_food) == (Diet.NO_SEAFOOD, False)
    assert (second.diet, second.baby_food) == (Diet.ORDINARY, True)
    assert "Wayan" not in repr((first, second))


def test_whoever_left_is_not_written_about() -> None:
    house = a_house()
    stay = guest(house, 0, state="released")
    with pytest.raises(Http404):
        eater_for(SARI, house.pk, stay.pk)


def test_eats_once_a_stay() -> None:
    stay = guest(a_house(), 0)
    told(stay, Diet.SOFT)
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        Eats.objects.create(
            stay=stay, diet="soft", baby_food=False, by="sari", at=MONDAY
        )
    assert constraint_name(caught.value) == "eats_once_a_stay"


def test_what_is_eaten_is_hidden_with_the_stay() -> None:
    told(guest(a_house(), 0), Diet.LITTLE_SUGAR)
    for scope, seen in (([HERE], 1), ([NEXT_DOOR], 0)):
        act_as(Kind.STAFF, scope=scope)
        assert Eats.objects.count() == seen
    act_as(Kind.PUBLIC)
    assert Eats.objects.count() == 0


def test_days_of_a_fortnight_are_fourteen_meals_a_time() -> None:
    guest(a_house(), 0)
    first, last = days(ARRIVAL)
    eaten = [
        on
        for on in (first + timedelta(days=n) for n in range(-2, 20))
        if counted(SARI, on)
    ]
    assert (len(eaten), eaten[0], eaten[-1] + timedelta(days=1)) == (14, first, last)
