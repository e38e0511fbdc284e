"""Working days: neither weekend nor holiday."""

from collections.abc import Collection
from datetime import date, timedelta

APPROVE_WITHIN = 5  # Permendesa PDTT 6/2020: within five working days
SATURDAY = 5


def works_on(day: date, closed: Collection[date]) -> bool:
    """Say whether offices are open that day."""
    return day.weekday() < SATURDAY and day not in closed


def after_working_days(start: date, days: int, closed: Collection[date]) -> date:
    """Return the last of so many working days that follow a day.

    The day itself does not count: what arrives on Monday has five days until next
    Monday. ``closed`` are the days on which offices are closed besides weekends.
    """
    day = start
    while days:
        day += timedelta(days=1)
        days -= works_on(day, closed)
    return day
