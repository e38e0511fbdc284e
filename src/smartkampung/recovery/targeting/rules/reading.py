"""Reads a priority from JSON, and names every mistake with its place."""

from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import Any

from smartkampung.criteria.kinds import Fact, Kind
from smartkampung.criteria.rules import LARGEST, Faulty, Rule
from smartkampung.criteria.rules import parse as parse_rule
from smartkampung.recovery.targeting.rules.priority import (
    DIRECTIONS,
    WHOLE,
    Last,
    Need,
    Priority,
    Quota,
    Tie,
    Unit,
    Weighted,
)

HEAVIEST, MOST_CRITERIA, MOST_TIES, MOST_QUOTAS = 1000, 20, 4, 10
LONGEST_NAME = 40
# Ways to be chosen that are no quota: a group of such a name would pose as one.
RESERVED = frozenset({"rank", "lot", "left_over"})
NARROWEST = 13  # letters in the code of a village: below it a group is a few families


class Fault(StrEnum):
    """What can be wrong with a priority."""

    NOT_A_PRIORITY = "not_a_priority"
    EMPTY = "empty"
    TOO_LONG = "too_long"
    UNKNOWN_FACT = "unknown_fact"
    TWICE = "twice"
    WRONG_WEIGHT = "wrong_weight"
    WRONG_NEED = "wrong_need"
    WRONG_ENDS = "wrong_ends"
    WRONG_SHARES = "wrong_shares"
    CONTRADICTS = "contradicts"
    WRONG_LAST = "wrong_last"
    WRONG_RULE = "wrong_rule"
    WRONG_NAME = "wrong_name"
    WRONG_SHARE = "wrong_share"
    WRONG_SEATS = "wrong_seats"


class PriorityFaulty(Exception):
    """The data is no priority; each place (such as "criteria.2") has a fault."""

    def __init__(self, faults: list[tuple[str, Fault]]) -> None:
        super().__init__(str(faults))
        self.faults = faults


Found = list[tuple[str, Fault]]
KEYS = {"criteria", "ties", "last", "exclude", "quotas", "seats"}


def parse(data: object, facts: Mapping[str, Fact]) -> Priority:
    """Return the priority that JSON data describes; raise with every mistake."""
    if not isinstance(data, dict) or set(data) - KEYS or "criteria" not in data:
        raise PriorityFaulty([("priority", Fault.NOT_A_PRIORITY)])
    faults: Found = []
    criteria = tuple(_criteria(data["criteria"], facts, faults))
    ties = tuple(_ties(data.get("ties", []), criteria, facts, faults))
    last = data.get("last", Last.OLDEST)
    if last not in list(Last):
        faults.append(("last", Fault.WRONG_LAST))
    seats = data.get("seats", False)
    if not isinstance(seats, bool):
        faults.append(("seats", Fault.WRONG_SEATS))
    exclude = _rule(data.get("exclude"), facts, "exclude", faults)
    quotas = tuple(_quotas(data.get("quotas", []), facts, faults))
    if faults:
        raise PriorityFaulty(faults)
    return Priority(criteria, ties, Last(last), exclude, quotas, seats)


def _criteria(
    data: object, facts: Mapping[str, Fact], faults: Found
) -> Iterator[Weighted]:
    rows = _rows(data, "criteria", MOST_CRITERIA, faults)
    if not rows and not faults:
        faults.append(("criteria", Fault.EMPTY))
    seen: set[str] = set()
    for place, row in rows:
        fact = facts.get(str(row.get("fact")))
        if fact is None:
            faults.append((place, Fault.UNKNOWN_FACT))
            continue
        found = _criterion_faults(row, fact)
        if fact.name in seen:
            found.append(Fault.TWICE)
        seen.add(fact.name)
        faults.extend((place, fault) for fault in found)
        if not found:
            yield _criterion(row)


def _criterion(row: dict[str, Any]) -> Weighted:
    need = row["need"]
    if isinstance(need, dict):
        shares = tuple(need.items())
        return Weighted(row["fact"], row["weight"], Need.CODES, shares=shares)
    ends = (row.get("low", 0), row.get("high", 0))
    return Weighted(row["fact"], row["weight"], Need(need), *ends)


def _criterion_faults(row: dict[str, Any], fact: Fact) -> list[Fault]:
    found = []
    ends = {"low", "high"} if fact.kind is Kind.NUMBER else set()
    if set(row) - {"fact", "weight", "need", *ends}:
        found.append(Fault.NOT_A_PRIORITY)
    if not _whole(row.get("weight"), 0, HEAVIEST):
        found.append(Fault.WRONG_WEIGHT)
    need = row.get("need")
    if DIRECTIONS[fact.kind] == (Need.CODES,):
        if not isinstance(need, dict):
            found.append(Fault.WRONG_NEED)
        elif not _are_shares(need, fact):
            found.append(Fault.WRONG_SHARES)
    elif need not in DIRECTIONS[fact.kind]:
        found.append(Fault.WRONG_NEED)
    if ends and not _are_ends(row):
        found.append(Fault.WRONG_ENDS)
    return found


def _are_shares(need: dict[Any, Any], fact: Fact) -> bool:
    return bool(need) and all(
        code in fact.choices and _whole(share, 0, WHOLE) for code, share in need.items()
    )


def _are_ends(row: dict[str, Any]) -> bool:
    low, high = row.get("low"), row.get("high")
    if not (isinstance(low, int) and isinstance(high, int)):
        return False
    return _whole(low, 0, LARGEST) and _whole(high, 0, LARGEST) and low < high


def _ties(
    data: object,
    criteria: tuple[Weighted, ...],
    facts: Mapping[str, Fact],
    faults: Found,
) -> Iterator[Tie]:
    counted = {one.fact: one.need for one in criteria}
    seen: set[str] = set()
    for place, row in _rows(data, "ties", MOST_TIES, faults):
        fact, need = facts.get(str(row.get("fact"))), row.get("need")
        if fact is None:
            faults.append((place, Fault.UNKNOWN_FACT))
        elif need not in DIRECTIONS[fact.kind] or need == Need.CODES:
            faults.append((place, Fault.WRONG_NEED))
        elif fact.name in seen:
            faults.append((place, Fault.TWICE))
        elif counted.get(fact.name, need) != need:
            # Whoever needs more, beyond the cap of the criterion, would come later.
            faults.append((place, Fault.CONTRADICTS))
        else:
            seen.add(fact.name)
            yield Tie(fact.name, Need(need))


def _quotas(data: object, facts: Mapping[str, Fact], faults: Found) -> Iterator[Quota]:
    seen: set[str] = set()
    for place, row in _rows(data, "quotas", MOST_QUOTAS, faults):
        before = len(faults)
        name, where = row.get("name"), row.get("where", "")
        if not _is_name(name) or name in seen:
            faults.append((place, Fault.WRONG_NAME))
        seen.add(str(name))
        rule = _rule(row.get("rule"), facts, place, faults)
        if (rule is None) == (not _is_place(where)) and len(faults) == before:
            faults.append((place, Fault.WRONG_RULE))
        limits = _limits(row)
        if limits is None:
            faults.append((place, Fault.WRONG_SHARE))
        elif len(faults) == before:
            yield Quota(str(name), rule, where, *limits)


def _limits(row: dict[str, Any]) -> tuple[int | None, int | None, Unit] | None:
    unit, least, most = row.get("unit"), row.get("least"), row.get("most")
    if unit not in list(Unit):
        return None
    top = WHOLE if unit == Unit.PERCENT else LARGEST
    told = [one for one in (least, most) if one is not None]
    if not told or not all(_whole(one, 0, top) for one in told):
        return None
    if len(told) == 2 and told[0] > told[1]:
        return None
    return least, most, Unit(unit)


def _rule(
    data: object, facts: Mapping[str, Fact], place: str, faults: Found
) -> Rule | None:
    if data is None:
        return None
    try:
        return parse_rule(data, facts)
    except Faulty:
        faults.append((place, Fault.WRONG_RULE))
        return None


def _rows(
    data: object, name: str, most: int, faults: Found
) -> list[tuple[str, dict[str, Any]]]:
    if not isinstance(data, list) or not all(isinstance(row, dict) for row in data):
        faults.append((name, Fault.NOT_A_PRIORITY))
        return []
    if len(data) > most:
        faults.append((name, Fault.TOO_LONG))
        return []
    return [(f"{name}.{at}", row) for at, row in enumerate(data, start=1)]


def _is_name(name: object) -> bool:
    if not isinstance(name, str) or name.strip().lower() in RESERVED:
        return False
    return 0 < len(name.strip()) <= LONGEST_NAME


def _is_place(where: object) -> bool:
    return (
        isinstance(where, str)
        and 0 < len(where) <= NARROWEST
        and where.isascii()
        and where.replace(".", "").isdecimal()
    )


def _whole(value: object, least: int, most: int) -> bool:
    return (
        isinstance(value, int)
        and not isinstance(value, bool)
        and least <= value <= most
    )
