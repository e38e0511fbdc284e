"""Benefit periods: half-open, beginning on the first day of a month."""

from datetime import date
from enum import StrEnum


class Period(StrEnum):
    """How often a programme gives."""

    MONTH = "month"
    QUARTER = "quarter"
    ONCE = "once"


def period_of(period: str, *, on: date, since: date) -> tuple[date, date | None]:
    """Return the begin and end of the benefit period that a day lies in.

    What is given once has one period: from the programme's beginning, without end.
    """
    if period == Period.ONCE:
        return since.replace(day=1), None
    months = 3 if period == Period.QUARTER else 1
    first = (on.month - 1) // months * months + 1
    begin = date(on.year, first, 1)
    after = first + months
    return begin, date(on.year + (after > 12), (after - 1) % 12 + 1, 1)
