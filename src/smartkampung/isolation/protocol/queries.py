"""What the protocol said on a day. Cheap: a process reads each kind once a day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from smartkampung.isolation.models import Protocol
from smartkampung.isolation.monitoring.rules.ends import CaseClass, Release
from smartkampung.isolation.monitoring.rules.health import Limits
from smartkampung.isolation.monitoring.rules.ladder import Rung, Trigger
from smartkampung.isolation.monitoring.words import CLASSES
from smartkampung.isolation.protocol.rules import (
    Kind,
    Ladder,
    read_classes,
    read_grace,
    read_ladder,
    read_limits,
    read_release,
)
from smartkampung.kernel.clock import day, now
from smartkampung.kernel.language import either

# Whoever writes shortly before midnight has committed by then.
SETTLED = timedelta(minutes=10)


@dataclass(frozen=True)
class _Held:
    read_on: date
    rows: Sequence[Protocol]


_held: dict[Kind, _Held] = {}


def forget() -> None:
    """Read everything anew from now on: something was written, or undone."""
    _held.clear()


def _versions(kind: Kind, on: date) -> Sequence[Protocol]:
    """Return the versions of a kind, complete for a day.

    No version begins on a day that had begun when it was written: what was read on a
    day or later holds every version of that day, and is not read again.
    """
    held = _held.get(kind)
    if held is None or on > held.read_on:
        read_on = day(now() - SETTLED)
        rows = Protocol.objects.filter(kind=kind).order_by("since", "pk")
        held = _held[kind] = _Held(read_on, list(rows))
    return held.rows


def in_force(kind: Kind, on: date) -> Protocol:
    """Return the version of a day; that of the first day also stands before it."""
    rows = _versions(kind, on)
    begun = [row for row in rows if row.since <= on]
    return begun[-1] if begun else rows[0]


def limits_on(on: date) -> Limits:
    """Return from which reading on somebody is seen at once."""
    return read_limits(in_force(Kind.LIMITS, on).body)


def grace_on(on: date) -> timedelta:
    """Return how long the exit of a last day may be made up for."""
    return read_grace(in_force(Kind.CLOCKS, on).body)


def graces() -> list[tuple[date, timedelta]]:
    """Return every time of grace with the day from which it holds, the first first."""
    rows = _versions(Kind.CLOCKS, day(now()))
    return [(row.since, read_grace(row.body)) for row in rows]


def ladder_on(on: date) -> Ladder:
    """Return who is told what on a day."""
    return read_ladder(in_force(Kind.LADDER, on).body)


def rung_of(trigger: Trigger, on: date) -> Rung:
    """Return the rung of a day."""
    return ladder_on(on).rungs[trigger]


def classes_on(on: date) -> tuple[CaseClass, ...]:
    """Return the classes that may be given on a day; none before the first list."""
    found = in_force(Kind.CLASSES, on)
    return read_classes(found.body) if found.since <= on else ()


def release_on(on: date) -> Release:
    """Return how many days a class stays, by the rules of a day."""
    return read_release(in_force(Kind.RELEASE, on).body)


def class_name(code: str) -> str:
    """Return what a class is called, in the words of the list that has it."""
    if code in CLASSES:
        return str(CLASSES[code])
    for row in reversed(_versions(Kind.CLASSES, day(now()))):
        for one in read_classes(row.body):
            if one.code == code:
                return either(one.name, one.name_en)
    return code


def versions_of(kind: Kind) -> list[Protocol]:
    """Return every version of a kind as it stands now, the latest first."""
    return list(Protocol.objects.filter(kind=kind).order_by("-since", "-pk"))
