"""Limits of intake have a history, show what they leave, and free places when raised."""

from datetime import timedelta
from typing import Any

import pytest

from smartkampung.accounts.roles import Role
from smartkampung.audit.models import Event
from smartkampung.isolation.actions.intake import IntakeFull, set_limit
from smartkampung.isolation.actions.limiting import (
    SameLimit,
    limit_centre,
    limit_village,
)
from smartkampung.isolation.models import IntakeLimit
from smartkampung.isolation.queries import limits
from smartkampung.kernel.rls import Kind, act_as
from smartkampung.regions.models import HealthCentre
from tests.cast import HERE, PUSKESMAS
from tests.isolating import ARRIVAL, MONDAY, a_house, book, row_of
from tests.population import actor

pytestmark = pytest.mark.django_db
KETUT = actor(Role.DINKES, "35.10", username="ketut")


@pytest.fixture(autouse=True)
def as_job() -> None:
    act_as(Kind.JOB)


def change(most: int, reason: str = "Petugas sakit.") -> int:
    centre = HealthCentre.objects.get(pk=PUSKESMAS)
    return limit_centre(centre=centre, most=most, reason=reason, by=KETUT, at=MONDAY)


def test_the_latest_limit_holds_and_those_before_it_are_kept() -> None:
    a_house()
    assert limits.limit_of_centre(PUSKESMAS) == 200
    change(3)
    change(5, "Petugas kembali.")
    assert limits.limit_of_centre(PUSKESMAS) == 5
    rows = limits.history_of(centre=PUSKESMAS)
    assert [(row.most, row.reason, row.by) for row in rows] == [
        (5, "Petugas kembali.", "ketut"),
        (3, "Petugas sakit.", "ketut"),
    ]
    assert Event.objects.filter(name="isolation.intake_limited").count() == 2


def test_a_limit_that_holds_already_is_not_written_again() -> None:
    a_house()
    with pytest.raises(SameLimit):
        change(200)
    assert not IntakeLimit.objects.exists()


def test_who_is_booked_keeps_the_place_below_a_lower_limit() -> None:
    house = a_house(beds=3)
    booked = book(house_id=house.pk)
    change(0)
    assert row_of(booked).state == "booked"
    with pytest.raises(IntakeFull):
        book(house_id=house.pk)


def test_a_higher_limit_offers_beds_to_who_waits_and_a_lower_does_not() -> None:
    a_house(beds=3)
    set_limit(most=1, at=MONDAY, by="dinkes", village=HERE)
    book()
    waits = row_of(book())
    assert waits.state == "waiting"
    told: Any = {"reason": "Ada relawan.", "by": KETUT, "at": MONDAY}
    assert limit_village(village=HERE, most=0, **told) == 0
    assert limit_village(village=HERE, most=2, **told) == 1
    waits.refresh_from_db()
    assert waits.state == "held"


def test_the_fullest_day_of_a_stay_decides_what_is_left_for_an_arrival() -> None:
    house = a_house(beds=3)
    late = ARRIVAL + timedelta(days=10)
    book(house_id=house.pk)
    book(house_id=house.pk, arrives_on=late)
    found = {
        one.on: one for one in limits.effect_on_centre(PUSKESMAS, most=3, since=ARRIVAL)
    }
    # On 14 June both are there, so whoever comes on 4 June has one place left.
    assert (found[ARRIVAL].people, found[ARRIVAL].left) == (1, 1)
    assert (found[late].people, found[late].left) == (2, 1)
    assert (found[ARRIVAL].beds, found[ARRIVAL].offered) == (2, 1)
    after = ARRIVAL + timedelta(days=16)
    assert (found[after].people, found[after].left) == (1, 2)


def test_a_village_counts_who_arrives_on_the_day() -> None:
    house = a_house(beds=3)
    book(house_id=house.pk)
    first, second = limits.effect_on_village(HERE, most=1, since=ARRIVAL)[:2]
    assert (first.people, first.left, first.beds, first.offered) == (1, 0, 2, 0)
    assert (second.people, second.left, second.beds, second.offered) == (0, 1, 2, 1)
