"""Ranks a population by a priority: one statement, whatever its size.

The statement judges exclusion, quotas and marks by ``criteria``, counts the points of
each criterion in whole thousandths, and gives ids and cells (see ``rules.filling``) in
the order of rank, packed into two values. Who gets a place is then decided by rules.
"""

import sys
from array import array
from dataclasses import dataclass
from typing import Any

from django.db import connection

from smartkampung.criteria.kinds import Fact, Kind
from smartkampung.criteria.queries import registry
from smartkampung.criteria.rules import Rule, criteria
from smartkampung.criteria.rules import parse as parse_rule
from smartkampung.criteria.sql import judging
from smartkampung.kernel.rls import as_job
from smartkampung.recovery.targeting.queries.known import Telling
from smartkampung.recovery.targeting.rules.filling import Group
from smartkampung.recovery.targeting.rules.lots import pads
from smartkampung.recovery.targeting.rules.priority import (
    POINT,
    WHOLE,
    Last,
    Need,
    Priority,
    Quota,
    Tie,
    Weighted,
)
from smartkampung.regions.models import Region
from smartkampung.regions.queries import VILLAGES

VILLAGE = 13  # letters in the code of a village
# The code of a village as a number: no table to join, and no list to search in.
VILLAGE_NUMBER = (
    f"coalesce(nullif(replace(left(judged.region_code, {VILLAGE}), '.', ''), '')"
    "::bigint, 0)"
)
ORDERS = {Need.MORE: "DESC", Need.YES: "DESC", Need.LESS: "ASC", Need.NO: "ASC"}
# What figures tell of the chosen, by population; the last two are field checks.
YES = {"is": "is", "value": True}
CHECKS = {
    "checked_needy": {"fact": "visit_recommends", **YES},
    "checked_not": {"fact": "visit_recommends", "is": "is", "value": False},
}
POOREST = {"fact": "decile", "is": "at_most", "value": 2}
MARKS: dict[str, dict[str, dict[str, Any]]] = {
    "affected": {
        "women": {"fact": "female", **YES},
        "disability": {"fact": "own_disability", **YES},
        "poorest": POOREST,
        **CHECKS,
    },
    "families": {
        "women": {"fact": "female_head", **YES},
        "disability": {"fact": "disability", **YES},
        "poorest": POOREST,
        **CHECKS,
    },
}


@dataclass(frozen=True)
class Statement:
    """A relation of ``unit_id``, ``region_code``, ``left_out``, ``cell``, ``score``,
    ``p0``... and facts; ``order`` puts it in the order of rank, ``equals`` in tiers."""

    sql: str
    params: dict[str, Any]
    order: str
    equals: str
    shift: int


@dataclass(frozen=True)
class Ranking:
    """Ids and cells in the order of rank; those left out stand behind ``count``."""

    ids: "array[int]"
    cells: "array[int]"
    count: int
    shift: int
    villages: dict[int, str]  # the code of each, by its number
    marks: dict[str, int]  # the bit of each

    def village(self, cell: int) -> str:
        """Return the code of the village that a cell lies in."""
        return self.villages.get(cell >> self.shift, "")


def names_in(priority: Priority, population: str) -> list[str]:
    """Return the facts that ranking by a priority reads, each once."""
    rules = [rule for rule in _rules(priority, population) if rule is not None]
    return list(
        dict.fromkeys(
            [
                *(one.fact for one in priority.criteria),
                *(tie.fact for tie in priority.ties),
                *(one.fact for rule in rules for one in criteria(rule)),
            ]
        )
    )


def rank(
    priority: Priority, population: str, telling: Telling, *, seed: str = ""
) -> Ranking:
    """Rank everybody that a statement tells of."""
    made = statement(priority, population, telling, seed=seed)
    # The order of a subquery is kept by an aggregate over it that runs alone.
    sql = (
        "SELECT count(*) FILTER (WHERE NOT left_out),"
        " coalesce(string_agg(int8send(unit_id), ''::bytea), ''::bytea),"
        " coalesce(string_agg(int8send(cell), ''::bytea), ''::bytea)"
        f" FROM (SELECT unit_id, cell, left_out FROM ({made.sql}) AS scored"
        f" ORDER BY left_out, {made.order}) AS ordered"
    )
    with as_job(), connection.cursor() as cursor:
        cursor.execute(sql, made.params)
        count, ids, cells = cursor.fetchone()
    return Ranking(
        _unpacked(ids),
        _unpacked(cells),
        count,
        made.shift,
        villages(),
        marks_of(priority, population),
    )


def marks_of(priority: Priority, population: str) -> dict[str, int]:
    """Return the bit of each mark; those of the quotas come before."""
    return {
        name: 1 << (len(priority.quotas) + at)
        for at, name in enumerate(MARKS[population])
    }


def groups_of(priority: Priority, places: int) -> list[Group]:
    """Return the groups of the quotas, with their limits among so many places."""
    return [
        Group(1 << at, *quota.limits(places))
        for at, quota in enumerate(priority.quotas)
    ]


def statement(
    priority: Priority, population: str, telling: Telling, *, seed: str = ""
) -> Statement:
    """Return the relation that scores everybody of whom a statement tells."""
    about = registry(population)
    rules = _rules(priority, population)
    known_rules = [rule for rule in rules if rule is not None]
    judged = judging(known_rules, about, telling.sql, dict(telling.params))
    params = dict(judged.values)
    columns: dict[int, str] = {}
    for at, rule in enumerate(rules):
        if rule is not None:
            columns[at] = f"judged.e{len(columns)}"
    conditions = [
        columns[at] if at in columns else _place_sql(priority, at, params)
        for at in range(len(rules))
    ]
    points = [
        f"{points_sql(one, about.facts[one.fact], f'w{at}', params)} AS p{at}"
        for at, one in enumerate(priority.criteria)
    ]
    bits = [f"({sql})::int * {1 << at}" for at, sql in enumerate(conditions[1:])]
    cell = " + ".join([f"{VILLAGE_NUMBER} * {1 << len(bits)}", *bits])
    total = " + ".join(f"counted.p{at}" for at in range(len(points)))
    sql = (
        f"SELECT counted.*, ({total}) AS score FROM (SELECT judged.*,"
        f" {conditions[0]} AS left_out, {cell} AS cell, {', '.join(points)}"
        f" FROM ({judged.sql}) AS judged) AS counted"
    )
    equals = ", ".join(["score DESC", *map(_tie_sql, priority.ties)])
    return Statement(
        sql, params, _order(priority, equals, seed, params), equals, len(bits)
    )


def points_sql(one: Weighted, fact: Fact, name: str, params: dict[str, Any]) -> str:
    """Return the thousandths of a criterion as SQL over ``judged``.

    It says what ``rules.priority.points`` says; a test compares the two.
    """
    known = f'judged."{fact.name}"'
    full = one.weight * POINT
    if one.need is Need.CODES:
        return _codes_sql(one, fact, name, params)
    params[name] = full
    weight = f"%({name})s::bigint"
    if one.need in {Need.YES, Need.NO}:
        wanted = "true" if one.need is Need.YES else "false"
        return f"CASE WHEN {known} = {wanted} THEN {weight} ELSE 0 END"
    params[f"{name}l"], params[f"{name}h"] = one.low, one.high
    low, high = f"%({name}l)s::bigint", f"%({name}h)s::bigint"
    way = f"{known} - {low}" if one.need is Need.MORE else f"{high} - {known}"
    width = f"({high} - {low})"
    # Both are above nought, so that division cuts off as Python's does.
    inside = f"least(greatest({way}, 0), {width})"
    return f"coalesce({weight} * {inside} / {width}, 0)"


def _codes_sql(one: Weighted, fact: Fact, name: str, params: dict[str, Any]) -> str:
    known = f'judged."{fact.name}"'
    cases = []
    for at, (code, share) in enumerate(one.shares):
        key = f"{name}c{at}"
        params[key] = int(code) if fact.kind is Kind.CODE else code
        params[f"{key}s"] = one.weight * POINT * share // WHOLE
        test = (
            f"{known} = %({key})s::int"
            if fact.kind is Kind.CODE
            else f"%({key})s::text = ANY({known})"
        )
        cases.append(f"CASE WHEN {test} THEN %({key}s)s::bigint ELSE 0 END")
    return f"greatest(0::bigint, {', '.join(cases)})"


def _rules(priority: Priority, population: str) -> list[Rule | None]:
    """Return exclusion, quotas and marks in the order of their bits; None has no rule."""
    facts = registry(population).facts
    marks = [parse_rule(mark, facts) for mark in MARKS[population].values()]
    return [priority.exclude, *(quota.rule for quota in priority.quotas), *marks]


def _place_sql(priority: Priority, at: int, params: dict[str, Any]) -> str:
    if at == 0:
        return "false"  # nothing is left out
    quota: Quota = priority.quotas[at - 1]
    params[f"q{at}"] = f"{quota.where}."
    return f"starts_with(judged.region_code || '.', %(q{at})s::text)"


def _tie_sql(tie: Tie) -> str:
    return f'"{tie.fact}" {ORDERS[tie.need]} NULLS LAST'


def _order(priority: Priority, equals: str, seed: str, params: dict[str, Any]) -> str:
    if priority.last is Last.OLDEST:
        return f"{equals}, unit_id"  # ids are given in the order of registration
    params["inner"], params["outer"] = pads(seed)
    number = "convert_to(unit_id::text, 'UTF8')"
    drawn = f"sha256(%(outer)s::bytea || sha256(%(inner)s::bytea || {number}))"
    return f"{equals}, {drawn}, unit_id"


def villages() -> dict[int, str]:
    """Return the codes of all villages by their numbers."""
    codes = Region.objects.filter(kind__in=VILLAGES).values_list("code", flat=True)
    return {int(code.replace(".", "")): code for code in codes}


def _unpacked(packed: bytes) -> "array[int]":
    found: array[int] = array("q")
    found.frombytes(bytes(packed))
    if sys.byteorder == "little":
        found.byteswap()
    return found
