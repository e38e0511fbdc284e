"""Pilots beside villages that were never any: matched, balanced, compared."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from math import log

from django.conf import settings
from django.utils.module_loading import import_string

from smartkampung.accounts.actor import Actor
from smartkampung.kernel.clock import day
from smartkampung.regions.models import Region
from smartkampung.regions.queries import villages_of
from smartkampung.reopening.cases.models import Heard
from smartkampung.reopening.cases.queries import new_cases_by_village
from smartkampung.reopening.comparison.rules.difference import (
    Course,
    Difference,
    Village,
    course,
    difference,
    gap,
    means,
)
from smartkampung.reopening.comparison.rules.matching import (
    Balance,
    Pair,
    Values,
    balance,
    match,
)
from smartkampung.reopening.guidance.rules.kinds import Indicator
from smartkampung.reopening.pilots.models import Answers
from smartkampung.reopening.pilots.queries.evaluation import Readings
from smartkampung.reopening.pilots.queries.starts import (
    pilot_starts,
    pilot_villages,
)
from smartkampung.reopening.signals.queries.here import regency_for
from smartkampung.reopening.signals.queries.indicators import by_village
from smartkampung.reopening.signals.rules.hearing import is_week_heard, of_village

WEEKS_BEFORE, WEEKS_AFTER = 4, 12
BEFORE = timedelta(weeks=WEEKS_BEFORE)
WEEK, DAY = timedelta(weeks=1), timedelta(days=1)
PEOPLE, DENSITY, URBAN, CASES, MARKET, TOURISM = (
    "people",
    "density",
    "urban",
    "cases",
    "market",
    "tourism",
)


@dataclass(frozen=True)
class Matched:
    """A pair with its start and how many more cases a week the pilot had after it."""

    pair: Pair
    start: date
    after: float | None


@dataclass(frozen=True)
class Comparison:
    """All that can be said, and what cannot.

    ``after`` is pilots minus villages beside them, in cases per 1,000 people a week;
    ``changed`` the same with the difference before the start taken off. ``visits`` are
    people served at counters since the start, per 1,000 people a week. ``left_out`` are
    variables that are not known of every village.
    """

    pairs: list[Matched]
    unmatched: list[str]
    variables: list[str]
    left_out: list[str]
    balance: list[Balance]
    weeks: Mapping[int, tuple[float | None, float | None]]
    after: Difference
    changed: Difference
    compliance: Difference
    visits: Difference


def comparison_for(actor: Actor, *, on: date) -> Comparison:
    """Return pilots beside matched villages, by what was known before a day.

    404 for whoever answers for no part of the regency.
    """
    here = regency_for(actor)
    starts = {v: since for v, since in sorted(pilot_starts().items()) if since < on}
    town = _Town(here, starts, on)
    flags, left_out = town.flags()
    variables = [PEOPLE, URBAN, CASES, *flags]
    if town.areas_known:
        variables.insert(1, DENSITY)
    else:
        left_out = [DENSITY, *left_out]
    # Of whom nobody told before a start, nobody knows that they had no cases.
    pilots = {
        code: town.values(code, start, flags)
        for code, start in starts.items()
        if town.was_heard(code, start)
    }
    others = {
        pilot: {
            code: town.values(code, starts[pilot], flags)
            for code in town.others
            if town.was_heard(code, starts[pilot])
        }
        for pilot in pilots
    }
    pairs = match(pilots, others)
    courses = {pair.pilot: town.course(pair, on) for pair in pairs}
    afters = {pilot: gap(one, after=True) for pilot, one in courses.items()}
    changes = [_changed(one) for one in courses.values()]
    return Comparison(
        pairs=[Matched(one, starts[one.pilot], afters[one.pilot]) for one in pairs],
        unmatched=sorted(set(starts) - {one.pilot for one in pairs}),
        variables=variables,
        left_out=left_out,
        balance=_balance(variables, pilots, others, pairs),
        weeks=means(list(courses.values())),
        after=difference(_known(afters.values())),
        changed=difference(_known(changes)),
        compliance=difference(_known(_compliance(pairs, on))),
        visits=difference(_known(town.visits(one, on) for one in pairs)),
    )


def _changed(one: Course) -> float | None:
    before, after = gap(one, after=False), gap(one, after=True)
    return None if before is None or after is None else after - before


def _known(values: Iterable[float | None]) -> list[float]:
    return [value for value in values if value is not None]


def _balance(
    variables: list[str],
    pilots: Mapping[str, Values],
    others: Mapping[str, Mapping[str, Values]],
    pairs: list[Pair],
) -> list[Balance]:
    # A village is as it was before the start of the pilot that it is held against.
    all_others = [one for rows in others.values() for one in rows.values()]
    matched = [others[pair.pilot][pair.beside] for pair in pairs]
    ours = [pilots[pair.pilot] for pair in pairs]
    return balance(variables, ours, all_others, matched)


def _compliance(pairs: list[Pair], on: date) -> list[float | None]:
    source = Readings()

    def part(village: str) -> float | None:
        (seen,) = source.seen(
            village, of="village", indicator=Indicator.COMPLIANCE, days=1, until=on
        )
        return None if seen.value is None else float(seen.value)

    found: list[float | None] = []
    for pair in pairs:
        here, there = part(pair.pilot), part(pair.beside)
        found.append(None if here is None or there is None else here - there)
    return found


class _Town:
    """What is known of every village, asked for once."""

    def __init__(self, regency: str, starts: Mapping[str, date], on: date) -> None:
        since = min(starts.values(), default=on) - BEFORE
        rows = villages_of(regency)
        self._kinds = dict(rows.values_list("code", "kind"))
        self._cases = new_cases_by_village(since, on)
        self._people = by_village(regency, min(starts.values(), default=on))
        self._answers: dict[str, list[Answers]] = {}
        for row in Answers.objects.order_by("at", "pk"):
            self._answers.setdefault(row.village_id, []).append(row)
        self._heard: dict[str, set[date]] = {}
        heard = Heard.objects.filter(day__gte=since, day__lt=on)
        for village, when in heard.values_list("village_code", "day"):
            self._heard.setdefault(village, set()).add(when)
        never = pilot_villages() | set(starts)
        self._starts = starts
        self.others = [
            code
            for code in self._kinds
            if code not in never and self._people.get(code, 0) > 0
        ]
        areas = dict(rows.values_list("code", "area_km2"))
        self._areas = {code: area for code, area in areas.items() if area}
        self.areas_known = {*self.others, *starts} <= self._areas.keys()

    def flags(self) -> tuple[list[str], list[str]]:
        """Return which of what villages said about themselves is known of all.

        Known before each start: what was said later may be what the phase did.
        """
        known = bool(self._starts) and all(
            self.answer(code, start) is not None
            for pilot, start in self._starts.items()
            for code in [*self.others, pilot]
        )
        return ([MARKET, TOURISM], []) if known else ([], [MARKET, TOURISM])

    def answer(self, code: str, start: date) -> Answers | None:
        """Return what a village said last about itself before a start."""
        rows = self._answers.get(code, ())
        return next((row for row in reversed(rows) if day(row.at) < start), None)

    def was_heard(self, code: str, start: date) -> bool:
        """Say whether each week before a start was told of."""
        heard = of_village(self._heard.get(code, frozenset()))
        weeks = (start - n * WEEK - DAY for n in range(WEEKS_BEFORE))
        return all(is_week_heard(heard, last) for last in weeks)

    def values(self, code: str, start: date, flags: list[str]) -> dict[str, float]:
        """Return what a village was like in the weeks before a start."""
        people = self._people.get(code, 0)
        cases = sum(
            count
            for when, count in self._cases.get(code, {}).items()
            if start - BEFORE <= when < start
        )
        said = self.answer(code, start)
        return {
            PEOPLE: log(max(people, 1)),
            **self._density(code, people),
            URBAN: float(self._kinds.get(code) == Region.Kind.KELURAHAN),
            CASES: 1000 * cases / people if people else 0.0,
            **{flag: float(getattr(said, flag)) for flag in flags},
        }

    def _density(self, code: str, people: int) -> dict[str, float]:
        """Return how thickly people live, where the area of every village is known."""
        if not self.areas_known:
            return {}
        return {DENSITY: log(max(people, 1) / self._areas[code])}

    def course(self, pair: Pair, on: date) -> Course:
        """Return a pair week by week, as far as weeks are over."""
        start = self._starts[pair.pilot]
        over = min((on - start) // WEEK, WEEKS_AFTER)
        weeks = range(-WEEKS_BEFORE, over)
        pilot, beside = self._village(pair.pilot), self._village(pair.beside)
        return course(pilot, beside, start, weeks)

    def visits(self, pair: Pair, on: date) -> float | None:
        """Return how many more the pilot's counters served since its start.

        Per 1,000 people a week, over whole weeks; None where one of them counts none.
        """
        start = self._starts[pair.pilot]
        weeks = min((on - start) // WEEK, WEEKS_AFTER)
        ask: Callable[[str, date, date], int | None] = import_string(settings.VISITS)
        rates: list[float] = []
        for code in (pair.pilot, pair.beside):
            served = ask(code, start, start + weeks * WEEK) if weeks > 0 else None
            if served is None:
                return None
            rates.append(1000 * served / self._people[code] / weeks)
        return rates[0] - rates[1]

    def _village(self, code: str) -> Village:
        heard = frozenset(self._heard.get(code, ()))
        return Village(self._people.get(code, 0), self._cases.get(code, {}), heard)
