"""Cases by place and day: counts only, nothing about anybody."""

from datetime import date

from smartkampung.reopening.guidance.rules.kinds import Colour


def new_cases(region: str, since: date, until: date) -> dict[date, int]:
    """Return how many were confirmed each day (half-open); days without are left out."""
    return {}


def new_cases_by_village(since: date, until: date) -> dict[str, dict[date, int]]:
    """Return the same for every village that had a case."""
    return {}


def colour_of(rt: str, on: date) -> Colour | None:
    """Return the zone of an RT on a day, or None when it cannot be decided."""
    return None
