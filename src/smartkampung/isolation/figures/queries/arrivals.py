"""Who came and who is to come: by day, and from where."""

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from django.db.models import Count, Q, QuerySet

from smartkampung.isolation.figures.queries.areas import Area
from smartkampung.isolation.figures.rules import Window
from smartkampung.isolation.models import Stay
from smartkampung.isolation.rules.states import ReservationState, StayState
from smartkampung.regions.codes import within

CAME = {
    StayState.PRESENT,
    StayState.RELEASED,
    StayState.LOST,
    StayState.HOSPITAL,
}
TO_COME = {ReservationState.BOOKED, ReservationState.HELD}


class Arrivals(NamedTuple):
    """People of one day of arrival."""

    came: int = 0
    expected: int = 0
    never: int = 0


class Origin(NamedTuple):
    """People from one regency, city or country."""

    code: str
    came: int
    expected: int


_COUNTS = {
    "came": Count("pk", filter=Q(state__in=CAME)),
    "expected": Count(
        "pk", filter=Q(state=StayState.EXPECTED, reservation__state__in=TO_COME)
    ),
}


def arrivals_in(area: Area, window: Window) -> Mapping[date, Arrivals]:
    """Return how many came, are expected or never came, by day of arrival."""
    rows = (
        _stays(area, window)
        .values_list("reservation__arrives_on")
        .annotate(**_COUNTS, never=Count("pk", filter=Q(state=StayState.NO_SHOW)))
    )
    found = {on: Arrivals(*counts) for on, *counts in rows}
    return {on: found.get(on, Arrivals()) for on in window.days}


def origins_of(area: Area, window: Window) -> list[Origin]:
    """Return from where people of these days come, the most first."""
    rows = (
        _stays(area, window).values_list("reservation__origin_code").annotate(**_COUNTS)
    )
    found = [Origin(*row) for row in rows]
    known = [origin for origin in found if origin.came or origin.expected]
    return sorted(known, key=lambda one: (-one.came - one.expected, one.code))


def _stays(area: Area, window: Window) -> QuerySet[Stay]:
    return Stay.objects.filter(
        within("reservation__region_code", area.codes),
        reservation__arrives_on__gte=window.since,
        reservation__arrives_on__lt=window.until,
    )
