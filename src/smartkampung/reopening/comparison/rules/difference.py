"""What differs between pilots and the villages beside them, and how surely.

The interval is a paired bootstrap: pairs are drawn again with a fixed seed, and 95 %
of the means lie in it. It says how much chance there is in which pairs there were;
never that the phase is the cause.
"""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import fmean

from smartkampung.reopening.signals.rules.hearing import is_week_heard, of_village

FEWEST_PAIRS = 5
DRAWS = 2_000
SEED = 20200601
WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Village:
    """A village as it is compared: people, cases by day, and the days it was heard of."""

    people: int
    cases: Mapping[date, int]
    heard: frozenset[date]


@dataclass(frozen=True)
class Difference:
    """Mean difference of pairs; no interval for fewer than ``FEWEST_PAIRS``."""

    pairs: int
    mean: float | None
    low: float | None
    high: float | None

    @property
    def too_few(self) -> bool:
        """Say whether there are too few pairs to say anything."""
        return self.pairs < FEWEST_PAIRS


@dataclass(frozen=True)
class Course:
    """One pair, week by week from the pilot's start; None: a week nobody told of."""

    pilot: Mapping[int, float | None]
    beside: Mapping[int, float | None]


def difference(gaps: Sequence[float]) -> Difference:
    """Return the mean of the differences of pairs with its interval."""
    if len(gaps) < FEWEST_PAIRS:
        return Difference(len(gaps), fmean(gaps) if gaps else None, None, None)
    draw = random.Random(SEED)  # noqa: S311 - repeats itself on purpose
    means = sorted(fmean(draw.choices(gaps, k=len(gaps))) for _ in range(DRAWS))
    cut = round(DRAWS * 0.025)
    return Difference(len(gaps), fmean(gaps), means[cut - 1], means[-cut])


def weekly(village: Village, start: date, week: int) -> float | None:
    """Return the cases per 1,000 people in a week counted from a start.

    A week of which the village was not told is not known (``signals.rules.hearing``).
    """
    first = start + week * WEEK
    days = [first + timedelta(days=n) for n in range(7)]
    if village.people <= 0 or not is_week_heard(of_village(village.heard), days[-1]):
        return None
    return 1000 * sum(village.cases.get(day, 0) for day in days) / village.people


def course(pilot: Village, beside: Village, start: date, weeks: range) -> Course:
    """Return a pair week by week."""
    return Course(
        {week: weekly(pilot, start, week) for week in weeks},
        {week: weekly(beside, start, week) for week in weeks},
    )


def gap(one: Course, *, after: bool) -> float | None:
    """Return how many more cases a week the pilot had than the village beside it.

    In the weeks from its start on, or in those before; None when no week of both is
    known.
    """
    gaps = [
        here - there
        for week, here in one.pilot.items()
        if (week >= 0) is after
        and here is not None
        and (there := one.beside.get(week)) is not None
    ]
    return fmean(gaps) if gaps else None


def means(courses: Sequence[Course]) -> dict[int, tuple[float | None, float | None]]:
    """Return the mean of pilots and of villages beside them, week by week.

    Only pairs of which both are known count, so that both lines are of the same pairs.
    """
    weeks = sorted({week for one in courses for week in one.pilot})
    found: dict[int, tuple[float | None, float | None]] = {}
    for week in weeks:
        both = [
            (here, there)
            for one in courses
            if (here := one.pilot.get(week)) is not None
            and (there := one.beside.get(week)) is not None
        ]
        found[week] = (
            (fmean(h for h, _ in both), fmean(t for _, t in both))
            if both
            else (None, None)
        )
    return found
