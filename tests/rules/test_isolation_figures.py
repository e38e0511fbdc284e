"""Counting days: half-open, with open sides, cut at the window."""

from datetime import date

import pytest

from smartkampung.isolation.figures.rules import Span, Window, part_of, per_day

FIRST = date(2020, 6, 1)
WINDOW = Window(FIRST, date(2020, 6, 6), date(2020, 6, 3))


def on(day: int) -> date:
    return date(2020, 6, day)


@pytest.mark.parametrize(
    ("spans", "counts"),
    [
        ([(on(2), on(4), 1)], [0, 1, 1, 0, 0]),
        ([(on(2), on(4), 2), (on(4), on(5), 3)], [0, 2, 2, 3, 0]),
        ([(None, on(3), 1)], [1, 1, 0, 0, 0]),
        ([(on(4), None, 1)], [0, 0, 0, 1, 1]),
        ([(date(2020, 5, 1), date(2020, 7, 1), 4)], [4, 4, 4, 4, 4]),
        ([(date(2020, 5, 1), on(1), 4), (on(6), None, 1)], [0, 0, 0, 0, 0]),
        ([], [0, 0, 0, 0, 0]),
    ],
    ids=[
        "inside",
        "one leaves as another comes",
        "since ever",
        "without end",
        "around it",
        "before and after",
        "nobody",
    ],
)
def test_a_day_counts_whom_it_holds(spans: list[Span], counts: list[int]) -> None:
    assert list(per_day(spans, WINDOW).values()) == counts


def test_a_window_holds_its_days_and_crosses_the_end_of_a_month() -> None:
    around = Window.around(date(2020, 5, 31), before=1, after=2)
    assert list(around.days) == [date(2020, 5, 30), date(2020, 5, 31), on(1), on(2)]


def test_no_part_of_nothing() -> None:
    assert part_of(0, 0) is None
    assert part_of(1, 4) == 25
