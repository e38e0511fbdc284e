"""Points, certificates and events by their rules alone."""

from datetime import date, timedelta
from typing import Any

import pytest

from smartkampung.reopening.guidance.rules.kinds import Colour, Setting
from smartkampung.reopening.guidance.rules.phases import may_come
from smartkampung.reopening.places.rules import events
from smartkampung.reopening.places.rules.protocol import (
    EVENTS,
    Checklist,
    EventRules,
    Fault,
    Item,
    faults,
    read_events,
    score,
)
from smartkampung.reopening.places.rules.standing import (
    Ended,
    Standing,
    standing,
)

LIST = Checklist(
    (
        Item("mask", "Masker", "Masks", 3, True),
        Item("air", "Udara", "Air", 2, False),
        Item("queue", "Antrean", "Queue", 1, False),
    ),
    needed=75,
    months=6,
)
RULES = EventRules(50, 7, (Colour.ORANGE, Colour.RED))
TODAY = date(2020, 7, 6)


@pytest.mark.parametrize(
    ("kept", "points", "failed", "passed"),
    [
        ({"mask", "air", "queue"}, 100, (), True),
        ({"mask", "air"}, 83, (), True),
        ({"mask", "queue"}, 66, (), False),
        ({"air", "queue"}, 50, ("mask",), False),
        (set(), 0, ("mask",), False),
        ({"mask", "air", "unheard_of"}, 83, (), True),
    ],
)
def test_points_are_weighted_and_a_must_fails_the_whole(
    kept: set[str], points: int, failed: tuple[str, ...], passed: bool
) -> None:
    found = score(LIST, dict.fromkeys(kept, True))
    assert (found.points, found.failed, found.passed) == (points, failed, passed)


def test_a_must_fails_even_with_enough_points() -> None:
    light = Checklist(
        (Item("mask", "M", "M", 1, True), Item("air", "U", "A", 9, False)), 75, 6
    )
    found = score(light, {"air": True})
    assert found.points == 90
    assert not found.passed


@pytest.mark.parametrize(
    ("until", "ended", "ended_on", "suspended", "expected"),
    [
        (TODAY + timedelta(1), "", None, False, Standing.VALID),
        (TODAY, "", None, False, Standing.EXPIRED),
        (TODAY + timedelta(1), "", None, True, Standing.SUSPENDED),
        (TODAY, "", None, True, Standing.SUSPENDED),
        (TODAY + timedelta(9), "withdrawn", TODAY, True, Standing.WITHDRAWN),
        (TODAY + timedelta(9), "replaced", TODAY, False, Standing.REPLACED),
        (TODAY + timedelta(9), "replaced", TODAY + timedelta(1), False, "valid"),
    ],
)
def test_what_a_certificate_is_worth(
    until: date, ended: str, ended_on: date | None, suspended: bool, expected: str
) -> None:
    found = standing(
        until=until,
        ended=Ended(ended),
        ended_on=ended_on,
        suspended=suspended,
        on=TODAY,
    )
    assert found == expected


@pytest.mark.parametrize(
    ("capacity", "percent", "most"),
    [(10, 50, 5), (11, 50, 5), (10, 0, 0), (1, 50, 1), (1000, 100, 1000)],
)
def test_capacity_is_rounded_down_and_closed_is_closed(
    capacity: int, percent: int, most: int
) -> None:
    assert may_come(capacity, percent) == most


OPEN = dict.fromkeys(Setting, 50)
SHUT = dict.fromkeys(Setting, 0)
FREE = dict.fromkeys(Setting, 100)


@pytest.mark.parametrize(
    ("around", "people", "expected"),
    [
        (events.Around(Colour.GREEN, OPEN, None), 40, []),
        (events.Around(None, OPEN, None), 40, ["zone_unknown"]),
        (events.Around(None, OPEN, None, zoned=False), 40, []),
        (events.Around(Colour.GREEN, OPEN, None), 100, []),
        (events.Around(Colour.GREEN, OPEN, None), 101, ["size"]),
        (events.Around(Colour.GREEN, FREE, None), 5_000, []),
        (events.Around(Colour.YELLOW, OPEN, 30), 30, []),
        (events.Around(Colour.YELLOW, OPEN, 30), 31, ["gathering"]),
        (events.Around(Colour.ORANGE, OPEN, None), 40, ["colour"]),
        (events.Around(Colour.RED, SHUT, 3), 40, ["phase", "colour", "gathering"]),
        (events.Around(Colour.RED, SHUT, None, True, OPEN), 40, ["colour"]),
        (events.Around(Colour.YELLOW, SHUT, None, True, OPEN), 40, ["colour"]),
        (None, 2, ["undecidable"]),
    ],
)
def test_zone_phase_and_size_bar_an_event(
    around: events.Around | None, people: int, expected: list[str]
) -> None:
    found = events.bars(kind=Setting.WEDDING, people=people, around=around, rules=RULES)
    assert found == expected


def test_the_numbers_behind_the_bars() -> None:
    # Half of a usual wedding of 200, and from a week on.
    told: dict[str, Any] = {"kind": Setting.WEDDING, "rules": RULES}
    told["today"] = date(2020, 7, 6)
    there = events.Around(Colour.YELLOW, OPEN, 30)
    week = date(2020, 7, 13)
    assert events.allowed(around=there, **told) == events.Allowed(30, 100, 7, week)
    free = events.Around(Colour.GREEN, FREE, None)
    assert events.allowed(around=free, **told).size is None
    nowhere = events.allowed(around=None, **told)
    assert nowhere == events.Allowed(days_before=7, first_on=week)
    assert events.allowed(around=there, **{**told, "rules": None}) == events.Allowed()


@pytest.mark.parametrize(
    ("ahead", "expected"),
    [(6, ["too_soon"]), (7, []), (366, []), (367, ["too_far"]), (-1, ["too_soon"])],
)
def test_an_event_is_asked_for_in_time(ahead: int, expected: list[str]) -> None:
    on = TODAY + timedelta(days=ahead)
    assert events.timing(on=on, today=TODAY, rules=RULES) == expected


@pytest.mark.parametrize(("people", "head"), [(50, True), (51, False)])
def test_the_village_head_decides_up_to_a_number(people: int, head: bool) -> None:
    assert events.head_decides(people, RULES) is head


MASK = {"code": "mask", "name": "M", "name_en": "M", "weight": 3, "must": True}
GOOD: dict[str, Any] = {
    "items": [MASK],
    "pass": 75,
    "months": 6,
}


def _with(**item: object) -> dict[str, Any]:
    return GOOD | {"items": [MASK | item]}


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (GOOD, []),
        (GOOD | {"items": []}, [Fault.NO_ITEM]),
        (GOOD | {"items": [MASK] * 31}, [Fault.TOO_MANY, Fault.TWICE]),
        (_with(code="Mask 1"), [Fault.CODE]),
        (_with(name_en=""), [Fault.NAMELESS]),
        (_with(weight=0), [Fault.WEIGHT]),
        (_with(must=False), [Fault.NO_MUST]),
        (GOOD | {"pass": 49, "months": 25}, [Fault.NEEDED, Fault.MONTHS]),
    ],
)
def test_what_cannot_be_a_checklist(
    body: dict[str, object], expected: list[str]
) -> None:
    assert faults("homestay", body) == expected


def test_a_version_may_say_how_large_a_usual_event_is() -> None:
    told = {"head_most": 50, "days_before": 7, "closed": [], "usual": {"wedding": 80}}
    usual = read_events(told).usual
    assert (usual[Setting.WEDDING], usual[Setting.FESTIVAL]) == (80, 500)


def test_what_cannot_be_rules_about_events() -> None:
    good = {"head_most": 50, "days_before": 7, "closed": ["red"]}
    bad = {"head_most": 0, "days_before": 61, "closed": ["blue"]}
    assert faults(EVENTS, good) == []
    assert faults(EVENTS, good | {"usual": {"wedding": 1}}) == [Fault.USUAL]
    assert faults(EVENTS, bad) == [Fault.HEAD_MOST, Fault.DAYS_BEFORE, Fault.COLOUR]
    yellow = good | {"closed": ["yellow", "orange", "red"]}
    assert faults(EVENTS, yellow) == [Fault.COLOUR], "it would tell green from yellow"
