"""How many people each Puskesmas looks after, and how their stays ended."""

from datetime import date, timedelta
from typing import NamedTuple

from django.db.models import Count, Q, QuerySet

from smartkampung.isolation.figures.queries.areas import Area
from smartkampung.isolation.figures.queries.arrivals import TO_COME
from smartkampung.isolation.figures.rules import Window
from smartkampung.isolation.models import Stay
from smartkampung.isolation.rules.states import Setting, StayState
from smartkampung.kernel.clock import start_of_day
from smartkampung.regions.codes import village_of, within

ENDS = (StayState.RELEASED, StayState.HOSPITAL, StayState.LOST)
SOON = timedelta(days=7)
PRESENT = Q(state=StayState.PRESENT)


class Load(NamedTuple):
    """People whom one Puskesmas looks after, as far as they are in the area."""

    centre: str
    in_houses: int
    at_home: int
    to_come: int


def loads(area: Area, on: date) -> list[Load]:
    """Return the load of every Puskesmas with people in an area, the largest first."""
    soon = Q(
        state=StayState.EXPECTED,
        reservation__state__in=TO_COME,
        reservation__arrives_on__gte=on,  # who is late is on the board of arrivals
        reservation__arrives_on__lte=on + SOON,
    )
    rows = (
        _stays(area)
        .filter(PRESENT | soon)
        .values_list("reservation__centre__name")
        .annotate(
            in_houses=Count("pk", filter=PRESENT & _at(Setting.HOUSE)),
            at_home=Count("pk", filter=PRESENT & _at(Setting.HOME)),
            to_come=Count("pk", filter=soon),
        )
    )
    found = [Load(name or "", *counts) for name, *counts in rows]
    return sorted(found, key=lambda one: (-one.in_houses - one.at_home, one.centre))


def at_home(area: Area) -> dict[str, int]:
    """Return how many isolate at home now, by village."""
    rows = (
        _stays(area)
        .filter(PRESENT & _at(Setting.HOME))
        .values_list("reservation__region_code")
        .annotate(people=Count("pk"))
    )
    found: dict[str, int] = {}
    for code, people in rows:
        village = village_of(code)
        found[village] = found.get(village, 0) + people
    return found


def outcomes(area: Area, window: Window) -> dict[StayState, int]:
    """Return how the stays went that ended on the days of a window."""
    rows = (
        _stays(area)
        .filter(
            state__in=ENDS,
            ended_at__gte=start_of_day(window.since),
            ended_at__lt=start_of_day(window.until),
        )
        .values_list("state")
        .annotate(people=Count("pk"))
    )
    counted = dict(rows)
    return {state: counted.get(state.value, 0) for state in ENDS}


def _at(setting: Setting) -> Q:
    return Q(reservation__setting=setting)


def _stays(area: Area) -> QuerySet[Stay]:
    return Stay.objects.filter(within("reservation__region_code", area.codes))
