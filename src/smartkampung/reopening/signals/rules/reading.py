"""The value of every indicator on a day, or what is missing for one.

A report that is missing is never a nought. Whoever reported in the last two weeks is
expected to go on: each laboratory on each of the 7 days, each hospital today or
yesterday. Cases are counted where villages were told of (``rules/hearing.py``).
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from smartkampung.reopening.guidance.rules.kinds import Indicator
from smartkampung.reopening.signals.rules.hearing import (
    WEEK,
    Hearing,
    is_week_heard,
)
from smartkampung.reopening.signals.rules.kinds import Kind
from smartkampung.reopening.signals.rules.reproduction import (
    Estimate,
    reproduction_by_day,
)

EXPECTED_DAYS = 14
BEDS_DAYS = 2
TESTS_DAYS = 7
BEFORE = 40  # days that the reproduction number looks back
NOISE = 9  # places: machines differ in the last digits of a float


@dataclass(frozen=True)
class Reading:
    """A value in the unit of its indicator, or what is missing for one, in a code.

    Values are not rounded: limits are held against them as they are, pages round.
    """

    value: Decimal | None
    missing: str = ""


@dataclass(frozen=True)
class Told:
    """The two numbers that a place told of a day."""

    place: str
    on: date
    first: int
    second: int


@dataclass(frozen=True)
class Known:
    """What is known of a region: enough to read every indicator on many days.

    ``cases`` leaves out days without; ``kept_since`` is the day of the first case of
    the whole regency, None while none is registered. ``people`` says how many lived
    there on a day. ``heard`` says of which days enough was told to count cases.
    """

    cases: Mapping[date, int]
    kept_since: date | None
    people: Callable[[date], int]
    told: Mapping[Kind, Sequence[Told]]
    heard: Hearing


def read(known: Known, on: date) -> dict[Indicator, Reading]:
    """Return every indicator of a day."""
    return {one: read_one(known, one, on) for one in Indicator}


def read_one(known: Known, indicator: Indicator, on: date) -> Reading:
    """Return one indicator of a day."""
    reader = READERS.get(indicator)
    return nothing("asked_elsewhere") if reader is None else reader(known, on)


def nothing(why: str) -> Reading:
    """Return that there is no value, and why."""
    return Reading(None, why)


def _rate(count: int, people: int, per: int) -> Reading:
    if people <= 0:
        return nothing("no_population")
    return Reading(Decimal(count) * per / people)


def _reproduction(known: Known, on: date) -> Reading:
    if known.kept_since is None or known.kept_since > on:
        return nothing("no_register")
    first, until = on - timedelta(days=BEFORE), on + timedelta(days=1)
    series = days_of(known, first, until)
    found = reproduction_by_day(series, since=on, until=until)[on]
    if not isinstance(found, Estimate):
        return nothing(found.value)
    return Reading(Decimal(repr(round(found.mean, NOISE))))


def days_of(known: Known, since: date, until: date) -> dict[date, int | None]:
    """Return the cases of each day (half-open); None where too little was told.

    The days before the register began are taken to be without.
    """
    days = (since + timedelta(days=n) for n in range((until - since).days))
    return {
        day: None if _is_gap(known, day) else known.cases.get(day, 0) for day in days
    }


def _is_gap(known: Known, day: date) -> bool:
    begun = known.kept_since is not None and known.kept_since <= day
    return begun and day not in known.heard.days


def _cases(known: Known, on: date) -> Reading:
    count = cases_of_week(known, on)
    if isinstance(count, Reading):
        return count
    return _rate(count, known.people(on), 100_000)


def cases_of_week(known: Known, on: date) -> int | Reading:
    """Return the cases of 7 days, where a register is kept and they were told of."""
    if known.kept_since is None or known.kept_since > on:
        return nothing("no_register")
    if not is_week_heard(known.heard, on):
        return nothing(known.heard.missing)
    week = (on - timedelta(days=back) for back in range(WEEK))
    return sum(known.cases.get(day, 0) for day in week)


def _admissions(known: Known, on: date) -> Reading:
    return _patients(known, on, lambda one: one.first)


def _deaths(known: Known, on: date) -> Reading:
    return _patients(known, on, lambda one: one.second)


def _patients(known: Known, on: date, number: Callable[[Told], int]) -> Reading:
    week = week_of(known, Kind.PATIENTS, on)
    if isinstance(week, Reading):
        return week
    return _rate(sum(map(number, week)), known.people(on), 100_000)


def _positivity(known: Known, on: date) -> Reading:
    week = week_of(known, Kind.TESTS, on)
    if isinstance(week, Reading):
        return week
    return _share(week, "nobody_tested")


def _traced(known: Known, on: date) -> Reading:
    week = week_of(known, Kind.TRACING, on)
    if isinstance(week, Reading):
        return week
    followed = sum(one.first for one in week)
    if not followed:
        return nothing("nobody_followed")
    return Reading(Decimal(sum(one.second for one in week)) / followed)


def _occupancy(known: Known, on: date) -> Reading:
    fresh = beds_on(known, on)
    return fresh if isinstance(fresh, Reading) else _share(fresh, "no_beds")


def beds_on(known: Known, on: date) -> list[Told] | Reading:
    """Return the last report of every hospital, or why they are not all there."""
    told = _until(known, Kind.BEDS, on)
    expected = _expected(told, on)
    if not expected:
        return nothing("old" if told else "no_data")
    last = {one.place: one for one in told}
    fresh = [
        last[place] for place in expected if (on - last[place].on).days < BEDS_DAYS
    ]
    if len(fresh) < len(expected):
        return nothing("some_hospitals")
    return fresh


def _tests(known: Known, on: date) -> Reading:
    told = _until(known, Kind.TESTS, on)
    if not told:
        return nothing("no_data")
    if (on - told[-1].on).days >= TESTS_DAYS:
        return nothing("old")
    return _rate(sum(one.first for one in told), known.people(on), 1_000_000)


def _share(told: Sequence[Told], empty: str) -> Reading:
    whole = sum(one.first for one in told)
    if not whole:
        return nothing(empty)
    return Reading(Decimal(100 * sum(one.second for one in told)) / whole)


def week_of(known: Known, kind: Kind, on: date) -> list[Told] | Reading:
    """Return all reports of the 7 days, or why they are not all there."""
    told = _until(known, kind, on)
    expected = _expected(told, on)
    if not expected:
        return nothing("old" if told else "no_data")
    week = [one for one in told if (on - one.on).days < WEEK]
    if len({(one.place, one.on) for one in week}) < WEEK * len(expected):
        return nothing("some_days")
    return week


def _until(known: Known, kind: Kind, on: date) -> list[Told]:
    """Return what was told of the days up to one, the oldest first."""
    told = (one for one in known.told.get(kind, ()) if one.on <= on)
    return sorted(told, key=lambda one: (one.on, one.place))


def _expected(told: Sequence[Told], on: date) -> set[str]:
    return {one.place for one in told if (on - one.on).days < EXPECTED_DAYS}


# Compliance is told by the inspections of places, which know of signals.
READERS: Mapping[Indicator, Callable[[Known, date], Reading]] = {
    Indicator.REPRODUCTION: _reproduction,
    Indicator.CASES_WEEKLY: _cases,
    Indicator.ADMISSIONS_WEEKLY: _admissions,
    Indicator.DEATHS_WEEKLY: _deaths,
    Indicator.POSITIVITY: _positivity,
    Indicator.BED_OCCUPANCY: _occupancy,
    Indicator.TESTS: _tests,
    Indicator.CONTACTS_TRACED: _traced,
}
