"""The only place that reads the clock; everything below receives the time."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils import timezone

WIB = ZoneInfo("Asia/Jakarta")


def now() -> datetime:
    """Return the present moment in Western Indonesia Time."""
    return timezone.now().astimezone(WIB)


def today() -> date:
    """Return the local date; the regency's day changes at midnight WIB."""
    return now().date()


def day(at: datetime) -> date:
    """Return the local date of a moment."""
    return at.astimezone(WIB).date()
