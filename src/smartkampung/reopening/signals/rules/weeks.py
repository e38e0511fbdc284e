"""What anybody may read of cases: whole weeks that are over, each told once.

Two tables that overlap give away their difference: "the last 7 days" of today and of
yesterday differ by two single days. So nothing that is told shares a day with
anything else: weeks begin on Mondays, are told when they are over, and stay as they
were told. A week is one table (kecamatan and their sum), hidden as small counts need.
A kecamatan of which nobody told is not in the table: it would add a nought that nobody
said, and leaving it out takes nothing from the sum.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from enum import StrEnum

from smartkampung.kernel.small_cells import TOTAL, protected

WEEK = timedelta(days=7)
WAIT = timedelta(days=2)  # for reports that come late
CASES = "cases"


class Unseen(StrEnum):
    """Why a week shows no number."""

    HIDDEN = "hidden"  # small, or it would give a small one away
    NOT_TOLD = "not_told"


Cases = int | Unseen


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


def shown(counts: Mapping[str, int | None]) -> dict[str, Cases]:
    """Return the cases of a week by kecamatan and their sum, as everybody may see them.

    None is a kecamatan of which nobody told; the sum is of the others.
    """
    told = {place: count for place, count in counts.items() if count is not None}
    silent = dict.fromkeys(counts.keys() - told.keys(), Unseen.NOT_TOLD)
    if not told:
        return {**silent, TOTAL: Unseen.NOT_TOLD}
    table = protected({place: {CASES: count} for place, count in told.items()})
    cells = {place: cells[TOTAL] for place, cells in table.items()}
    return silent | {
        place: Unseen.HIDDEN if count is None else count
        for place, count in cells.items()
    }
