"""How far from today a day may lie that an officer types about an isolation."""

from collections.abc import Iterable
from datetime import date, timedelta

LONGEST_AHEAD = timedelta(days=60)
LONGEST_AGO = timedelta(days=366)


def too_far_ahead(until: date, *, today: date) -> bool:
    """Say whether nobody can yet decide that somebody stays until a day."""
    return until > today + LONGEST_AHEAD


def happened(days: Iterable[date | None], *, today: date) -> bool:
    """Say whether what is told of can have happened: not to come, nor a year ago."""
    known = [on for on in days if on is not None]
    return all(today - LONGEST_AGO <= on <= today for on in known)
