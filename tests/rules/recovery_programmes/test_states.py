"""Steps that a seat may take, early ends and months, without a database."""

from datetime import date

import pytest

from smartkampung.kernel.months import months_later
from smartkampung.recovery.programmes.rules.states import (
    ALWAYS_HOLD,
    MAY_PAY,
    NEVER_HOLD,
    STEPS,
    Kind,
    SeatState,
    Stage,
    is_early,
    may_step,
    stages_due,
)

S = SeatState
FIRST, LAST = date(2020, 8, 17), date(2020, 9, 14)  # 28 days: a quarter is 7


def test_every_kind_pays_somehow() -> None:
    assert set(MAY_PAY) == set(Kind)
    assert all(MAY_PAY.values())


def test_every_state_has_its_steps_and_holds_a_place_or_not() -> None:
    assert set(STEPS) == set(S)
    assert set(ALWAYS_HOLD) | set(NEVER_HOLD) | {S.DROPPED} == set(S)


@pytest.mark.parametrize(
    ("since", "to", "may"),
    [
        (S.INVITED, S.ACCEPTED, True),
        (S.INVITED, S.ATTENDING, False),
        (S.ACCEPTED, S.REFUSED, False),
        (S.ATTENDING, S.FINISHED, True),
        (S.FINISHED, S.DROPPED, False),
        (S.EXPIRED, S.ACCEPTED, False),
    ],
)
def test_steps(since: SeatState, to: SeatState, may: bool) -> None:
    assert may_step(since, to) is may


@pytest.mark.parametrize(
    ("on", "early"),
    [
        (date(2020, 8, 1), True),
        (FIRST, True),
        (date(2020, 8, 24), True),
        (date(2020, 8, 25), False),
        (LAST, False),
    ],
)
def test_early_is_the_first_quarter(on: date, early: bool) -> None:
    assert is_early(starts_on=FIRST, ends_on=LAST, on=on) is early


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [
        (date(2020, 8, 17), 1, date(2020, 9, 17)),
        (date(2020, 12, 1), 1, date(2021, 1, 1)),
        (date(2020, 11, 30), 3, date(2021, 2, 28)),
        (date(2020, 1, 31), 1, date(2020, 2, 29)),
        (date(2020, 6, 15), 6, date(2020, 12, 15)),
        (date(2020, 6, 15), 0, date(2020, 6, 15)),
    ],
)
def test_months_after(day: date, months: int, then: date) -> None:
    assert months_later(day, months) == then


@pytest.mark.parametrize(
    ("on", "due"),
    [
        (date(2020, 9, 13), []),
        (date(2020, 9, 14), [Stage.END]),
        (date(2020, 12, 13), [Stage.END]),
        (date(2020, 12, 14), [Stage.END, Stage.THREE_MONTHS]),
        (date(2021, 3, 14), list(Stage)),
    ],
)
def test_stages_come_at_the_end_and_after_three_and_six_months(
    on: date, due: list[Stage]
) -> None:
    assert stages_due(ended_on=LAST, on=on) == due
