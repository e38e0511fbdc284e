"""Everything that the page of indicators shows of the regency on a day."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from smartkampung.accounts.actor import Actor
from smartkampung.reopening.guidance.models import Guidance
from smartkampung.reopening.guidance.queries import in_force
from smartkampung.reopening.guidance.rules import ppkm
from smartkampung.reopening.guidance.rules.kinds import Indicator, Kind
from smartkampung.reopening.guidance.rules.regency import read_indicators
from smartkampung.reopening.signals.models import OfficialColour
from smartkampung.reopening.signals.queries.here import regency_for
from smartkampung.reopening.signals.queries.indicators import known_of
from smartkampung.reopening.signals.queries.reports import colour_on, province_days
from smartkampung.reopening.signals.rules.reading import (
    BEFORE,
    Known,
    Reading,
    days_of,
    read,
)
from smartkampung.reopening.signals.rules.reproduction import (
    Estimate,
    Missing,
    reproduction_by_day,
)
from smartkampung.reopening.signals.rules.risk import Judged, judge

DAY = timedelta(days=1)
Rt = Mapping[date, Estimate | Missing]


@dataclass(frozen=True)
class Level:
    """What PPKM says of one indicator: a level from 1 to 4, or a capacity."""

    level: int | None = None
    capacity: ppkm.Capacity | None = None


@dataclass(frozen=True)
class Overview:
    """A regency on a day. ``cases`` is None where no register is kept up to then.

    A day without a case of which too little was told is None there, and no nought.
    """

    region: str
    cases: Mapping[date, int | None] | None
    rt: Rt
    readings: Mapping[Indicator, Reading]
    levels: Mapping[Indicator, Level]
    ppkm: Guidance | None
    judged: list[Judged]
    zone: Guidance | None
    official: OfficialColour | None


def overview_for(actor: Actor, *, on: date, days: int) -> Overview:
    """Return the regency on a day, its curves over so many days; 404 elsewhere."""
    region = regency_for(actor)
    first = on - timedelta(days=days - 1)
    known = known_of(region, since=first, until=on + DAY)
    kept = known.kept_since is not None
    series = days_of(known, first - timedelta(days=BEFORE), on + DAY)
    readings = read(known, on)
    levels, zone = in_force(Kind.PPKM, on), in_force(Kind.REGENCY_ZONE, on)
    return Overview(
        region=region,
        cases=_days(known, first, on) if kept else None,
        rt=reproduction_by_day(series, since=first, until=on + DAY) if kept else {},
        readings=readings,
        levels={} if levels is None else _levels(levels, readings),
        ppkm=levels,
        judged=[]
        if zone is None
        else [judge(one, known, on) for one in read_indicators(zone.body)],
        zone=zone,
        official=colour_on(region, on),
    )


def _days(known: Known, first: date, last: date) -> dict[date, int | None]:
    # What was told is shown, however few told; only a nought must be told of.
    told = days_of(known, first, last + DAY)
    return {day: known.cases.get(day, count) for day, count in told.items()}


def _levels(
    version: Guidance, readings: Mapping[Indicator, Reading]
) -> dict[Indicator, Level]:
    found = {}
    for indicator, reading in readings.items():
        named = {
            one["indicator"]
            for part in ("transmission", "capacity")
            for one in version.body[part]
        }
        if indicator not in named:
            continue
        found[indicator] = (
            Level()
            if reading.value is None
            else Level(
                ppkm.transmission(version.body, indicator, reading.value),
                ppkm.capacity(version.body, indicator, reading.value),
            )
        )
    return found


@dataclass(frozen=True)
class Series:
    """The series of the province, a day it leaves out as None, and its Rt."""

    cases: Mapping[date, int | None]
    rt: Rt
    died: Mapping[date, int | None]


def province_for(actor: Actor) -> Series:
    """Return the series of the province with its Rt, where it was brought in."""
    regency_for(actor)
    rows = {row.on: row for row in province_days()}
    if not rows:
        return Series({}, {}, {})
    first, last = min(rows), max(rows)
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    cases = {day: rows[day].cases if day in rows else None for day in days}
    died = {day: rows[day].died if day in rows else None for day in days}
    rt = reproduction_by_day(cases, since=first, until=last + DAY)
    return Series(cases, rt, died)
