"""Why a body cannot hold: what whoever writes a version has to mend, all at once."""

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from itertools import pairwise
from typing import Any

from smartkampung.reopening.guidance.rules.kinds import (
    Colour,
    Indicator,
    Kind,
    Setting,
)
from smartkampung.reopening.guidance.rules.phases import OPEN

LONGEST_WINDOW, MOST_HOURS = 28, 720
OFS = ("village", "regency")


class Fault(StrEnum):
    """What cannot be."""

    BANDS = "bands"  # they must begin at none and rise without a gap
    DAYS = "days"
    ACTIONS = "actions"  # each in both languages
    NO_PHASE = "no_phase"
    PHASE_NAME = "phase_name"
    PHASE_TWICE = "phase_twice"
    CAPACITY = "capacity"
    GATHERING = "gathering"
    NO_GATE = "no_gate"
    NEED = "need"
    NO_SIGN = "no_sign"
    WORSE = "worse"
    HOURS = "hours"
    LEVELS = "levels"
    LOOSE_FIRST = "loose_first"  # the first phase is what a pause falls back to
    LOOSE_COLOUR = "loose_colour"  # a redder zone closes as much, or more
    NO_WORSE = "no_worse"
    NO_WAY = "no_way"  # no gate leads to a phase: nobody could ever be in it


def faults(kind: Kind, body: Mapping[str, Any]) -> list[Fault]:
    """Return every fault of a body of a kind, each once."""
    return list(dict.fromkeys(_CHECKS[kind](body)))


def begins_later(since: Any, *, today: Any) -> bool:
    """Say whether a day has not begun: what held so far stays as it was."""
    return bool(since > today)


def _zones(body: Mapping[str, Any]) -> Iterator[Fault]:
    bands = body["bands"]
    if not 1 <= body["days"] <= LONGEST_WINDOW:
        yield Fault.DAYS
    starts = [band["least"] for band in bands]
    ends = [None if band["most"] is None else band["most"] + 1 for band in bands]
    rising = all(one < two for one, two in pairwise(starts))
    if (
        [band["colour"] for band in bands] != list(Colour)
        or starts[:1] != [0]
        or not rising
        or ends != [*starts[1:], None]
    ):
        yield Fault.BANDS
    if not all(act["text"] and act["text_en"] for b in bands for act in b["actions"]):
        yield Fault.ACTIONS


def _phases(body: Mapping[str, Any]) -> Iterator[Fault]:
    phases = body["phases"]
    codes = [phase["code"] for phase in phases]
    if not phases:
        yield Fault.NO_PHASE
    if not all(one["code"] and one["name"] and one["name_en"] for one in phases):
        yield Fault.PHASE_NAME
    if len(set(codes)) < len(codes):
        yield Fault.PHASE_TWICE
    caps = body.get("colours", {})
    settings = [one.get("settings", {}) for one in (*phases, *caps.values())]
    if not all(_is_part(one) for one in settings) or not set(caps) <= set(Colour):
        yield Fault.CAPACITY
    if any(_looser(phases[0], one) for one in phases[1:]):
        yield Fault.LOOSE_FIRST
    if any(_looser(red, pale) for pale, red in _paler(caps)):
        yield Fault.LOOSE_COLOUR
    limits = (*phases, *caps.values())
    most = [one["gathering"] for one in limits if "gathering" in one]
    if not all(isinstance(one, int) and one >= 1 for one in most):
        yield Fault.GATHERING


def unreached(
    phases: Mapping[str, Any], gates: Mapping[str, Any] | None
) -> Iterator[Fault]:
    """Yield a fault where a phase beyond the first has no gate that leads to it."""
    opened = {gate["to"] for gate in gates["gates"]} if gates else set()
    if any(phase["code"] not in opened for phase in phases["phases"][1:]):
        yield Fault.NO_WAY


def _paler(
    caps: Mapping[str, Any],
) -> Iterator[tuple[Mapping[str, Any], Mapping[str, Any]]]:
    """Yield each zone with the next redder one, those that close nothing, too."""
    return pairwise(caps.get(colour, {}) for colour in Colour)


def _looser(one: Mapping[str, Any], two: Mapping[str, Any]) -> bool:
    """Say whether one leaves more open than another, for any setting or crowd."""
    closed = 0 if "code" in one else OPEN  # what is not named (see rules.phases)
    open_, other = one.get("settings", {}), two.get("settings", {})
    numbers = [(open_.get(s, closed), other.get(s, closed)) for s in Setting]
    if not all(isinstance(n, int) for pair in numbers for n in pair):
        return False  # said elsewhere
    crowd, less = one.get("gathering"), two.get("gathering")
    more = isinstance(less, int) and (crowd is None or crowd > less)
    return more or any(a > b for a, b in numbers)


def _is_part(settings: Mapping[str, Any]) -> bool:
    return set(settings) <= set(Setting) and all(
        isinstance(one, int) and 0 <= one <= 100 for one in settings.values()
    )


def _gates(body: Mapping[str, Any]) -> Iterator[Fault]:
    if not body["gates"]:
        yield Fault.NO_GATE
    for gate in body["gates"]:
        if not gate["needs"] or not all(_is_need(one) for one in gate["needs"]):
            yield Fault.NEED
        if not gate["signs"]:
            yield Fault.NO_SIGN
    if not body["worse"]:
        yield Fault.NO_WORSE
    if not all(_is_worse(one) for one in body["worse"]):
        yield Fault.WORSE
    if not 1 <= body["decide_hours"] <= MOST_HOURS:
        yield Fault.HOURS


def _is_need(one: Mapping[str, Any]) -> bool:
    limits = [one[name] for name in ("below", "least") if name in one]
    return _asks(one) and len(limits) == 1 and _number(limits[0]) is not None


def _is_worse(one: Mapping[str, Any]) -> bool:
    start, again = _number(one["from"]), _number(one["again_below"])
    return _asks(one) and start is not None and again is not None and again <= start


def _asks(one: Mapping[str, Any]) -> bool:
    return (
        one["indicator"] in set(Indicator)
        and one["of"] in OFS
        and 1 <= one["days"] <= LONGEST_WINDOW
    )


def _number(text: str) -> Decimal | None:
    try:
        found = Decimal(text)
    except InvalidOperation:
        return None
    return found if found.is_finite() and found >= 0 else None


def _regency(body: Mapping[str, Any]) -> Iterator[Fault]:
    starts = [_number(band["least"]) for band in body["bands"]]
    if not _rise(starts) or starts[0] != 0:
        yield Fault.LEVELS


def _ppkm(body: Mapping[str, Any]) -> Iterator[Fault]:
    for one in body["transmission"]:
        limits = [band.get("below", band.get("most")) for band in one["bands"][:-1]]
        if not _rise([_number(limit) for limit in limits]):
            yield Fault.LEVELS
    for one in body["capacity"]:
        good, poor = _number(one["good"]), _number(one["poor"])
        pair = [good, poor] if one["better"] == "lower" else [poor, good]
        if not _rise(pair):
            yield Fault.LEVELS


def _rise(numbers: list[Decimal | None]) -> bool:
    known = [one for one in numbers if one is not None]
    return len(known) == len(numbers) and all(one < two for one, two in pairwise(known))


_CHECKS: dict[Kind, Callable[[Mapping[str, Any]], Iterator[Fault]]] = {
    Kind.RT_ZONE: _zones,
    Kind.PHASES: _phases,
    Kind.GATES: _gates,
    Kind.REGENCY_ZONE: _regency,
    Kind.PPKM: _ppkm,
}
