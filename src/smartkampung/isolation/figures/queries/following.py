"""Looks that were due: made, missed, and how long until somebody acted."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from statistics import median
from typing import Any, NamedTuple

from django.db.models import Count, Exists, Min, OuterRef, Q, Subquery

from smartkampung.isolation.figures.queries.areas import Area
from smartkampung.isolation.figures.rules import Window
from smartkampung.isolation.monitoring.models import Check, Obligation
from smartkampung.isolation.monitoring.rules.checks import FOLLOWED, Outcome, Slot
from smartkampung.regions.codes import within

HOUR = timedelta(hours=1)
_ITS = Check.objects.filter(obligation=OuterRef("pk"))
# An exit needs somebody who looks; any other look may be one's own report.
_DONE = Q(Exists(_ITS.filter(outcome=Outcome.SEEN))) | ~Q(slot=Slot.EXIT) & Q(
    Exists(_ITS.filter(outcome__in=FOLLOWED))
)


class Followed(NamedTuple):
    """Looks of one day: made, missed for good, or still open."""

    made: int = 0
    missed: int = 0
    open: int = 0


def followed(area: Area, window: Window, at: datetime) -> Mapping[date, Followed]:
    """Return what became of the looks of each day until now."""
    rows = (
        _due(area, window)
        .values_list("due_on")
        .annotate(
            made=Count("pk", filter=Q(done=True)),
            missed=Count("pk", filter=Q(done=False, closes_at__lte=at)),
            open=Count("pk", filter=Q(done=False, closes_at__gt=at)),
        )
    )
    found = {on: Followed(*counts) for on, *counts in rows}
    return {on: found.get(on, Followed()) for on in window.days if on <= window.today}


def hours_to_action(area: Area, window: Window, at: datetime) -> float | None:
    """Return the median hours from a missed look until the person was seen or reported.

    None where nothing was missed, or nobody acted yet.
    """
    after = Check.objects.filter(
        stay=OuterRef("stay"), outcome__in=FOLLOWED, at__gte=OuterRef("closes_at")
    )
    first = after.order_by().values("stay").annotate(first=Min("at")).values("first")
    rows = (
        _due(area, window)
        .filter(done=False, closes_at__lte=at)
        .annotate(acted=Subquery(first))
        .filter(acted__isnull=False)
        .values_list("closes_at", "acted")
    )
    hours = [(acted - closed) / HOUR for closed, acted in rows]
    return median(hours) if hours else None


def _due(area: Area, window: Window) -> Any:
    return Obligation.objects.filter(
        within("stay__reservation__region_code", area.codes),
        due_on__gte=window.since,
        due_on__lte=window.today,
    ).annotate(done=_DONE)
