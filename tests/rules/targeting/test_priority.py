"""Priorities are read with every mistake, and points are worked by hand."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smartkampung.criteria.kinds import Fact, Kind, Source, Words
from smartkampung.recovery.targeting.rules.priority import (
    Need,
    Quota,
    Unit,
    Weighted,
    data_of,
    points,
)
from smartkampung.recovery.targeting.rules.reading import Fault, PriorityFaulty, parse

W = Words("kata", "word")
SOURCE = Source("s", "s.id", "s")


def _fact(name: str, kind: Kind, **more: Any) -> Fact:
    return Fact(name, kind, W, W, W, SOURCE, name, **more)


FACTS = {
    fact.name: fact
    for fact in (
        _fact("income", Kind.NUMBER),
        _fact("children", Kind.NUMBER),
        _fact("ill", Kind.YES_NO),
        _fact("work", Kind.CODE, choices={"1": W, "2": W}),
        _fact("hit", Kind.CODES, choices={"laid_off": W, "cut": W}),
    )
}
INCOME = {"fact": "income", "weight": 40, "need": "less", "low": 0, "high": 3_000_000}
CHILDREN = {"fact": "children", "weight": 30, "need": "more", "low": 0, "high": 4}
ILL = {"fact": "ill", "weight": 20, "need": "yes"}
HIT = {"fact": "hit", "weight": 10, "need": {"laid_off": 100, "cut": 33}}
SICK = {"fact": "ill", "is": "is", "value": True}
GROUP = {"name": "Sakit", "rule": SICK, "least": 30, "most": None, "unit": "percent"}
HERE = {"name": "Di sini", "where": "35.10", "least": None, "most": 3, "unit": "places"}
FULL = {
    "criteria": [INCOME, CHILDREN, ILL, HIT],
    "ties": [{"fact": "children", "need": "more"}],
    "last": "lot",
    "exclude": SICK,
    "quotas": [GROUP, HERE],
    "seats": True,
}


def test_a_priority_comes_back_as_it_was_written() -> None:
    assert data_of(parse(FULL, FACTS)) == FULL
    assert parse(FULL, FACTS).most_points == 100_000


def test_only_criteria_have_to_be_written() -> None:
    read = parse({"criteria": [ILL]}, FACTS)
    assert (read.ties, read.exclude, read.quotas, read.seats) == ((), None, (), False)


@pytest.mark.parametrize(
    ("changed", "place", "fault"),
    [
        ({"x": 1}, "priority", Fault.NOT_A_PRIORITY),
        ({"criteria": []}, "criteria", Fault.EMPTY),
        ({"criteria": "x"}, "criteria", Fault.NOT_A_PRIORITY),
        ({"criteria": [ILL, 7]}, "criteria", Fault.NOT_A_PRIORITY),
        ({"criteria": [ILL] * 21}, "criteria", Fault.TOO_LONG),
        ({"criteria": [{**ILL, "fact": "rich"}]}, "criteria.1", Fault.UNKNOWN_FACT),
        ({"criteria": [ILL, HIT, ILL]}, "criteria.3", Fault.TWICE),
        ({"criteria": [{**ILL, "low": 1}]}, "criteria.1", Fault.NOT_A_PRIORITY),
        ({"criteria": [{**ILL, "weight": -1}]}, "criteria.1", Fault.WRONG_WEIGHT),
        ({"criteria": [{**ILL, "weight": 1001}]}, "criteria.1", Fault.WRONG_WEIGHT),
        ({"criteria": [{**ILL, "weight": True}]}, "criteria.1", Fault.WRONG_WEIGHT),
        ({"criteria": [{**ILL, "weight": 1.5}]}, "criteria.1", Fault.WRONG_WEIGHT),
        ({"criteria": [{**ILL, "need": "more"}]}, "criteria.1", Fault.WRONG_NEED),
        ({"criteria": [{**INCOME, "need": "yes"}]}, "criteria.1", Fault.WRONG_NEED),
        ({"criteria": [{**HIT, "need": "yes"}]}, "criteria.1", Fault.WRONG_NEED),
        ({"criteria": [{**HIT, "need": {}}]}, "criteria.1", Fault.WRONG_SHARES),
        ({"criteria": [{**HIT, "need": {"x": 1}}]}, "criteria.1", Fault.WRONG_SHARES),
        (
            {"criteria": [{**HIT, "need": {"cut": 101}}]},
            "criteria.1",
            Fault.WRONG_SHARES,
        ),
        ({"criteria": [{**INCOME, "high": 0}]}, "criteria.1", Fault.WRONG_ENDS),
        ({"criteria": [{**INCOME, "low": -1}]}, "criteria.1", Fault.WRONG_ENDS),
        ({"criteria": [{**INCOME, "high": None}]}, "criteria.1", Fault.WRONG_ENDS),
        ({"ties": [{"fact": "x", "need": "more"}]}, "ties.1", Fault.UNKNOWN_FACT),
        ({"ties": [{"fact": "ill", "need": "more"}]}, "ties.1", Fault.WRONG_NEED),
        ({"ties": [{"fact": "hit", "need": "codes"}]}, "ties.1", Fault.WRONG_NEED),
        ({"ties": [{"fact": "ill", "need": "yes"}] * 2}, "ties.2", Fault.TWICE),
        ({"ties": [{"fact": "ill", "need": "no"}]}, "ties.1", Fault.CONTRADICTS),
        ({"ties": [{"fact": "income", "need": "more"}]}, "ties.1", Fault.CONTRADICTS),
        ({"last": "friends"}, "last", Fault.WRONG_LAST),
        ({"seats": "yes"}, "seats", Fault.WRONG_SEATS),
        ({"exclude": {"fact": "x"}}, "exclude", Fault.WRONG_RULE),
        ({"quotas": [{**GROUP, "name": ""}]}, "quotas.1", Fault.WRONG_NAME),
        ({"quotas": [{**GROUP, "name": "x" * 41}]}, "quotas.1", Fault.WRONG_NAME),
        ({"quotas": [GROUP, GROUP]}, "quotas.2", Fault.WRONG_NAME),
        ({"quotas": [{**GROUP, "rule": {}}]}, "quotas.1", Fault.WRONG_RULE),
        ({"quotas": [{**GROUP, "rule": None}]}, "quotas.1", Fault.WRONG_RULE),
        ({"quotas": [{**GROUP, "where": "35"}]}, "quotas.1", Fault.WRONG_RULE),
        ({"quotas": [{**HERE, "where": "%"}]}, "quotas.1", Fault.WRONG_RULE),
        # A hamlet is a few families: figures of its quota would point at them.
        (
            {"quotas": [{**HERE, "where": "35.10.09.2001.001"}]},
            "quotas.1",
            Fault.WRONG_RULE,
        ),
        # A quota of these names would pose as another way to be chosen.
        ({"quotas": [{**HERE, "name": "lot"}]}, "quotas.1", Fault.WRONG_NAME),
        ({"quotas": [{**HERE, "name": " Rank"}]}, "quotas.1", Fault.WRONG_NAME),
        ({"quotas": [{**HERE, "name": "left_over"}]}, "quotas.1", Fault.WRONG_NAME),
        ({"quotas": [{**GROUP, "least": 101}]}, "quotas.1", Fault.WRONG_SHARE),
        ({"quotas": [{**GROUP, "least": None}]}, "quotas.1", Fault.WRONG_SHARE),
        ({"quotas": [{**GROUP, "most": 29}]}, "quotas.1", Fault.WRONG_SHARE),
        ({"quotas": [{**GROUP, "unit": "kg"}]}, "quotas.1", Fault.WRONG_SHARE),
    ],
)
def test_a_mistake_is_named_with_its_place(
    changed: dict[str, Any], place: str, fault: Fault
) -> None:
    with pytest.raises(PriorityFaulty) as caught:
        parse({**FULL, "ties": [], **changed}, FACTS)
    assert (place, fault) in caught.value.faults


@pytest.mark.parametrize("data", [None, "text", [], {}, {"ties": []}])
def test_what_is_no_priority_is_refused(data: object) -> None:
    with pytest.raises(PriorityFaulty):
        parse(data, FACTS)


def test_every_mistake_is_named_at_once() -> None:
    with pytest.raises(PriorityFaulty) as caught:
        parse({"criteria": [{"fact": "x"}, {"fact": "ill"}], "last": 1}, FACTS)
    places = [place for place, _fault in caught.value.faults]
    assert places == ["criteria.1", "criteria.2", "criteria.2", "last"]


@pytest.mark.parametrize(
    ("criterion", "known", "thousandths"),
    [
        (INCOME, 0, 40_000),
        (INCOME, 1_000_000, 26_666),  # 40 x 2/3, cut off
        (INCOME, 3_000_000, 0),
        (INCOME, 9_000_000, 0),
        (CHILDREN, 3, 22_500),
        (CHILDREN, 9, 30_000),
        ({**CHILDREN, "low": 2}, 1, 0),
        (CHILDREN, None, 0),
        (ILL, True, 20_000),
        (ILL, False, 0),
        ({**ILL, "need": "no"}, False, 20_000),
        ({**ILL, "need": "no"}, None, 0),
        (HIT, ["cut"], 3_300),
        (HIT, ["cut", "laid_off"], 10_000),
        (HIT, [], 0),
        ({"fact": "work", "weight": 10, "need": {"1": 50}}, 1, 5_000),
        ({"fact": "work", "weight": 10, "need": {"1": 50}}, 2, 0),
    ],
)
def test_points_are_worked_by_hand(
    criterion: dict[str, Any], known: Any, thousandths: int
) -> None:
    (one,) = parse({"criteria": [criterion]}, FACTS).criteria
    assert points(one, known) == thousandths


@given(
    need=st.sampled_from([Need.MORE, Need.LESS]),
    weight=st.integers(0, 1000),
    low=st.integers(0, 10**12 - 1),
    known=st.integers(-(10**12), 2 * 10**12),
    more=st.integers(0, 10**12),
)
def test_more_need_never_gives_fewer_points(
    need: Need, weight: int, low: int, known: int, more: int
) -> None:
    one = Weighted("x", weight, need, low, low + 1 + abs(known) % 10**9)
    worse = known + more if need is Need.MORE else known - more
    assert 0 <= points(one, known) <= points(one, worse) <= weight * 1000
    assert points(one, None) <= points(one, known)


@pytest.mark.parametrize(
    ("least", "most", "unit", "limits"),
    [
        (
            30,
            None,
            Unit.PERCENT,
            (3, 7),
        ),  # 2.1 of 7: three, so that it is at least 30 %
        (None, 30, Unit.PERCENT, (0, 2)),  # and no more than two, at most
        (30, 30, Unit.PERCENT, (2, 2)),
        (2, None, Unit.PLACES, (2, 7)),
        (9, None, Unit.PLACES, (7, 7)),
        (0, 0, Unit.PLACES, (0, 0)),
    ],
)
def test_shares_of_seven_places(
    least: int | None, most: int | None, unit: Unit, limits: tuple[int, int]
) -> None:
    assert Quota("x", None, "35", least, most, unit).limits(7) == limits
