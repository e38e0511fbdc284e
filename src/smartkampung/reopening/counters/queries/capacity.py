"""What the phase of a day allows at a counter, and why."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.core.cache import caches

from smartkampung.regions.codes import level
from smartkampung.regions.queries import villages_of
from smartkampung.reopening.counters.models import Slot
from smartkampung.reopening.counters.rules.slots import FULL, kept_of
from smartkampung.reopening.guidance.rules.kinds import Setting
from smartkampung.reopening.guidance.rules.phases import may_come
from smartkampung.reopening.pilots.queries.changes import stamp_of_all
from smartkampung.reopening.pilots.queries.regime import Regime, regimes_on

# What phases and guidance were when all slots were last fitted to them.
STAMP = "counters:stamp"
REMEMBERED_SECONDS = 24 * 60 * 60


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


@dataclass(frozen=True)
class Asked:
    """What some days allow, asked before a lock, and what that was asked of.

    Phases may change between the question and the lock: under it only a stamp is
    compared, and the days are asked for anew when it is another.
    """

    region: str
    percents: dict[date, int]
    stamp: str

    @classmethod
    def of(cls, region: str, days: Iterable[date]) -> "Asked":
        """Ask what some days allow."""
        # The stamp first: what changes between the two is then asked for again.
        stamp = stamp_of_all()
        allowed = allowed_over(region, days)
        return cls(region, {on: one.percent for on, one in allowed.items()}, stamp)

    def still(self) -> "Asked":
        """Return what holds now; to be called under the lock of the slots."""
        if stamp_of_all() == self.stamp:
            return self
        return Asked.of(self.region, self.percents)


def with_capacity(slot: Slot) -> Slot:
    """Return the slot with the capacity that its people and percentage give."""
    slot.capacity = may_come(slot.people, slot.percent)
    slot.kept = kept_of(slot.capacity, slot.share)
    return slot


def as_of_now(region: str, slots: Sequence[Slot]) -> Sequence[Slot]:
    """Return slots as what applies at this moment leaves them; write nothing.

    The job that fits them may not have come by since a phase changed: only then is
    each day asked for, once for everybody who reads until the next change.
    """
    stamp = stamp_of_all() if slots else ""
    if not slots or caches["default"].get(STAMP) == stamp:
        return slots
    percents = _remembered(region, {slot.on for slot in slots}, stamp)
    for slot in slots:
        slot.percent = percents[slot.on]
        with_capacity(slot)
    return slots


def _remembered(region: str, days: set[date], stamp: str) -> dict[date, int]:
    """Return what some days allow, as it was asked of a stamp."""
    key = f"counters:allowed:{region}:{stamp}"
    known: dict[date, int] = caches["default"].get(key) or {}
    new = days - set(known)
    if new:
        asked = allowed_over(region, new)
        known |= {on: one.percent for on, one in asked.items()}
        caches["default"].set(key, known, REMEMBERED_SECONDS)
    return known


def _strictest(villages: list[str], on: date) -> Allowed:
    regimes = regimes_on(villages, on)
    found = (
        Allowed(regime.capacity[Setting.COUNTER], village, regime)
        for village, regime in regimes.items()
    )
    default = Allowed(FULL, villages[0], None)
    return min(found, key=lambda one: one.percent, default=default)
