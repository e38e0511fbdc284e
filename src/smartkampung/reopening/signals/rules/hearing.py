"""Of which days enough was told of a region; what was not told of is no nought.

A village is told of by its Puskesmas, day by day. One day of a week may lack: a report
that comes late is no reason to stop reading. A kecamatan or a regency is told of where
nearly all of its villages are, on every single day.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

WEEK = 7
GRACE_DAYS = 1  # of the 7 days of a village
LEAST_HEARD = 90  # % of the villages of a kecamatan or regency, on each day


@dataclass(frozen=True)
class Hearing:
    """The days that count as told of, and how many of 7 may lack.

    ``missing`` is the code that says so when more do.
    """

    days: Collection[date]
    grace: int
    missing: str


def of_village(days: Collection[date]) -> Hearing:
    """Return what the days of which a village was told are worth."""
    return Hearing(days, GRACE_DAYS, "not_heard")


def of_villages(told: Mapping[date, int], villages: int) -> Hearing:
    """Return the same for many villages, of so many of which each day was told."""
    enough = {day for day, count in told.items() if is_enough(count, villages)}
    return Hearing(frozenset(enough), 0, "few_heard")


def is_enough(told: int, villages: int) -> bool:
    """Say whether so many villages stand for all of them."""
    return villages > 0 and 100 * told >= LEAST_HEARD * villages


def is_week_heard(hearing: Hearing, last: date) -> bool:
    """Say whether enough of the 7 days that end on one was told."""
    week = (last - timedelta(days=back) for back in range(WEEK))
    return sum(day not in hearing.days for day in week) <= hearing.grace
