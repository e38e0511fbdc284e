"""A rule as data: criteria on facts, joined by all, any or at-least-n-of.

``parse`` reads JSON and names every mistake with its place; nothing here knows a
database or a domain.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from smartkampung.criteria.kinds import Fact, Kind

DEEPEST, MOST = 5, 60
LARGEST = 10**12  # of any fact, and of what is typed beside one


class Test(StrEnum):
    """How a fact is compared."""

    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    EQUALS = "equals"
    IS = "is"
    ONE_OF = "one_of"
    NONE_OF = "none_of"
    INCLUDES = "includes"
    EXCLUDES = "excludes"


TESTS = {
    Kind.NUMBER: (Test.AT_LEAST, Test.AT_MOST, Test.EQUALS),
    Kind.YES_NO: (Test.IS,),
    Kind.CODE: (Test.ONE_OF, Test.NONE_OF),
    Kind.CODES: (Test.INCLUDES, Test.EXCLUDES),
}


class How(StrEnum):
    """How the parts of a group count together."""

    ALL = "all"
    ANY = "any"
    AT_LEAST = "at_least"


@dataclass(frozen=True)
class Criterion:
    """One comparison of one fact."""

    fact: str
    test: Test
    value: Any


@dataclass(frozen=True)
class Group:
    """Several parts, of which all, any, or at least ``needed`` must hold."""

    how: How
    parts: tuple["Criterion | Group", ...]
    needed: int = 0


Rule = Criterion | Group


class Fault(StrEnum):
    """What can be wrong with a rule."""

    NOT_A_RULE = "not_a_rule"
    EMPTY = "empty"
    TOO_DEEP = "too_deep"
    TOO_LONG = "too_long"
    UNKNOWN_FACT = "unknown_fact"
    WRONG_TEST = "wrong_test"
    WRONG_VALUE = "wrong_value"
    WRONG_COUNT = "wrong_count"


class Faulty(ValueError):
    """The rule cannot be read: ``faults`` are pairs of a place and a fault."""

    def __init__(self, faults: list[tuple[str, Fault]]) -> None:
        super().__init__(str(faults))
        self.faults = faults


def parse(data: object, facts: Mapping[str, Fact]) -> Rule:
    """Return the rule that JSON data describes; raise Faulty with every mistake."""
    faults: list[tuple[str, Fault]] = []
    rule = _read(data, facts, "1", faults)
    if not faults and rule is not None and len(list(criteria(rule))) > MOST:
        faults.append(("1", Fault.TOO_LONG))
    if faults or rule is None:
        raise Faulty(faults)
    return rule


def criteria(rule: Rule) -> Iterator[Criterion]:
    """Return the criteria of a rule in the order they are written."""
    if isinstance(rule, Criterion):
        yield rule
        return
    for part in rule.parts:
        yield from criteria(part)


def as_data(rule: Rule) -> dict[str, Any]:
    """Return a rule as JSON data; ``parse`` reads it back."""
    if isinstance(rule, Criterion):
        return {"fact": rule.fact, "is": rule.test.value, "value": rule.value}
    parts = [as_data(part) for part in rule.parts]
    if rule.how is How.AT_LEAST:
        return {"at_least": rule.needed, "of": parts}
    return {rule.how.value: parts}


def beyond(rule: Rule, facts: Mapping[str, Fact]) -> list[Criterion]:
    """Return the criteria whose number is above anything that the fact can be.

    They can be read, for older versions may hold one; no new version may.
    """
    return [
        one
        for one in criteria(rule)
        if facts[one.fact].kind is Kind.NUMBER and one.value > facts[one.fact].most
    ]


def with_values(rule: Rule, values: Mapping[int, Any]) -> Rule:
    """Return the rule with other values for the criteria at some positions."""
    return _replace(rule, values, iter(range(MOST + 1)))


def _replace(rule: Rule, values: Mapping[int, Any], count: Iterator[int]) -> Rule:
    if isinstance(rule, Criterion):
        return Criterion(rule.fact, rule.test, values.get(next(count), rule.value))
    parts = tuple(_replace(part, values, count) for part in rule.parts)
    return Group(rule.how, parts, rule.needed)


def _read(
    data: object,
    facts: Mapping[str, Fact],
    place: str,
    faults: list[tuple[str, Fault]],
) -> Rule | None:
    if not isinstance(data, dict):
        faults.append((place, Fault.NOT_A_RULE))
        return None
    if "fact" in data:
        return _criterion(data, facts, place, faults)
    found = _group(data)
    if found is None:
        faults.append((place, Fault.NOT_A_RULE))
        return None
    how, items, needed = found
    wrong = _wrong_group(how, items, needed, place)
    if wrong:
        faults.append((place, wrong))
        return None
    read = [
        _read(item, facts, f"{place}.{at}", faults)
        for at, item in enumerate(items, start=1)
    ]
    return Group(how, tuple(part for part in read if part is not None), needed)


def _group(data: dict[str, Any]) -> tuple[How, list[Any], Any] | None:
    keys = set(data)
    if keys == {"at_least", "of"} and isinstance(data["of"], list):
        return How.AT_LEAST, data["of"], data["at_least"]
    for how in (How.ALL, How.ANY):
        if keys == {how.value} and isinstance(data[how.value], list):
            return how, data[how.value], 0
    return None


def _wrong_group(how: How, items: list[Any], needed: Any, place: str) -> Fault | None:
    if not items:
        return Fault.EMPTY
    if place.count(".") >= DEEPEST:
        return Fault.TOO_DEEP
    if how is How.AT_LEAST and not _whole(needed, 1, len(items)):
        return Fault.WRONG_COUNT
    return None


def _criterion(
    data: dict[str, Any],
    facts: Mapping[str, Fact],
    place: str,
    faults: list[tuple[str, Fault]],
) -> Criterion | None:
    fact = facts.get(str(data["fact"]))
    if fact is None or set(data) != {"fact", "is", "value"}:
        faults.append((place, Fault.NOT_A_RULE if fact else Fault.UNKNOWN_FACT))
        return None
    if data["is"] not in TESTS[fact.kind]:
        faults.append((place, Fault.WRONG_TEST))
        return None
    if not fits(fact, data["value"]):
        faults.append((place, Fault.WRONG_VALUE))
        return None
    return Criterion(fact.name, Test(data["is"]), data["value"])


def fits(fact: Fact, value: object) -> bool:
    """Say whether a value may stand beside a fact."""
    if fact.kind is Kind.NUMBER:
        return _whole(value, 0, LARGEST)
    if fact.kind is Kind.YES_NO:
        return isinstance(value, bool)
    if fact.kind is Kind.CODES:
        return isinstance(value, str) and value in fact.choices
    return (
        isinstance(value, list)
        and bool(value)
        and all(_whole(one, 0, 9999) and str(one) in fact.choices for one in value)
    )


def _whole(value: object, least: int, most: int) -> bool:
    return (
        isinstance(value, int)
        and not isinstance(value, bool)
        and least <= value <= most
    )
