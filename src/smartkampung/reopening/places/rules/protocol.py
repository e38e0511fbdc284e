"""What a protocol of a kind of place says: its items, and what a place must reach.

    {"items": [{"code": "mask", "name": "...", "name_en": "...", "weight": 3,
                "must": true}], "pass": 80, "months": 6}

A protocol of events says who decides about them:

    {"head_most": 50, "days_before": 7, "closed": ["orange", "red"],
     "usual": {"wedding": 200, "festival": 500}}

``usual`` is how many people such an event has in usual times: the percentage that phase
and colour leave is of that. A version that does not say so has the numbers above.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from smartkampung.reopening.guidance.rules.kinds import Colour, Setting

Body = Mapping[str, Any]
EVENTS = "event"
PLACE_KINDS = (
    *(Setting.OFFICE, Setting.MARKET, Setting.MOSQUE, Setting.CHURCH, Setting.TEMPLE),
    *(Setting.SCHOOL, Setting.TOURISM_SITE, Setting.HOMESTAY, Setting.RESTAURANT),
)
EVENT_KINDS = (Setting.WEDDING, Setting.FESTIVAL)
KINDS = (*(kind.value for kind in PLACE_KINDS), EVENTS)
CODE = re.compile(r"[a-z][a-z_]{1,19}")
WEIGHTS, PASS, MONTHS = (1, 9), (50, 100), (1, 24)
HEAD_MOST, DAYS_BEFORE = (1, 1000), (1, 60)
USUAL, MOST_USUAL = {Setting.WEDDING: 200, Setting.FESTIVAL: 500}, (2, 100_000)
MOST_ITEMS = 30


# Green and yellow are told as one (ADR 58): what closed one of them would tell which.
CLOSING = frozenset({Colour.ORANGE, Colour.RED})


class Fault(StrEnum):
    """Why something cannot be a protocol."""

    NO_ITEM = "no_item"
    TOO_MANY = "too_many"
    CODE = "code"
    TWICE = "twice"
    NAMELESS = "nameless"
    WEIGHT = "weight"
    NO_MUST = "no_must"
    NEEDED = "needed"
    MONTHS = "months"
    HEAD_MOST = "head_most"
    DAYS_BEFORE = "days_before"
    COLOUR = "colour"
    USUAL = "usual"


@dataclass(frozen=True)
class Item:
    """One thing to look at, how much it weighs, and whether a place fails without it."""

    code: str
    name: str
    name_en: str
    weight: int
    must: bool


@dataclass(frozen=True)
class Checklist:
    """The items of a kind of place, what it must reach (%), for how many months."""

    items: tuple[Item, ...]
    needed: int
    months: int


@dataclass(frozen=True)
class EventRules:
    """Up to how many people a village head decides, how early, and where never.

    ``usual`` is how many people each kind of event has in usual times.
    """

    head_most: int
    days_before: int
    closed: tuple[Colour, ...]
    usual: Mapping[Setting, int] = field(default_factory=lambda: dict(USUAL))


@dataclass(frozen=True)
class Score:
    """How a place did: points in %, which musts it lacks, whether it passes."""

    points: int
    failed: tuple[str, ...]
    passed: bool


def read_checklist(body: Body) -> Checklist:
    """Return the checklist that a body holds."""
    items = tuple(
        Item(one["code"], one["name"], one["name_en"], one["weight"], one["must"])
        for one in body["items"]
    )
    return Checklist(items, body["pass"], body["months"])


def read_events(body: Body) -> EventRules:
    """Return the rules about events that a body holds."""
    closed = tuple(Colour(one) for one in body["closed"])
    told = body.get("usual", {})
    usual = {kind: told.get(kind, USUAL[kind]) for kind in EVENT_KINDS}
    return EventRules(body["head_most"], body["days_before"], closed, usual)


def score(checklist: Checklist, kept: Mapping[str, bool]) -> Score:
    """Judge answers by a checklist: what was not answered is not kept.

    Points are rounded down; one must that is not kept fails the whole.
    """
    weight = sum(item.weight for item in checklist.items)
    reached = sum(item.weight for item in checklist.items if kept.get(item.code))
    points = 100 * reached // weight
    failed = tuple(
        item.code for item in checklist.items if item.must and not kept.get(item.code)
    )
    return Score(points, failed, not failed and points >= checklist.needed)


def faults(kind: str, body: Body) -> list[Fault]:
    """Return every reason why a body cannot hold; the order is that of the page."""
    found = _event_faults(body) if kind == EVENTS else _place_faults(body)
    return list(dict.fromkeys(found))


def _place_faults(body: Body) -> Iterator[Fault]:
    rows = body["items"]
    if not rows:
        yield Fault.NO_ITEM
    if len(rows) > MOST_ITEMS:
        yield Fault.TOO_MANY
    if len({one["code"] for one in rows}) < len(rows):
        yield Fault.TWICE
    for one in rows:
        yield from _item_faults(one)
    if rows and not any(one["must"] for one in rows):
        yield Fault.NO_MUST
    if not PASS[0] <= body["pass"] <= PASS[1]:
        yield Fault.NEEDED
    if not MONTHS[0] <= body["months"] <= MONTHS[1]:
        yield Fault.MONTHS


def _item_faults(one: Body) -> Iterator[Fault]:
    if not CODE.fullmatch(one["code"]):
        yield Fault.CODE
    if not one["name"] or not one["name_en"]:
        yield Fault.NAMELESS
    if not WEIGHTS[0] <= one["weight"] <= WEIGHTS[1]:
        yield Fault.WEIGHT


def _event_faults(body: Body) -> Iterator[Fault]:
    if not HEAD_MOST[0] <= body["head_most"] <= HEAD_MOST[1]:
        yield Fault.HEAD_MOST
    if not DAYS_BEFORE[0] <= body["days_before"] <= DAYS_BEFORE[1]:
        yield Fault.DAYS_BEFORE
    if not set(body["closed"]) <= CLOSING:
        yield Fault.COLOUR
    if not all(
        MOST_USUAL[0] <= one <= MOST_USUAL[1] for one in body.get("usual", {}).values()
    ):
        yield Fault.USUAL


def begins_later(since: date, *, today: date) -> bool:
    """Say whether a version may still be written: never for a day that has begun."""
    return since > today
