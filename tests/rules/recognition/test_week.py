"""The village that is named: never by being small, never whoever is named always."""

from datetime import date, timedelta

import pytest

from smartkampung.frontline.recognition.rules.week import (
    A_WEEK,
    TURNS,
    Area,
    Tally,
    Way,
    chosen,
    compared,
    monday_of,
    turn_of,
)

MONDAY = date(2026, 11, 23)


def tally(village: str, in_time: int, due: int, *before: int) -> Tally:
    in_time_before, due_before = before or (0, 0)
    return Tally(village, due, in_time, due_before, in_time_before)


def names(rows: list[Tally]) -> list[str]:
    return [one.village for one in rows]


def test_small_numbers_are_left_out() -> None:
    few, enough = tally("a", 9, 9), tally("b", 8, 10)
    assert names(compared([few, enough], Way.SHARE)) == ["b"]
    assert names(chosen([few, enough], Way.SHARE)) == ["b"]
    new = tally("c", 20, 20, 3, 4)
    assert compared([new], Way.GROWTH) == []


def test_a_share_counts_more_the_more_it_rests_on() -> None:
    small, large = tally("small", 10, 10), tally("large", 199, 200)
    assert names(chosen([small, large], Way.SHARE)) == ["large"]


def test_growth_is_against_oneself_and_not_against_others() -> None:
    best = tally("best", 50, 50, 100, 100)
    grew = tally("grew", 9, 12, 8, 20)
    assert names(chosen([best, grew], Way.GROWTH)) == ["grew"]


@pytest.mark.parametrize(
    ("one", "way"),
    [
        (tally("a", 7, 10), Way.SHARE),  # below four in five
        (tally("a", 50, 100, 48, 100), Way.GROWTH),  # hardly grew
        (tally("a", 4, 10, 1, 10), Way.GROWTH),  # grew, and still keeps few dates
        (tally("a", 8, 10, 10, 10), Way.GROWTH),  # fell
    ],
)
def test_nobody_is_named_where_nobody_did_well(one: Tally, way: Way) -> None:
    assert chosen([one], way) == []


def test_who_is_equally_good_is_named_together() -> None:
    rows = [tally("a", 12, 12), tally("b", 12, 12), tally("c", 11, 12)]
    assert names(chosen(rows, Way.SHARE)) == ["a", "b"]


def test_who_was_named_lately_rests() -> None:
    rows = [tally("a", 30, 30), tally("b", 10, 12)]
    assert names(chosen(rows, Way.SHARE, resting={"a"})) == ["b"]


def test_every_measure_comes_round() -> None:
    eight = {turn_of(MONDAY + week * A_WEEK) for week in range(8)}
    assert eight == set(TURNS)
    assert len(eight) == len(Area) * len(Way)
    assert turn_of(MONDAY) == turn_of(MONDAY + 8 * A_WEEK)


def test_a_week_begins_on_monday() -> None:
    assert {monday_of(MONDAY + timedelta(days=at)) for at in range(7)} == {MONDAY}
