"""What guidance said on a day."""

from datetime import date, datetime, timedelta
from typing import Protocol

from django.db.models import Q

from smartkampung.kernel.clock import day, start_of_day
from smartkampung.reopening.guidance.models import SEEDED, Guidance
from smartkampung.reopening.guidance.rules.kinds import Kind
from smartkampung.reopening.guidance.rules.phases import read_phases


def in_force(kind: Kind, on: date) -> Guidance | None:
    """Return the version of a day, or None before the first.

    What nobody confirmed does not hold (see ``holding``).
    """
    rows = Guidance.objects.filter(holding(on), kind=kind)
    return rows.order_by("since", "pk").last()


def holding(on: date) -> Q:
    """Return "begun by a day, and confirmed", for every kind of version.

    What somebody confirmed holds from the next day on: what held on a day that is over
    never changes.
    """
    confirmed = Q(by=SEEDED) | Q(verified_at__lt=start_of_day(on))
    return confirmed & Q(since__lte=on)


class Version(Protocol):
    """What one person writes and another confirms."""

    since: date
    by: str
    verified_at: datetime | None


def holds_from(row: Version) -> date | None:
    """Return the first day on which a version may hold; None while it is unconfirmed."""
    if row.by == SEEDED:
        return row.since
    if row.verified_at is None:
        return None
    return max(row.since, day(row.verified_at) + timedelta(days=1))


def begins_next(kind: Kind, on: date) -> date | None:
    """Return the first day after one on which a confirmed version begins to hold."""
    begins = (holds_from(row) for row in versions_of(kind))
    return min((one for one in begins if one and one > on), default=None)


def phase_names(on: date) -> dict[str, tuple[str, str]]:
    """Return what the phases of a day are called, in both languages, by code."""
    found = in_force(Kind.PHASES, on)
    phases = read_phases(found.body) if found else []
    return {one.code: (one.name, one.name_en) for one in phases}


def versions_of(kind: Kind) -> list[Guidance]:
    """Return every version of a kind, the latest first."""
    return list(Guidance.objects.filter(kind=kind).order_by("-since", "-pk"))
