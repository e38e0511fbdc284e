"""A priority as data: weighted criteria over facts, ties, exclusions and quotas.

Points are whole thousandths, so that the parts of a score add up to it exactly.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from smartkampung.criteria.kinds import Kind
from smartkampung.criteria.rules import Rule, as_data

POINT = 1000  # thousandths in a point
WHOLE = 100  # a share of need, or of places, in per cent


class Need(StrEnum):
    """Which way a fact shows need."""

    MORE = "more"
    LESS = "less"
    YES = "yes"
    NO = "no"
    CODES = "codes"


DIRECTIONS = {
    Kind.NUMBER: (Need.MORE, Need.LESS),
    Kind.YES_NO: (Need.YES, Need.NO),
    Kind.CODE: (Need.CODES,),
    Kind.CODES: (Need.CODES,),
}


class Last(StrEnum):
    """What parts those who are equal in everything."""

    OLDEST = "oldest"
    LOT = "lot"


class Unit(StrEnum):
    """What a quota counts in."""

    PERCENT = "percent"
    PLACES = "places"


@dataclass(frozen=True)
class Weighted:
    """One criterion: points from nought up to its weight, by how a fact shows need.

    A number counts linearly between ``low`` and ``high`` and no further; ``shares``
    give the part of the weight, in per cent, that each code is worth.
    """

    fact: str
    weight: int
    need: Need
    low: int = 0
    high: int = 0
    shares: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True)
class Tie:
    """A fact that decides between equal scores."""

    fact: str
    need: Need


@dataclass(frozen=True)
class Quota:
    """A group, by a rule or a place, with its least and its most."""

    name: str
    rule: Rule | None
    where: str
    least: int | None
    most: int | None
    unit: Unit

    def limits(self, places: int) -> tuple[int, int]:
        """Return the least and the most of so many places; shares favour the group."""
        least, most = self.least or 0, WHOLE if self.most is None else self.most
        if self.unit is Unit.PERCENT:
            least, most = -(-least * places // WHOLE), most * places // WHOLE
        elif self.most is None:
            most = places
        return min(least, most, places), most


@dataclass(frozen=True)
class Priority:
    """Who comes first, by what, and within which quotas."""

    criteria: tuple[Weighted, ...]
    ties: tuple[Tie, ...] = ()
    last: Last = Last.OLDEST
    exclude: Rule | None = None
    quotas: tuple[Quota, ...] = ()
    seats: bool = False

    @property
    def most_points(self) -> int:
        """Return the highest score that anybody can have, in thousandths."""
        return sum(one.weight for one in self.criteria) * POINT


def data_of(priority: Priority) -> dict[str, Any]:
    """Return a priority as JSON data; ``reading.parse`` reads it back."""
    return {
        "criteria": [_criterion_data(one) for one in priority.criteria],
        "ties": [{"fact": tie.fact, "need": tie.need.value} for tie in priority.ties],
        "last": priority.last.value,
        "exclude": as_data(priority.exclude) if priority.exclude else None,
        "quotas": [_quota_data(one) for one in priority.quotas],
        "seats": priority.seats,
    }


def points(one: Weighted, known: Any) -> int:
    """Return the thousandths that a criterion gives for what is known of its fact.

    The statement that ranks says the same in SQL (``ranking.points_sql``); a test
    compares the two. Nothing known gives nothing.
    """
    if known is None:
        return 0
    full = one.weight * POINT
    if one.need in {Need.YES, Need.NO}:
        return full if known is (one.need is Need.YES) else 0
    if one.need is Need.CODES:
        codes = {str(code) for code in (known if isinstance(known, list) else [known])}
        shares = [share for code, share in one.shares if code in codes]
        return full * max(shares, default=0) // WHOLE
    way: int = known - one.low if one.need is Need.MORE else one.high - known
    width = one.high - one.low
    return full * min(max(way, 0), width) // width


def _criterion_data(one: Weighted) -> dict[str, Any]:
    told: dict[str, Any] = {"fact": one.fact, "weight": one.weight}
    if one.need is Need.CODES:
        return {**told, "need": dict(one.shares)}
    if one.need in {Need.YES, Need.NO}:
        return {**told, "need": one.need.value}
    return {**told, "need": one.need.value, "low": one.low, "high": one.high}


def _quota_data(one: Quota) -> dict[str, Any]:
    about = {"rule": as_data(one.rule)} if one.rule else {"where": one.where}
    limits = {"least": one.least, "most": one.most, "unit": one.unit.value}
    return {"name": one.name, **about, **limits}
