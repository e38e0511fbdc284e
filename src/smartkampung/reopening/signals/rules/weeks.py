"""What anybody may read of cases: whole weeks that are over, each told once.

Two tables that overlap give away their difference: "the last 7 days" of today and of
yesterday differ by two single days. So nothing that is told shares a day with
anything else: weeks begin on Mondays, are told when they are over, and stay as they
were told. A week is one table (kecamatan and their sum), hidden as small counts need.
"""

from collections.abc import Mapping
from datetime import date, timedelta

from smartkampung.kernel.small_cells import TOTAL, protected

WEEK = timedelta(days=7)
WAIT = timedelta(days=2)  # for reports that come late
CASES = "cases"


def monday_of(day: date) -> date:
    """Return the Monday of the week of a day."""
    return day - timedelta(days=day.weekday())


def to_tell(first: date, told: date | None, on: date) -> list[date]:
    """Return the weeks that may be told on a day and were not, the oldest first.

    From the week of the first case on, or after the last one that was told.
    """
    week = monday_of(first) if told is None else told + WEEK
    found = []
    while week + WEEK + WAIT <= on:
        found.append(week)
        week += WEEK
    return found


def shown(counts: Mapping[str, int]) -> dict[str, int | None]:
    """Return the cases of a week by kecamatan and their sum, None where hidden."""
    table = protected({place: {CASES: count} for place, count in counts.items()})
    return {place: cells[TOTAL] for place, cells in table.items()}
