"""What a version of the protocol says, and what it can never say. Pure data."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Any

from smartkampung.accounts.roles import PERMISSIONS, Permission, Role
from smartkampung.isolation.monitoring.rules.ends import CaseClass, Group, Release
from smartkampung.isolation.monitoring.rules.health import Limits
from smartkampung.isolation.monitoring.rules.ladder import DUTIES, Rung, Trigger

Body = Mapping[str, Any]
CODE = re.compile(r"[a-z][a-z_]{1,12}")
FEVER, SPO2 = (Decimal("37.0"), Decimal("39.5")), (85, 98)
MINUTES, AGAIN, HOURS = (15, 72 * 60), (2, 5), (1, 72)
DAYS, FREE_DAYS = (1, 60), (1, 14)


class Kind(StrEnum):
    """What a version is about."""

    LADDER = "ladder"  # who is told what, by when, and who next
    LIMITS = "limits"  # from which reading on somebody is seen at once
    CLOCKS = "clocks"  # how long an exit may be made up for
    CLASSES = "classes"  # the classes that may be given
    RELEASE = "release"  # how many days a class stays


class Fault(StrEnum):
    """Why something cannot be the protocol."""

    FEVER = "fever"
    SPO2 = "spo2"
    HOURS = "hours"
    NOBODY_TOLD = "nobody_told"
    CANNOT_ANSWER = "cannot_answer"
    MINUTES = "minutes"
    AGAIN = "again"
    NO_CLASS = "no_class"
    CODE = "code"
    TWICE = "twice"
    NAMELESS = "nameless"
    GROUP = "group"
    DAYS = "days"


@dataclass(frozen=True)
class Ladder:
    """The rungs of a day, and how many looks in a row are missed for the second."""

    rungs: Mapping[Trigger, Rung]
    again_after: int


def read_limits(body: Body) -> Limits:
    """Return the limits that a body holds."""
    return Limits(fever=Decimal(body["fever"]), spo2=body["spo2"])


def read_grace(body: Body) -> timedelta:
    """Return how long after the last day an exit may be made."""
    return timedelta(hours=body["exit_grace_hours"])


def read_ladder(body: Body) -> Ladder:
    """Return the ladder that a body holds."""
    rungs = {one: _rung(one, body["rungs"][one.value]) for one in Trigger}
    return Ladder(rungs, body["again_after"])


def _rung(trigger: Trigger, body: Body) -> Rung:
    duty = DUTIES[trigger]
    return Rung(
        told=tuple(Role(one) for one in body["told"]),
        then=tuple(Role(one) for one in body["then"]),
        within=timedelta(minutes=body["minutes"]),
        kind=duty.kind,
        permission=duty.permission,
        health=duty.health,
    )


def read_classes(body: Body) -> tuple[CaseClass, ...]:
    """Return the classes that a body holds, in its order."""
    return tuple(
        CaseClass(one["code"], Group(one["group"]), one["name"], one["name_en"])
        for one in body["classes"]
    )


def read_release(body: Body) -> Release:
    """Return the days that a body holds."""
    return Release(**body)


def answerable(trigger: Trigger) -> list[Role]:
    """Return the roles that can be told of something: who may answer it.

    Of what is about health, nobody but health workers is ever told.
    """
    duty = DUTIES[trigger]
    wanted = {duty.permission, Permission.ESCALATION_ANSWER}
    if duty.health:
        wanted.add(Permission.ISOLATION_HEALTH_VIEW)
    return [role for role in Role if wanted <= PERMISSIONS[role]]


def faults(kind: Kind, body: Body) -> list[Fault]:
    """Return every reason why a body cannot hold; the order is that of the page."""
    return list(dict.fromkeys(_FAULTS[kind](body)))


def _limits(body: Body) -> Iterator[Fault]:
    try:
        fever = Decimal(str(body["fever"]))
    except InvalidOperation:
        fever = Decimal(0)
    if not FEVER[0] <= fever <= FEVER[1]:
        yield Fault.FEVER
    if not SPO2[0] <= body["spo2"] <= SPO2[1]:
        yield Fault.SPO2


def _clocks(body: Body) -> Iterator[Fault]:
    if not HOURS[0] <= body["exit_grace_hours"] <= HOURS[1]:
        yield Fault.HOURS


def _ladder(body: Body) -> Iterator[Fault]:
    for trigger in Trigger:
        rung = body["rungs"][trigger.value]
        if not rung["told"] or not rung["then"]:
            yield Fault.NOBODY_TOLD
        if not {*rung["told"], *rung["then"]} <= set(answerable(trigger)):
            yield Fault.CANNOT_ANSWER
        if not MINUTES[0] <= rung["minutes"] <= MINUTES[1]:
            yield Fault.MINUTES
    if not AGAIN[0] <= body["again_after"] <= AGAIN[1]:
        yield Fault.AGAIN


def _classes(body: Body) -> Iterator[Fault]:
    rows = body["classes"]
    if not rows:
        yield Fault.NO_CLASS
    if len({one["code"] for one in rows}) < len(rows):
        yield Fault.TWICE
    for one in rows:
        if not CODE.fullmatch(one["code"]):
            yield Fault.CODE
        if not one["name"] or not one["name_en"]:
            yield Fault.NAMELESS
        if one["group"] not in set(Group):
            yield Fault.GROUP


def _release(body: Body) -> Iterator[Fault]:
    counted = ("contact_days", "onset_days", "specimen_days")
    if not all(DAYS[0] <= body[one] <= DAYS[1] for one in counted):
        yield Fault.DAYS
    if not FREE_DAYS[0] <= body["symptom_free_days"] <= FREE_DAYS[1]:
        yield Fault.DAYS


_FAULTS = {
    Kind.LIMITS: _limits,
    Kind.CLOCKS: _clocks,
    Kind.LADDER: _ladder,
    Kind.CLASSES: _classes,
    Kind.RELEASE: _release,
}


def begins_later(since: date, *, today: date) -> bool:
    """Say whether a version may still be written: never for a day that has begun."""
    return since > today
