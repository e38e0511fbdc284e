"""In which order an officer sees people: by risk, then on the shortest walk."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

from smartkampung.regions.distance import km

FRAIL_AGE, SMALL_AGE = 60, 5


class Risk(IntEnum):
    """How pressing it is to see somebody; the least number first."""

    ALARM = 0  # a reading that the Puskesmas must look at now
    UNWELL = 1
    MISSED = 2  # nobody has seen them for a look or more
    EXIT = 3  # may go today, if somebody looks
    FRAIL = 4
    ORDINARY = 5


def risk(
    *, alarm: bool, unwell: bool, missed: bool, leaving: bool, age: int | None
) -> Risk:
    """Return the risk of one person."""
    for holds, found in (
        (alarm, Risk.ALARM),
        (unwell, Risk.UNWELL),
        (missed, Risk.MISSED),
        (leaving, Risk.EXIT),
        (age is not None and (age >= FRAIL_AGE or age < SMALL_AGE), Risk.FRAIL),
    ):
        if holds:
            return found
    return Risk.ORDINARY


@dataclass(frozen=True)
class Stop:
    """Somebody to see: how pressing, and where (no position: by the place's code)."""

    key: int
    risk: Risk
    place: str
    lat: float | None = None
    lng: float | None = None


def route(stops: Sequence[Stop], start: tuple[float, float] | None) -> list[Stop]:
    """Return the stops in the order of seeing them.

    The most pressing come first; among equals always the nearest to where one stands.
    Who has no position comes after those who have, by place.
    """
    ordered: list[Stop] = []
    here = start
    for level in sorted({stop.risk for stop in stops}):
        rest = [stop for stop in stops if stop.risk == level]
        known = sorted((s for s in rest if s.lat is not None), key=_by_place)
        while known:
            nearest = min(known, key=lambda stop: _km(here, stop)) if here else None
            stop = nearest or known[0]
            known.remove(stop)
            ordered.append(stop)
            here = (stop.lat or 0.0, stop.lng or 0.0)
        ordered += sorted((s for s in rest if s.lat is None), key=_by_place)
    return ordered


def _by_place(stop: Stop) -> tuple[str, int]:
    return stop.place, stop.key


def _km(here: tuple[float, float] | None, stop: Stop) -> float:
    if here is None or stop.lat is None or stop.lng is None:
        return 0.0
    return km(here, (stop.lat, stop.lng))
