"""The only place that reads the clock; everything below receives the time.

The clock of a demo may be some days ahead (``settings.TIME_TRAVEL``); nothing else is.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone

WIB = ZoneInfo("Asia/Jakarta")
_told: ContextVar[datetime | None] = ContextVar("told", default=None)


def now() -> datetime:
    """Return the present moment in Western Indonesia Time."""
    return (_told.get() or timezone.now() + settings.TIME_TRAVEL).astimezone(WIB)


def on_the_wall(at: datetime) -> datetime:
    """Return when a moment of this clock comes for those who cannot travel: the queue."""
    return at - settings.TIME_TRAVEL


@contextmanager
def telling(at: datetime) -> Iterator[None]:
    """Tell of the past: inside, ``now()`` is ``at``. For a demo's history only."""
    token = _told.set(at)
    try:
        yield
    finally:
        _told.reset(token)


def today() -> date:
    """Return the local date; the regency's day changes at midnight WIB."""
    return now().date()


def day(at: datetime) -> date:
    """Return the local date of a moment."""
    return at.astimezone(WIB).date()


def end_of_day(on: date) -> datetime:
    """Return the last second of a local day: whoever reads it sees that day."""
    return datetime.combine(on, time(23, 59, 59), tzinfo=WIB)


def start_of_day(on: date) -> datetime:
    """Return the first moment of a local day."""
    return datetime.combine(on, time(), tzinfo=WIB)
