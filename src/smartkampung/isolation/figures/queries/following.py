"""Looks that were due: made, missed, and how long until somebody acted."""

from bisect import bisect_left
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from statistics import median
from typing import Any, NamedTuple

from django.db.models import Count, Q, QuerySet

from smartkampung.isolation.figures.queries.areas import Area
from smartkampung.isolation.figures.rules import Window
from smartkampung.isolation.monitoring.models import Check, Obligation
from smartkampung.isolation.monitoring.rules.checks import FOLLOWED, Outcome, Slot
from smartkampung.regions.codes import within

HOUR = timedelta(hours=1)
# An exit needs somebody who looks; any other look may be one's own report.
_DID_IT = Q(outcome=Outcome.SEEN) | ~Q(obligation__slot=Slot.EXIT) & Q(
    outcome__in=FOLLOWED
)


class Followed(NamedTuple):
    """Looks of one day: made, missed for good, or still open."""

    made: int = 0
    missed: int = 0
    open: int = 0


# Each of these asks flat questions: whether a look was made, asked of each look in
# turn, took a regency two seconds.


def followed(area: Area, window: Window, at: datetime) -> Mapping[date, Followed]:
    """Return what became of the looks of each day until now."""
    due = (
        _due(area, window)
        .values_list("due_on")
        .annotate(all=Count("pk"), over=Count("pk", filter=Q(closes_at__lte=at)))
    )
    closed = Q(obligation__closes_at__lte=at)
    done = (
        _made(area, window)
        .values_list("obligation__due_on")
        .annotate(
            all=Count("obligation", distinct=True),
            over=Count("obligation", distinct=True, filter=closed),
        )
    )
    made = {on: (count, over) for on, count, over in done}
    found = {
        on: _of_a_day(count, over, *made.get(on, (0, 0))) for on, count, over in due
    }
    return {on: found.get(on, Followed()) for on in window.days if on <= window.today}


def _of_a_day(due: int, over: int, made: int, made_of_over: int) -> Followed:
    return Followed(made, over - made_of_over, (due - over) - (made - made_of_over))


def hours_to_action(area: Area, window: Window, at: datetime) -> float | None:
    """Return the median hours from a missed look until the person was seen or reported.

    None where nothing was missed, or nobody acted yet.
    """
    done = _made(area, window).values("obligation")
    rows = _due(area, window).filter(closes_at__lte=at).exclude(pk__in=done)
    missed = list(rows.values_list("stay_id", "closes_at"))
    acted = _acted({stay for stay, _closed in missed})
    hours = []
    for stay, closed in missed:
        moments = acted.get(stay, [])
        first = bisect_left(moments, closed)
        if first < len(moments):
            hours.append((moments[first] - closed) / HOUR)
    return median(hours) if hours else None


def _acted(stays: set[int]) -> dict[int, list[datetime]]:
    """Return when each was seen or reported, the earliest first."""
    rows = Check.objects.filter(stay__in=stays, outcome__in=FOLLOWED).order_by("at")
    found: dict[int, list[datetime]] = {}
    for stay, moment in rows.values_list("stay_id", "at"):
        found.setdefault(stay, []).append(moment)
    return found


def _due(area: Area, window: Window) -> QuerySet[Any]:
    return Obligation.objects.filter(
        within("stay__reservation__region_code", area.codes),
        due_on__gte=window.since,
        due_on__lte=window.today,
    )


def _made(area: Area, window: Window) -> QuerySet[Any]:
    """Return the checks that did what was due on these days."""
    return Check.objects.filter(
        _DID_IT,
        within("obligation__stay__reservation__region_code", area.codes),
        obligation__due_on__gte=window.since,
        obligation__due_on__lte=window.today,
    )
