"""A fall is told once, and a recovery once: nothing in between is told again."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smartkampung.recovery.economy.rules.comparing import before
from smartkampung.recovery.economy.rules.falling import (
    BadSetting,
    Standing,
    Thresholds,
    Turn,
    bad_thresholds,
    standing,
    turn,
)

LIMITS = Thresholds(falls_below=60, recovers_above=90)
LAST = date(2020, 12, 1)
Points = list[tuple[date, float | None]]
values = st.lists(st.none() | st.floats(0, 150), max_size=30)


def months(*found: float | None) -> Points:
    """Give the values to the months up to the last."""
    return [
        (before(LAST, months=len(found) - 1 - at), value)
        for at, value in enumerate(found)
    ]


def test_it_falls_below_the_one_and_is_back_only_above_the_other() -> None:
    assert standing(months(100, 59.9), LIMITS) == Standing(True, LAST, 59.9)
    assert not standing(months(100, 60), LIMITS).down
    assert standing(months(50, 75, 90), LIMITS) == Standing(True, date(2020, 10, 1), 50)
    assert standing(months(50, 75, 90.1), LIMITS) == Standing(False, LAST, 90.1)


def test_an_index_that_trembles_at_a_threshold_is_down_since_its_first_month() -> None:
    found = standing(months(100, 59, 61, 58, 62, 59), LIMITS)
    assert found == Standing(True, date(2020, 8, 1), 59)


def test_gaps_change_nothing() -> None:
    assert standing(months(50, None, None), LIMITS).down
    assert standing(months(None), LIMITS) == Standing(False)


@pytest.mark.parametrize(
    ("now", "told_down", "new"),
    [
        (Standing(True, LAST, 50), False, Turn.FELL),
        (Standing(True, LAST, 50), True, None),
        (Standing(False, LAST, 95), True, Turn.RECOVERED),
        (Standing(False), True, Turn.UNDONE),
        (Standing(False, LAST, 95), False, None),
        (Standing(False), False, None),
    ],
)
def test_what_is_told(now: Standing, told_down: bool, new: Turn | None) -> None:
    assert turn(now, told_down=told_down) == new


@given(values)
def test_looking_every_month_tells_each_turn_once(found: list[float | None]) -> None:
    points = months(*found)
    told: list[Turn] = []
    for seen in range(len(points) + 1):
        for _ in range(2):  # a second look at the same figures tells nothing
            down = bool(told) and told[-1] == Turn.FELL
            new = turn(standing(points[:seen], LIMITS), told_down=down)
            told += [new] if new else []
    assert told[::2] == [Turn.FELL] * len(told[::2])
    assert told[1::2] == [Turn.RECOVERED] * len(told[1::2])


@pytest.mark.parametrize(
    ("falls", "recovers", "bad"),
    [
        (60, 90, None),
        (1, 200, None),
        (0, 90, BadSetting.RANGE),
        (60, 201, BadSetting.RANGE),
        (90, 90, BadSetting.ORDER),
        (95, 90, BadSetting.ORDER),
    ],
)
def test_thresholds_leave_room_between(
    falls: int, recovers: int, bad: BadSetting | None
) -> None:
    assert bad_thresholds(falls, recovers) == bad
