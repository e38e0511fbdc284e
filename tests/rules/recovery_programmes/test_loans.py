"""Plans that add up, and where they stand."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smartkampung.recovery.programmes.rules.loans import Due, plan, standing

FIRST = date(2020, 9, 15)
THIRDS = plan(1_000_000, months=3, first_on=FIRST)


def test_the_last_instalment_takes_the_rest() -> None:
    assert [due.amount for due in THIRDS] == [333_333, 333_333, 333_334]
    assert [due.due_on.isoformat() for due in THIRDS] == [
        "2020-09-15",
        "2020-10-15",
        "2020-11-15",
    ]


def test_a_plan_never_asks_for_nothing() -> None:
    assert plan(2, months=5, first_on=FIRST) == [Due(5, date(2021, 1, 15), 2)]


@pytest.mark.parametrize(
    ("paid", "on", "late", "late_since", "next_number"),
    [
        pytest.param(0, FIRST, (0, 0), None, 1, id="due today is not late"),
        pytest.param(0, date(2020, 9, 16), (333_333, 0), FIRST, 1, id="a day late"),
        pytest.param(333_333, date(2020, 9, 16), (0, 0), None, 2, id="in time"),
        pytest.param(
            100_000, date(2020, 10, 16), (566_666, 0), FIRST, 1, id="two, one in part"
        ),
        pytest.param(
            400_000,
            date(2020, 10, 16),
            (266_666, 0),
            date(2020, 10, 15),
            2,
            id="the second in part",
        ),
        pytest.param(500_000, FIRST, (0, 500_000), None, 2, id="ahead"),
        pytest.param(1_000_000, date(2021, 1, 1), (0, 0), None, None, id="all is paid"),
    ],
)
def test_where_a_plan_stands(
    paid: int,
    on: date,
    late: tuple[int, int],
    late_since: date | None,
    next_number: int | None,
) -> None:
    found = standing(THIRDS, paid=paid, on=on)
    assert found.left == 1_000_000 - paid
    assert (found.arrears, found.ahead) == late
    assert found.late_since == late_since
    assert (found.next_due.number if found.next_due else None) == next_number


def test_each_line_says_what_is_open_of_it() -> None:
    lines = standing(THIRDS, paid=400_000, on=date(2020, 10, 16)).lines
    assert [line.open for line in lines] == [0, 266_666, 333_334]
    assert [line.late for line in lines] == [False, True, False]


def test_nothing_was_agreed() -> None:
    found = standing([], paid=0, on=FIRST)
    assert (found.left, found.next_due, found.lines) == (0, None, ())


AMOUNTS, MONTHS = st.integers(1, 50_000_000), st.integers(1, 60)


@given(AMOUNTS, MONTHS)
def test_a_plan_adds_up_to_the_loan(amount: int, months: int) -> None:
    parts = plan(amount, months=months, first_on=FIRST)
    assert sum(due.amount for due in parts) == amount
    assert all(due.amount > 0 for due in parts)
    assert [due.due_on for due in parts] == sorted({due.due_on for due in parts})


@given(AMOUNTS, MONTHS, st.data(), st.integers(-10, 2_000))
def test_lines_and_totals_agree_whenever_it_is_asked(
    amount: int, months: int, data: st.DataObject, days: int
) -> None:
    parts = plan(amount, months=months, first_on=FIRST)
    paid = data.draw(st.integers(0, amount))
    found = standing(parts, paid=paid, on=FIRST + timedelta(days=days))
    assert sum(line.paid for line in found.lines) == paid
    assert sum(line.open for line in found.lines) == found.left
    assert sum(line.open for line in found.lines if line.late) == found.arrears
    assert not (found.arrears and found.ahead)
