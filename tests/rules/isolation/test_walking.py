"""Whom to see first, and in which order to walk."""

import pytest

from smartkampung.isolation.monitoring.rules.roster import Ward, share_out
from smartkampung.isolation.monitoring.rules.walking import Risk, Stop, risk, route

CENTRE = (-8.20, 114.30)


@pytest.mark.parametrize(
    ("holds", "age", "found"),
    [
        ({"alarm", "unwell", "missed", "leaving"}, 70, Risk.ALARM),
        ({"unwell", "missed"}, 30, Risk.UNWELL),
        ({"missed", "leaving"}, 30, Risk.MISSED),
        ({"leaving"}, 70, Risk.EXIT),
        (set(), 60, Risk.FRAIL),
        (set(), 4, Risk.FRAIL),
        (set(), 59, Risk.ORDINARY),
        (set(), None, Risk.ORDINARY),
    ],
)
def test_the_worst_decides(holds: set[str], age: int | None, found: Risk) -> None:
    asked = {name: name in holds for name in ("alarm", "unwell", "missed", "leaving")}
    assert risk(**asked, age=age) is found


def stop(key: int, lat: float | None, level: Risk = Risk.ORDINARY) -> Stop:
    return Stop(key, level, f"35.10.{key:02}", lat, 114.3 if lat else None)


def test_from_the_puskesmas_always_to_the_nearest() -> None:
    far, near, middle = stop(1, -8.30), stop(2, -8.21), stop(3, -8.25)
    assert route([far, near, middle], CENTRE) == [near, middle, far]


def test_the_pressing_come_first_and_the_walk_goes_on_from_there() -> None:
    ill = stop(1, -8.30, Risk.ALARM)
    near, beside_ill = stop(2, -8.21), stop(3, -8.29)
    assert route([near, beside_ill, ill], CENTRE) == [ill, beside_ill, near]


def test_who_has_no_position_comes_last_by_place() -> None:
    known, second, first = stop(9, -8.3), stop(2, None), stop(1, None)
    assert route([second, known, first], CENTRE) == [known, first, second]


def test_without_a_start_the_walk_begins_at_the_first_place() -> None:
    one, two, three = stop(1, -8.30), stop(2, -8.20), stop(3, -8.29)
    assert route([two, three, one], None) == [one, three, two]
    assert route([], None) == []


def test_forty_people_each_once() -> None:
    stops = [stop(n, -8.2 - n % 7 / 100, Risk(n % 6)) for n in range(1, 41)]
    ordered = route(stops, CENTRE)
    assert sorted(one.key for one in ordered) == list(range(1, 41))
    assert [one.risk for one in ordered] == sorted(one.risk for one in stops)


TEAM = {"A": frozenset({1, 2}), "B": frozenset({3})}


@pytest.mark.parametrize(
    ("ward", "officer"),
    [
        pytest.param(Ward(7, "A", fixed=2, last=1), 2, id="the fixed officer"),
        pytest.param(Ward(7, "A", last=1), 1, id="else the last"),
        pytest.param(Ward(7, "A", fixed=9, last=1), 1, id="the fixed one has left"),
        pytest.param(Ward(7, "A", fixed=9, last=9), 2, id="else the least loaded"),
        pytest.param(Ward(7, "A"), 2, id="a new person"),
        pytest.param(Ward(7, "B", last=1), 3, id="moved to another Puskesmas"),
        pytest.param(Ward(7, "C"), None, id="a Puskesmas without a team"),
    ],
)
def test_who_looks_after_somebody(ward: Ward, officer: int | None) -> None:
    assert share_out([ward], TEAM, {1: 5, 2: 3}) == {7: officer}


def test_the_new_are_spread_evenly() -> None:
    wards = [Ward(number, "A") for number in range(10)]
    found = share_out(wards, TEAM, {1: 4})
    assert sorted(found.values(), key=str) == [1] * 3 + [2] * 7
