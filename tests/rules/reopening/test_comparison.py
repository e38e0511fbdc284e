"""On villages whose truth we made: who is matched, how alike, and what differs."""

import random
from datetime import date, timedelta
from math import isclose

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from smartkampung.reopening.comparison.rules.difference import (
    FEWEST_PAIRS,
    Village,
    course,
    difference,
    gap,
    means,
    weekly,
)
from smartkampung.reopening.comparison.rules.matching import Values, balance, match

START = date(2020, 7, 6)
PLAIN = {"people": 8.0, "urban": 0.0}


def town(count: int, seed: int = 7) -> dict[str, Values]:
    """Return villages that differ by chance."""
    draw = random.Random(seed)
    return {
        f"v{at:03}": {
            "people": draw.gauss(8, 1),
            "urban": float(draw.random() < 0.3),
            "cases": draw.expovariate(1),
        }
        for at in range(count)
    }


def test_the_twin_of_each_pilot_is_found() -> None:
    others = town(60)
    pilots = {f"p{at}": others[f"v{at * 7:03}"] for at in range(5)}
    pairs = match(pilots, dict.fromkeys(pilots, others))
    assert [(one.pilot, one.beside, one.distance) for one in pairs] == [
        (f"p{at}", f"v{at * 7:03}", 0) for at in range(5)
    ]


def test_no_village_stands_beside_two_pilots() -> None:
    one, two = {"people": 8.0}, {"people": 8.1}
    pairs = match({"a": one, "b": one}, {key: {"x": one, "y": two} for key in "ab"})
    assert {pair.beside for pair in pairs} == {"x", "y"}
    alone = match({"a": one, "b": one}, {key: {"x": one} for key in "ab"})
    assert len(alone) == 1


def test_who_is_hardest_to_match_chooses_first() -> None:
    others = {"x": {"people": 10.0}, "y": {"people": 5.0}, "z": {"people": 4.9}}
    pilots = {"easy": {"people": 9.0}, "hard": {"people": 14.0}}
    found = {
        one.pilot: one.beside for one in match(pilots, dict.fromkeys(pilots, others))
    }
    assert found == {"hard": "x", "easy": "y"}


def test_what_nobody_differs_in_matches_nobody() -> None:
    others = {"x": {**PLAIN, "people": 9.0}, "y": {**PLAIN, "people": 8.5}}
    (pair,) = match({"p": PLAIN}, {"p": others})
    assert pair.beside == "y"


def test_matching_makes_the_groups_alike() -> None:
    others = town(200)
    draw = random.Random(3)
    large = sorted(others, key=lambda one: -others[one]["people"])[:12]
    pilots = {
        f"p{code}": {**others[code], "cases": others[code]["cases"] + draw.random()}
        for code in large
    }
    pairs = match(pilots, dict.fromkeys(pilots, others))
    found = balance(
        ["people", "urban", "cases"],
        list(pilots.values()),
        list(others.values()),
        [others[one.beside] for one in pairs],
    )
    people = found[0]
    assert people.before is not None
    assert people.after is not None
    assert people.before > 1.5
    assert abs(people.after) < 0.25


def test_balance_by_hand() -> None:
    here = [{"x": 1.0}, {"x": 3.0}]
    there = [{"x": 0.0}, {"x": 2.0}]
    (found,) = balance(["x"], here, there, here)
    assert found.before is not None
    assert isclose(found.before, 1 / 2**0.5)
    assert found.after == 0


def test_groups_without_spread_are_the_same_or_cannot_be_held_together() -> None:
    same = [{"x": 1.0}, {"x": 1.0}]
    (found,) = balance(["x"], same, [{"x": 2.0}, {"x": 2.0}], same)
    assert (found.before, found.after) == (None, 0.0)
    (found,) = balance(["x"], same[:1], same, same)
    assert found.before is None


@settings(max_examples=20)
@given(st.lists(st.floats(-50, 50), min_size=FEWEST_PAIRS, max_size=30))
def test_the_mean_lies_in_its_interval(gaps: list[float]) -> None:
    found = difference(gaps)
    assert found.mean is not None
    assert found.low is not None
    assert found.high is not None
    assert found.low - 1e-9 <= found.mean <= found.high + 1e-9
    assert difference(gaps) == found, "the same pairs say the same again"


def test_the_interval_holds_the_truth_about_95_times_in_100() -> None:
    """Forty towns of 25 pairs, where pilots truly have 2 fewer."""
    draw = random.Random(11)
    held = 0
    for _ in range(40):
        found = difference([draw.gauss(-2, 3) for _ in range(25)])
        assert found.low is not None
        assert found.high is not None
        held += found.low <= -2 <= found.high
    assert 34 <= held <= 40


@pytest.mark.parametrize(("count", "too_few"), [(0, True), (4, True), (5, False)])
def test_too_few_pairs_have_no_interval(count: int, too_few: bool) -> None:
    found = difference([1.0] * count)
    assert found.too_few is too_few
    assert (found.low is None) is too_few
    assert found.mean == (1.0 if count else None)


def every_day(count: int, days: range, people: int = 1000) -> Village:
    told = [START + timedelta(days=day) for day in days]
    return Village(people, dict.fromkeys(told, count), frozenset(told))


def test_cases_of_a_week_per_1000() -> None:
    village = every_day(2, range(-7, 7), people=7000)
    assert weekly(village, START, 0) == weekly(village, START, -1) == 2
    assert weekly(village, START, 1) is None
    assert weekly(every_day(1, range(7), people=0), START, 0) is None


def test_a_village_without_cases_is_nought_where_somebody_said_so() -> None:
    six = frozenset(START + timedelta(days=n) for n in range(6))
    assert weekly(Village(1000, {}, six), START, 0) == 0
    one_day = frozenset({START + timedelta(days=3)})
    assert weekly(Village(1000, {}, one_day), START, 0) is None
    assert weekly(Village(1000, {}, frozenset()), START, 0) is None


def test_what_differs_before_is_not_what_differs_after() -> None:
    both = every_day(1, range(-28, 28))
    worse = Village(
        1000,
        {day: 3 if day >= START else 1 for day in both.cases},
        both.heard,
    )
    pair = course(worse, both, START, range(-4, 4))
    assert gap(pair, after=False) == 0
    assert gap(pair, after=True) == 14
    lines = means([pair, pair])
    assert lines[-1] == (7, 7)
    assert lines[3] == (21, 7)


def test_a_week_of_one_village_only_counts_in_neither_line() -> None:
    known, silent = every_day(1, range(7)), every_day(1, range(7, 14))
    pair = course(known, silent, START, range(2))
    assert gap(pair, after=True) is None
    assert means([pair]) == {0: (None, None), 1: (None, None)}
