"""Indicators of a region on a day, each with its value or with what is missing."""

from collections.abc import Mapping
from datetime import date, timedelta

from django.core.cache import caches

from smartkampung.regions.codes import LEVELS, ancestor, inside
from smartkampung.reopening.cases.queries import new_cases
from smartkampung.reopening.guidance.rules.kinds import Indicator
from smartkampung.reopening.signals.queries.hearing import hearing_of
from smartkampung.reopening.signals.queries.reports import standing
from smartkampung.reopening.signals.rules.reading import Known, Reading, read
from smartkampung.residents.queries.population import LENGTHS, population

BEGINNING = date(2020, 1, 1)
REMEMBERED_SECONDS = 600
LOOKS_BACK = 70  # days: Rt of the weeks that a fall is told from


def readings(region: str, on: date) -> dict[Indicator, Reading]:
    """Return every indicator of a village, kecamatan or regency on a day.

    ``COMPLIANCE`` is told by the inspections of places, which know of signals.
    """
    return readings_over(region, since=on, until=on + timedelta(days=1))[on]


def readings_over(
    region: str, *, since: date, until: date
) -> dict[date, dict[Indicator, Reading]]:
    """Return every indicator on each day, half-open: as many queries as for one day."""
    known = known_of(region, since=since, until=until)
    days = (since + timedelta(days=n) for n in range((until - since).days))
    return {day: read(known, day) for day in days}


def known_of(region: str, *, since: date, until: date) -> Known:
    """Return all that is needed to read the days of a region (half-open)."""
    first = since - timedelta(days=LOOKS_BACK)
    return Known(
        new_cases(region, first, until),
        _first_case(ancestor(region, LEVELS[1]), until),
        lambda on: people(region, on),
        standing(region, until=until),
        hearing_of(region, first, until),
    )


def _first_case(regency: str, until: date) -> date | None:
    """Return the first day of the register, if it lies before a day."""
    key = f"signals-first-case:{regency}"
    first: date | None = caches["local"].get(key)
    if first is None:
        first = min(new_cases(regency, BEGINNING, until), default=None)
    if first is not None:
        caches["local"].set(key, first, REMEMBERED_SECONDS)
    return first if first is not None and first < until else None


def people(region: str, on: date) -> int:
    """Return how many lived in a region when the month of a day began.

    The registry is counted once a month and village, as for the population pages.
    """
    villages = by_village(ancestor(region, LEVELS[1]), on)
    return sum(n for code, n in villages.items() if inside(code, region))


def by_village(regency: str, on: date) -> Mapping[str, int]:
    """Return how many lived in each village when the month of a day began."""
    first = on.replace(day=1)
    key = f"signals-people:{regency}:{first}"
    found: Mapping[str, int] | None = caches["local"].get(key)
    if found is None:
        found = population(region=regency, length=LENGTHS["village"], on=first)
        caches["local"].set(key, found, REMEMBERED_SECONDS)
    return found
