"""When something fell past a threshold, and when it is back. Told once each way."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

LEAST, MOST = 1, 200


class Turn(StrEnum):
    """What is told."""

    FELL = "fell"
    RECOVERED = "recovered"
    UNDONE = "undone"  # a correction of figures took the fall back


class BadSetting(StrEnum):
    """Why a setting cannot hold."""

    RANGE = "range"
    ORDER = "order"
    YEAR = "year"


@dataclass(frozen=True)
class Thresholds:
    """It fell below the one; it has recovered only above the other."""

    falls_below: int
    recovers_above: int


@dataclass(frozen=True)
class Standing:
    """Where something stands after its last month: down or not, and since when."""

    down: bool
    since: date | None = None
    index: float | None = None


def ended(month: date, on: date) -> bool:
    """Say whether a month is over. What a running one tells is not all of it yet."""
    return month < on.replace(day=1)


def standing(
    points: Iterable[tuple[date, float | None]], limits: Thresholds
) -> Standing:
    """Follow an index through its months. Gaps change nothing.

    Between the thresholds everything stays as it was, so that an index which trembles
    at one of them is not told again and again.
    """
    now = Standing(False)
    for month, value in points:
        if value is None:
            continue
        if not now.down and value < limits.falls_below:
            now = Standing(True, month, value)
        elif now.down and value > limits.recovers_above:
            now = Standing(False, month, value)
    return now


def turn(now: Standing, *, told_down: bool) -> Turn | None:
    """Return what is to be told, given what was told last; None for nothing new."""
    if now.down == told_down:
        return None
    if now.down:
        return Turn.FELL
    return Turn.UNDONE if now.since is None else Turn.RECOVERED


def bad_thresholds(falls_below: int, recovers_above: int) -> BadSetting | None:
    """Return why two numbers cannot be the thresholds."""
    if not (LEAST <= falls_below <= MOST and LEAST <= recovers_above <= MOST):
        return BadSetting.RANGE
    return BadSetting.ORDER if falls_below >= recovers_above else None
