"""What the phase of a day allows at a counter, and why."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from smartkampung.regions.codes import level
from smartkampung.regions.queries import villages_of
from smartkampung.reopening.counters.rules.slots import FULL
from smartkampung.reopening.guidance.rules.kinds import Setting
from smartkampung.reopening.pilots.queries.regime import Regime, regimes_on


@dataclass(frozen=True)
class Allowed:
    """The share of the usual people (%), and the regime and village that set it.

    Without a regime nothing was prescribed on that day, and all may come as usual.
    """

    percent: int
    village: str
    regime: Regime | None


def allowed_on(region: str, on: date) -> Allowed:
    """Return what a counter of an office may use on a day."""
    return allowed_over(region, [on])[on]


def allowed_over(region: str, days: Iterable[date]) -> dict[date, Allowed]:
    """Return what a counter of an office may use on some days.

    A village office follows its village. To a kecamatan office come people of every
    village, so it follows the strictest of them; each day is asked for all at once.
    """
    villages = (
        [region]
        if level(region) == "village"
        else list(villages_of(region).values_list("code", flat=True)) or [region]
    )
    return {on: _strictest(villages, on) for on in days}


def _strictest(villages: list[str], on: date) -> Allowed:
    regimes = regimes_on(villages, on)
    found = (
        Allowed(regime.capacity[Setting.COUNTER], village, regime)
        for village, regime in regimes.items()
    )
    default = Allowed(FULL, villages[0], None)
    return min(found, key=lambda one: one.percent, default=default)
