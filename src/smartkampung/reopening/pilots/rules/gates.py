"""Whether a gate opens: read from the body of a version, judged by readings.

    {"gates": [{"to": "recovery", "signs": ["village_head"], "needs": [
        {"indicator": "bed_occupancy", "of": "regency", "days": 1, "below": "60"}]}],
     "worse": [{"indicator": "cases_weekly", "of": "village", "days": 3,
                "from": "100", "again_below": "50"}], "decide_hours": 24}

What is missing is never good: without it a gate stays shut.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Any

from smartkampung.reopening.guidance.rules.kinds import Indicator

# A signature is for what was read: it stands no longer than readings are of use.
SIGN_HOLDS = timedelta(days=14)
# So many days without any reading, and somebody is asked to look.
SILENT_DAYS = 7


class Verdict(StrEnum):
    """What readings say about one need."""

    MET = "met"
    NOT_MET = "not_met"
    CANNOT_DECIDE = "cannot_decide"


@dataclass(frozen=True)
class Need:
    """What an indicator of a place must have been on each of so many days."""

    indicator: Indicator
    of: str
    days: int
    below: Decimal | None = None
    least: Decimal | None = None

    def holds(self, value: Decimal) -> bool:
        """Say whether a value keeps to the limits."""
        return (self.below is None or value < self.below) and (
            self.least is None or value >= self.least
        )


@dataclass(frozen=True)
class Gate:
    """What must hold, and who must sign, before a village moves to a phase."""

    to: str
    needs: tuple[Need, ...]
    signs: tuple[str, ...]


@dataclass(frozen=True)
class Worse:
    """From which value, on so many days in a row, going back is proposed.

    Proposed again only after the value fell below ``again_below``.
    """

    indicator: Indicator
    of: str
    days: int
    start: Decimal
    again_below: Decimal


@dataclass(frozen=True)
class Gates:
    """Gates of a version, its signs of worsening, and how long a decision may take."""

    gates: tuple[Gate, ...]
    worse: tuple[Worse, ...]
    decide_hours: int

    def to(self, phase: str) -> Gate | None:
        """Return the gate before a phase, if there is one."""
        return next((gate for gate in self.gates if gate.to == phase), None)


@dataclass(frozen=True)
class Seen:
    """What was read on a day: a value, or a code of what is missing for one."""

    on: date
    value: Decimal | None
    missing: str = ""


@dataclass(frozen=True)
class Judged:
    """A need, the days it was judged by, and what they say."""

    need: Need
    seen: tuple[Seen, ...]
    verdict: Verdict

    @property
    def missing(self) -> Seen | None:
        """Return the first day for which nothing is known, if there is one."""
        return next((one for one in self.seen if one.value is None), None)


def read_gates(body: Mapping[str, Any]) -> Gates:
    """Return what a body says."""
    return Gates(
        tuple(
            Gate(one["to"], tuple(map(_need, one["needs"])), tuple(one["signs"]))
            for one in body["gates"]
        ),
        tuple(
            Worse(
                Indicator(one["indicator"]),
                one["of"],
                one["days"],
                Decimal(one["from"]),
                Decimal(one["again_below"]),
            )
            for one in body.get("worse", [])
        ),
        body.get("decide_hours", 24),
    )


def _need(one: Mapping[str, Any]) -> Need:
    return Need(
        Indicator(one["indicator"]),
        one["of"],
        one["days"],
        _limit(one, "below"),
        _limit(one, "least"),
    )


def _limit(one: Mapping[str, Any], name: str) -> Decimal | None:
    return Decimal(one[name]) if name in one else None


def judge(need: Need, seen: Sequence[Seen]) -> Judged:
    """Judge a need by the days seen: one bad day suffices, a gap decides nothing."""
    known = [one.value for one in seen if one.value is not None]
    if not all(map(need.holds, known)):
        verdict = Verdict.NOT_MET
    elif len(known) < need.days or (need.below is None and need.least is None):
        verdict = Verdict.CANNOT_DECIDE
    else:
        verdict = Verdict.MET
    return Judged(need, tuple(seen), verdict)


def is_open(judged: Sequence[Judged]) -> bool:
    """Say whether every need is met. A gate that asks for nothing stays shut."""
    return bool(judged) and all(one.verdict == Verdict.MET for one in judged)


def is_bad(judged: Sequence[Judged]) -> bool:
    """Say whether any need is known not to be met."""
    return any(one.verdict == Verdict.NOT_MET for one in judged)


def worsened(rule: Worse, seen: Sequence[Seen]) -> bool:
    """Say whether every one of the last days stood at the start value or above."""
    last = seen[-rule.days :]
    return len(last) == rule.days and all(
        one.value is not None and one.value >= rule.start for one in last
    )


def better_on(rule: Worse, seen: Sequence[Seen], *, after: date) -> date | None:
    """Return the first day after one on which the value was below ``again_below``."""
    return next(
        (
            one.on
            for one in seen
            if one.on > after and one.value is not None and one.value < rule.again_below
        ),
        None,
    )


def still_holds(
    signed_by: int | None, signed_at: datetime, *, version: int, at: datetime
) -> bool:
    """Say whether a signature counts: for the same version of the gates, and fresh."""
    return signed_by == version and at - signed_at <= SIGN_HOLDS


def is_silent(seen: Sequence[Seen]) -> bool:
    """Say whether nothing at all was heard on the last days."""
    last = seen[-SILENT_DAYS:]
    return len(last) == SILENT_DAYS and all(one.value is None for one in last)


def calm(rule: Worse, last: Seen | None) -> bool | None:
    """Say whether the last day is below ``again_below``; None when it is unknown."""
    if last is None or last.value is None:
        return None
    return last.value < rule.again_below
