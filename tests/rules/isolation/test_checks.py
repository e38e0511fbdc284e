"""What is due on which day, and what counts as done."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest

from smartkampung.isolation.monitoring.rules.checks import (
    CannotCheck,
    Outcome,
    Slot,
    due_looks,
    follows,
    hindrances,
    missed,
    streak,
    window,
)
from smartkampung.kernel.clock import WIB

FIRST = date(2020, 6, 4)


def test_fourteen_days_and_the_exit_on_the_last() -> None:
    looks = due_looks(FIRST, FIRST + timedelta(days=14), zone=WIB)
    assert [look.day_index for look in looks] == list(range(1, 15))
    assert [look.slot for look in looks] == [Slot.DAY] * 13 + [Slot.EXIT]


def test_who_is_ill_is_seen_twice_but_leaves_once() -> None:
    looks = due_looks(FIRST, FIRST + timedelta(days=2), ill_on=[FIRST], zone=WIB)
    assert [look.slot for look in looks] == [Slot.DAY, Slot.EVENING, Slot.EXIT]


@pytest.mark.parametrize(
    ("on", "slot", "opens", "closes"),
    [
        pytest.param(
            date(2020, 6, 4),
            Slot.DAY,
            datetime(2020, 6, 3, 17, tzinfo=UTC),
            datetime(2020, 6, 4, 17, tzinfo=UTC),
            id="a day begins at midnight in Java, at 17.00 the day before in London",
        ),
        pytest.param(
            date(2020, 2, 29),
            Slot.EVENING,
            datetime(2020, 2, 29, 8, tzinfo=UTC),
            datetime(2020, 2, 29, 17, tzinfo=UTC),
            id="the evening of a leap day ends as March begins",
        ),
        pytest.param(
            date(2020, 12, 31),
            Slot.EXIT,
            datetime(2020, 12, 30, 17, tzinfo=UTC),
            datetime(2020, 12, 31, 17, tzinfo=UTC),
            id="the last day of a year",
        ),
    ],
)
def test_windows(on: date, slot: Slot, opens: datetime, closes: datetime) -> None:
    assert window(on, slot, WIB) == (opens, closes)


def test_windows_of_days_in_a_row_neither_overlap_nor_leave_a_gap() -> None:
    looks = due_looks(date(2020, 2, 20), date(2020, 3, 5), zone=WIB)
    for before, after in pairwise(looks):
        assert before.closes_at == after.opens_at


@pytest.mark.parametrize(
    ("slot", "outcome", "done"),
    [
        (Slot.DAY, Outcome.SEEN, True),
        (Slot.DAY, Outcome.REPORTED, True),
        (Slot.EXIT, Outcome.SEEN, True),
        (Slot.EXIT, Outcome.REPORTED, False),
        (Slot.DAY, Outcome.ABSENT, False),
        (Slot.DAY, Outcome.REFUSED, False),
        (Slot.DAY, Outcome.NOT_ATTEMPTED, False),
    ],
)
def test_what_counts_as_done(slot: Slot, outcome: Outcome, done: bool) -> None:
    assert follows(slot, outcome) is done


def test_missed_is_true_from_the_moment_the_window_closes() -> None:
    closes = datetime(2020, 6, 5, tzinfo=WIB)
    before = closes - timedelta(seconds=1)
    assert not missed(closes_at=closes, followed=False, at=before)
    assert missed(closes_at=closes, followed=False, at=closes)
    assert not missed(closes_at=closes, followed=True, at=closes)


@pytest.mark.parametrize(
    ("followed", "count"),
    [([], 0), ([True, False], 0), ([False, True], 1), ([False, False], 2)],
)
def test_missed_in_a_row(followed: list[bool], count: int) -> None:
    assert streak(followed) == count


def test_every_hindrance_is_told() -> None:
    opens, closes = window(FIRST, Slot.DAY, WIB)
    asked = {"opens_at": opens, "open_until": closes}
    assert hindrances(**asked, present=True, at=opens) == []
    assert hindrances(**asked, present=False, at=closes) == [
        CannotCheck.TOO_LATE,
        CannotCheck.NOT_PRESENT,
    ]
    early = opens - timedelta(minutes=1)
    assert hindrances(**asked, present=True, at=early) == [CannotCheck.TOO_EARLY]
