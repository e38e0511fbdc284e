"""How pressing the work of a day is, and whom to think of on it."""

from datetime import date, timedelta
from enum import IntEnum

ELDER = 60  # years; Law 13 of 1998 about the welfare of the elderly
WEEK = 7


class Rank(IntEnum):
    """How pressing work is, in the order of the list."""

    URGENT = 0
    LATE = 1
    TODAY = 2
    LATER = 3


def birthday_within(born_on: date, on: date, *, days: int = WEEK) -> date | None:
    """Return the birthday that falls on one of the next days, today first.

    Who was born on 29 February has it on the 28th in other years.
    """
    for step in range(days):
        then = on + timedelta(days=step)
        after = then + timedelta(days=1)
        leap = (born_on.month, born_on.day) == (2, 29) and (after.month, after.day) == (
            3,
            1,
        )
        if (then.month, then.day) == (born_on.month, born_on.day) or (
            leap and then.day == 28
        ):
            return then
    return None


def age_on(born_on: date, on: date) -> int:
    """Return how many years somebody is old on a day."""
    had = (on.month, on.day) >= (born_on.month, born_on.day)
    return on.year - born_on.year - (not had)
