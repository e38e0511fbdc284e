"""Zones of RTs: to the house, to the day, and never green without a word."""

from datetime import date, timedelta

import pytest

from smartkampung.kernel.rls import Kind, act_as
from smartkampung.reopening.cases.models import Case
from smartkampung.reopening.cases.queries import (
    colour_of,
    new_cases,
    new_cases_by_village,
)
from smartkampung.reopening.cases.queries.counting import without_rt
from smartkampung.reopening.cases.queries.zones import zones_known
from tests.cast import HERE, NEXT_DOOR, RT_HERE
from tests.confirmed import DAY, case, houses, none_here, noon

pytestmark = pytest.mark.django_db
NEXT_DAY = DAY + timedelta(days=1)
RT_THERE = f"{NEXT_DOOR}.001.001"


@pytest.mark.parametrize(
    ("count", "first", "second"),
    [
        (0, "green", "green"),
        (1, "yellow", "yellow"),
        (2, "yellow", "yellow"),
        (3, "yellow", "orange"),
        (5, "yellow", "orange"),
        (6, "orange", "red"),
        (10, "orange", "red"),
        (11, "red", "red"),
    ],
)
def test_the_rule_of_the_day_colours_the_houses(
    count: int, first: str, second: str
) -> None:
    none_here()
    houses(count)
    assert (colour_of(RT_HERE, DAY), colour_of(RT_HERE, NEXT_DAY)) == (first, second)


def test_before_the_first_rule_nothing_can_be_decided() -> None:
    last = date(2021, 2, 8)
    houses(11, last)
    assert colour_of(RT_HERE, last) is None
    assert zones_known(last, known=noon(last)).counts() == {
        **{"green": 0, "yellow": 0, "orange": 0, "red": 0},
        "unknown": 2,
    }
    assert colour_of(RT_HERE, last + timedelta(days=1)) == "red"


def test_a_village_that_says_nothing_is_not_green() -> None:
    none_here()
    assert colour_of(RT_HERE, DAY) == "green"
    assert colour_of(RT_THERE, DAY) is None
    assert zones_known(DAY, known=noon(DAY)).by_village()[NEXT_DOOR]["unknown"] == 1
    assert colour_of(RT_HERE, DAY + timedelta(days=6)) == "green"
    assert colour_of(RT_HERE, DAY + timedelta(days=7)) is None


def test_a_case_counts_for_seven_days() -> None:
    case()
    none_here(DAY + timedelta(days=7))
    assert colour_of(RT_HERE, DAY - timedelta(days=1)) is None
    assert colour_of(RT_HERE, DAY + timedelta(days=6)) == "yellow"
    assert colour_of(RT_HERE, DAY + timedelta(days=7)) == "green"


def test_two_cases_in_one_house_are_one_house() -> None:
    houses(5)
    for name in ("Komang", "Made", "Nyoman"):
        case(name=name, address="Jl. Mawar no 0")
    assert zones_known(DAY, known=noon(DAY)).houses[RT_HERE] == 5


def test_houses_without_an_rt_are_named_and_colour_none() -> None:
    houses(11, place=HERE)
    assert colour_of(RT_HERE, DAY) == "green"
    assert without_rt(DAY, days=7, inside=HERE, known=noon(DAY)) == {HERE: 11}


def test_cases_are_counted_by_day_and_village() -> None:
    houses(2)
    case(NEXT_DAY, name="Tamu", place=HERE)
    case(name="Nyoman", place=RT_THERE)
    week = (DAY, DAY + timedelta(days=7))
    assert new_cases(HERE, *week) == {DAY: 2, NEXT_DAY: 1}
    assert new_cases(RT_HERE, DAY, NEXT_DAY) == {DAY: 2}
    assert new_cases_by_village(*week) == {
        HERE: {DAY: 2, NEXT_DAY: 1},
        NEXT_DOOR: {DAY: 1},
    }


def test_who_may_not_read_a_case_may_read_a_colour() -> None:
    houses(1)
    for kind in (Kind.PUBLIC, Kind.STAFF):
        act_as(kind, scope=[RT_HERE])
        assert not Case.objects.exists()
        assert colour_of(RT_HERE, DAY) == "yellow"
    act_as(Kind.STAFF, scope=[HERE], health=[HERE])
    assert Case.objects.count() == 1
    for scope, health in ((HERE, NEXT_DOOR), (NEXT_DOOR, HERE)):
        act_as(Kind.STAFF, scope=[scope], health=[health])
        assert not Case.objects.exists()
