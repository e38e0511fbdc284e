"""What the phase of a day allows at a counter, and why."""

from dataclasses import dataclass
from datetime import date

from smartkampung.regions.codes import level
from smartkampung.regions.queries import villages_of
from smartkampung.reopening.counters.rules.slots import FULL
from smartkampung.reopening.guidance.rules.kinds import Setting
from smartkampung.reopening.pilots.queries.regime import Regime, regime_on


@dataclass(frozen=True)
class Allowed:
    """The share of the usual people (%), and the regime and village that set it.

    Without a regime nothing was prescribed on that day, and all may come as usual.
    """

    percent: int
    village: str
    regime: Regime | None


def allowed_on(region: str, on: date) -> Allowed:
    """Return what a counter of an office may use on a day.

    A village office follows its village. To a kecamatan office come people of every
    village, so it follows the strictest of them.
    """
    villages = (
        [region]
        if level(region) == "village"
        else list(villages_of(region).values_list("code", flat=True)) or [region]
    )
    return min((_of(one, on) for one in villages), key=lambda found: found.percent)


def _of(village: str, on: date) -> Allowed:
    regime = regime_on(village, on)
    percent = regime.capacity[Setting.COUNTER] if regime else FULL
    return Allowed(percent, village, regime)
