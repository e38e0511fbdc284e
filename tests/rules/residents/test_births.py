"""A birth as officers type it."""

from datetime import date

import pytest

from smartkampung.residents.rules import Misshapen, Problem, read_birth

TODAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("12-04-1985", date(1985, 4, 12)),
        ("12/4/1985", date(1985, 4, 12)),
        ("12.04.1985", date(1985, 4, 12)),
        ("12 04 1985", date(1985, 4, 12)),
        ("1985-04-12", date(1985, 4, 12)),
        (" 1985 ", 1985),
        ("24-11-2026", TODAY),
        ("", None),
        ("   ", None),
    ],
)
def test_dates_years_and_nothing(typed: str, read: date | int | None) -> None:
    assert read_birth(typed, today=TODAY) == read


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        ("31-02-1985", Problem.NOT_A_DATE),
        ("85", Problem.NOT_A_DATE),
        ("April 1985", Problem.NOT_A_DATE),
        ("12-13-1985", Problem.NOT_A_DATE),
        ("12-04-0000", Problem.NOT_A_DATE),
        ("25-11-2026", Problem.IMPOSSIBLE_BIRTH),
        ("2027", Problem.IMPOSSIBLE_BIRTH),
        ("01-01-1700", Problem.IMPOSSIBLE_BIRTH),
        ("1700", Problem.IMPOSSIBLE_BIRTH),
    ],
)
def test_what_is_no_birth(typed: str, problem: Problem) -> None:
    with pytest.raises(Misshapen) as refusal:
        read_birth(typed, today=TODAY)
    assert refusal.value.problem is problem
