"""How many people a slot takes, and who may still take a place."""

from datetime import date, datetime

import pytest

from smartkampung.kernel.clock import WIB
from smartkampung.reopening.counters.rules.slots import (
    Places,
    kept_of,
    lowest_free,
    same_day_only,
    times,
)
from smartkampung.reopening.guidance.rules.phases import may_come


@pytest.mark.parametrize(
    ("people", "percent", "capacity"),
    [
        pytest.param(8, 100, 8, id="all may come as usual"),
        pytest.param(8, 75, 6, id="three quarters"),
        pytest.param(5, 50, 2, id="half of five is two, never three"),
        pytest.param(1, 25, 1, id="one while it is open at all"),
        pytest.param(8, 0, 0, id="nobody while it is closed"),
        pytest.param(0, 100, 0, id="nobody outside the opening hours"),
    ],
)
def test_capacity(people: int, percent: int, capacity: int) -> None:
    assert may_come(people, percent) == capacity


@pytest.mark.parametrize(
    ("capacity", "share", "kept"),
    [
        pytest.param(10, 20, 2, id="a fifth of ten"),
        pytest.param(4, 20, 1, id="a small slot keeps one"),
        pytest.param(1, 20, 1, id="a single place is kept until it is released"),
        pytest.param(2, 90, 1, id="never all of a slot for two"),
        pytest.param(3, 100, 3, id="all where the office says all"),
        pytest.param(3, 0, 0, id="none where it says none"),
        pytest.param(0, 20, 0, id="none of nothing"),
    ],
)
def test_kept(capacity: int, share: int, kept: int) -> None:
    assert kept_of(capacity, share) == kept


@pytest.mark.parametrize(
    ("places", "first", "released", "free"),
    [
        pytest.param(Places(4, 1, 2, 0), False, False, 1, id="one is kept for others"),
        pytest.param(Places(4, 1, 3, 0), False, False, 0, id="the last one is kept"),
        pytest.param(Places(4, 1, 3, 0), True, False, 1, id="for whom it is kept"),
        pytest.param(Places(4, 1, 3, 0), False, True, 1, id="until it is released"),
        pytest.param(Places(4, 1, 3, 1), False, False, 1, id="what was kept is taken"),
        pytest.param(Places(2, 1, 4, 0), True, True, 0, id="full, and more than full"),
    ],
)
def test_free(places: Places, first: bool, released: bool, free: int) -> None:
    assert places.free(first=first, released=released) == free


def test_a_slot_says_how_many_are_over() -> None:
    assert [Places(2, 0, held, 0).over for held in (1, 2, 5)] == [0, 0, 3]


@pytest.mark.parametrize(
    ("taken", "number"), [([], 1), ([1, 2], 3), ([1, 3], 2), ([2, 3], 1)]
)
def test_the_lowest_number_is_given(taken: list[int], number: int) -> None:
    assert lowest_free(taken) == number


def test_hours_are_cut_into_whole_slots() -> None:
    on = date(2026, 11, 23)
    found = list(times(on, 8 * 60, 9 * 60 + 40, 30, WIB))
    assert found[0] == (
        datetime(2026, 11, 23, 8, 0, tzinfo=WIB),
        datetime(2026, 11, 23, 8, 30, tzinfo=WIB),
    )
    assert [start.strftime("%H%M") for start, _end in found] == ["0800", "0830", "0900"]


def test_twice_missed_books_for_the_same_day_only() -> None:
    assert [same_day_only(times) for times in (0, 1, 2, 3)] == [
        False,
        False,
        True,
        True,
    ]
