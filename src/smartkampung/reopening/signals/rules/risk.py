"""The indicators of a regency's zone, as far as our own numbers tell them.

Never the official score: its weights were not found, and half of its series are kept
by nobody here. Each indicator is met, not met, or not decided, with the reason.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from smartkampung.reopening.guidance.rules.kinds import Indicator
from smartkampung.reopening.guidance.rules.regency import Rule, Series, Wanted
from smartkampung.reopening.signals.rules.kinds import Kind
from smartkampung.reopening.signals.rules.reading import (
    Known,
    Reading,
    Told,
    beds_on,
    cases_of_week,
    nothing,
    read_one,
    week_of,
)

HUNDRED = Decimal(100)


@dataclass(frozen=True)
class Judged:
    """An indicator of a zone: our value, what it is held against, and whether it is met.

    ``met`` is None where that cannot be decided; ``missing`` then says why, in a code.
    """

    wanted: Wanted
    value: Decimal | None
    against: Decimal | None
    met: bool | None
    missing: str = ""


def judge(wanted: Wanted, known: Known, on: date) -> Judged:
    """Hold one indicator against what is known of a regency on a day."""
    now = series(known, wanted.code, on)
    if now.value is None:
        return Judged(wanted, None, None, None, now.missing)
    if wanted.rule is Rule.BELOW:
        return Judged(wanted, now.value, wanted.value, now.value < wanted.value)
    if wanted.rule is Rule.LEAST:
        return Judged(wanted, now.value, wanted.value, now.value >= wanted.value)
    before = _before(wanted, known, on)
    if before.value is None:
        return Judged(wanted, now.value, None, None, before.missing)
    met = _moved(wanted, now.value, before.value)
    return Judged(wanted, now.value, before.value, met)


def _moved(wanted: Wanted, now: Decimal, before: Decimal) -> bool:
    if wanted.rule is Rule.RISE:
        if not wanted.value:
            return now > before
        return now >= before * (HUNDRED + wanted.value) / HUNDRED
    if not wanted.value:
        return now < before
    # Nothing can fall from nought: none at all, then and now, is as low as it gets.
    return now <= before * (HUNDRED - wanted.value) / HUNDRED


def _before(wanted: Wanted, known: Known, on: date) -> Reading:
    """Return the highest week of the days before, or the one that lies so far back."""
    if wanted.rule is Rule.RISE or not wanted.value:
        return series(known, wanted.code, on - timedelta(days=wanted.days))
    values = []
    for back in range(wanted.days + 1):
        one = series(known, wanted.code, on - timedelta(days=back))
        if one.value is None:
            return one
        values.append(one.value)
    return Reading(max(values))


def series(known: Known, code: Series, on: date) -> Reading:
    """Return the value of a series on a day, or what is missing for one."""
    if code in RATES:
        return read_one(known, RATES[code], on)
    if code is Series.CASES:
        return _counted(cases_of_week(known, on))
    if code in SUMS:
        kind, number = SUMS[code]
        week = week_of(known, kind, on)
        return week if isinstance(week, Reading) else _counted(sum(map(number, week)))
    if code is Series.ADMITTED:
        beds = beds_on(known, on)
        if isinstance(beds, Reading):
            return beds
        return _counted(sum(one.second for one in beds))
    return nothing("not_recorded")


def _counted(count: int | Reading) -> Reading:
    return count if isinstance(count, Reading) else Reading(Decimal(count))


RATES: Mapping[Series, Indicator] = {
    Series.INCIDENCE: Indicator.CASES_WEEKLY,
    Series.MORTALITY: Indicator.DEATHS_WEEKLY,
    Series.REPRODUCTION: Indicator.REPRODUCTION,
    Series.POSITIVITY: Indicator.POSITIVITY,
}
SUMS: Mapping[Series, tuple[Kind, Callable[[Told], int]]] = {
    Series.DEATHS: (Kind.PATIENTS, lambda one: one.second),
    Series.SPECIMENS: (Kind.TESTS, lambda one: one.first),
}
