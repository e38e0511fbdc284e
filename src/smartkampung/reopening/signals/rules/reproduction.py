"""How many others one case infects, from cases by day.

The method of Cori, Ferguson, Fraser and Cauchemez, "A New Framework and Software to
Estimate Time-Varying Reproduction Numbers During Epidemics", American Journal of
Epidemiology 178 (2013) 1505, with its web appendix: cases of a window are Poisson
about R times what earlier cases pass on; with a gamma prior R is gamma again.
Cases are counted on the day they were confirmed, so R tells of some days before.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cache

from smartkampung.reopening.signals.rules.gamma import below, quantile

WINDOW = 7  # days
PRIOR_MEAN = PRIOR_DEVIATION = 5.0
# Below this the posterior spreads by more than 0.3 of itself: 1 / sqrt(1 + n) < 0.3.
FEWEST_CASES = 11


@dataclass(frozen=True)
class Interval:
    """From symptoms of a case to symptoms of whom it infected, in days."""

    mean: float
    deviation: float
    source: str


# Certain and probable pairs, corrected for those still to come.
COVID = Interval(4.7, 2.9, "Nishiura et al. 2020, Int J Infect Dis 93:284-286")
LONGEST = 30  # days; later than that is less than 1 in 100,000


class Missing(StrEnum):
    """Why there is no number."""

    TOO_FEW_CASES = "too_few_cases"
    NOBODY_BEFORE = "nobody_before"  # who could have infected them
    GAP = "gap"  # a day that counts is not known


@dataclass(frozen=True)
class Estimate:
    """R of the window that ends on a day, with the interval that holds 95 %."""

    mean: float
    median: float
    low: float
    high: float
    deviation: float


def weights(interval: Interval, *, longest: int = LONGEST) -> tuple[float, ...]:
    """Return which part of infections happens after 0, 1, 2 ... days.

    A gamma distribution that begins at one day, made discrete as in web appendix 11.
    """
    return _weights(interval.mean, interval.deviation, longest)


@cache
def _weights(mean: float, deviation: float, longest: int) -> tuple[float, ...]:
    scale = deviation**2 / (mean - 1)
    shape = (mean - 1) / scale

    def f(days: int) -> float:
        return below(days, shape=shape, scale=scale)

    def g(days: int) -> float:
        return below(days, shape=shape + 1, scale=scale)

    return tuple(
        max(
            0.0,
            k * f(k)
            + (k - 2) * f(k - 2)
            - 2 * (k - 1) * f(k - 1)
            + shape * scale * (2 * g(k - 1) - g(k - 2) - g(k)),
        )
        for k in range(longest + 1)
    )


def reproduction(
    cases: Sequence[int | None],
    *,
    interval: Interval = COVID,
    longest: int = LONGEST,
    first: int = 0,
) -> list[Estimate | Missing]:
    """Return R on each day from the ``first`` on; None stands for not known.

    The window of a day needs its 7 days and every day before that still passes on.
    The days before the series began are taken to be without cases.
    """
    passes = weights(interval, longest=longest)
    forces = [_force(cases, at, passes) for at in range(len(cases))]
    return [
        _one(cases[at - WINDOW + 1 : at + 1], forces[at - WINDOW + 1 : at + 1])
        if at >= WINDOW
        else Missing.NOBODY_BEFORE
        for at in range(first, len(cases))
    ]


def reproduction_by_day(
    cases: Mapping[date, int | None],
    *,
    since: date,
    until: date,
    interval: Interval = COVID,
) -> dict[date, Estimate | Missing]:
    """Return R of the days ``since`` to ``until`` (half-open); every day is known.

    A day that ``cases`` leaves out had none; one that is None there is not known.
    """
    first = min([*cases, since])
    days = [first + timedelta(days=n) for n in range((until - first).days)]
    at = (since - first).days
    series = [cases.get(day, 0) for day in days]
    found = reproduction(series, interval=interval, first=at)
    return dict(zip(days[at:], found, strict=True))


def _force(
    cases: Sequence[int | None], at: int, passes: Sequence[float]
) -> float | None:
    """Return what all cases before a day pass on to it."""
    before = range(1, min(at, len(passes) - 1) + 1)
    total = 0.0
    for back in before:
        earlier = cases[at - back]
        if earlier is None:
            return None
        total += earlier * passes[back]
    return total


def _one(
    cases: Sequence[int | None], forces: Sequence[float | None]
) -> Estimate | Missing:
    known = [one for one in cases if one is not None]
    passed = [one for one in forces if one is not None]
    if len(known) < WINDOW or len(passed) < WINDOW:
        return Missing.GAP
    if sum(known) < FEWEST_CASES:
        return Missing.TOO_FEW_CASES
    if sum(passed) <= 0:
        return Missing.NOBODY_BEFORE
    return posterior(sum(known), sum(passed))


def posterior(cases: int, force: float) -> Estimate:
    """Return R from the cases of a window and what was passed on to it."""
    shape = (PRIOR_MEAN / PRIOR_DEVIATION) ** 2 + cases
    scale = 1 / (PRIOR_MEAN / PRIOR_DEVIATION**2 + force)
    low, median, high = (
        quantile(part, shape=shape, scale=scale) for part in (0.025, 0.5, 0.975)
    )
    return Estimate(shape * scale, median, low, high, shape**0.5 * scale)
