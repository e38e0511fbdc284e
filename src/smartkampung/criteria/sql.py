"""Compiles rules to one parametrised statement; literals travel as parameters only.

One statement for one family and for all: only where it looks differs. That is written
in words of its own for each kind of scope, for a choice left to parameters ("everywhere,
or one of these") makes PostgreSQL read every person to judge one family.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from smartkampung.criteria.kinds import (
    KEPT_TYPES,
    SQL_TYPES,
    Base,
    Fact,
    Registry,
    Source,
)
from smartkampung.criteria.rules import Criterion, How, Rule, Test, criteria

REGENCY = 5  # letters in the code of a regency, such as 35.10
COMPARED = {
    Test.AT_LEAST: "{fact} >= {value}",
    Test.AT_MOST: "{fact} <= {value}",
    Test.EQUALS: "{fact} = {value}",
    Test.IS: "{fact} = {value}",
    Test.ONE_OF: "{fact} = ANY({value})",
    Test.NONE_OF: "{fact} <> ALL({value})",
    Test.INCLUDES: "{value} = ANY({fact})",
    Test.EXCLUDES: "{value} <> ALL({fact})",
}


@dataclass(frozen=True)
class Scope:
    """Which of a base: some by id, all of a region, or (``everywhere``) all."""

    families: tuple[int, ...] = ()
    region: str = ""
    everywhere: bool = False

    @property
    def params(self) -> dict[str, Any]:
        """Return the parameters of the scope."""
        # Only codes of regions come here: digits and dots, which LIKE takes as such.
        inside = f"{self.region}.%" if self.region else ""
        return {
            "families": list(self.families),
            "region": self.region,
            "inside": inside,
        }

    def of_base(self, base: Base) -> str:
        """Return the condition on the rows of the base themselves."""
        if self.everywhere:
            return "true"
        if self.region:
            return f"({base.region} = %(region)s OR {base.region} LIKE %(inside)s)"
        return f"{base.key} = ANY(%(families)s::bigint[])"

    def of_source(self, source: Source, base: Base) -> str:
        """Return the condition on what is known of them, before it is joined."""
        apart = source.unit != base.unit  # few of all families, perhaps
        wide = self.everywhere or (self.region and len(self.region) <= REGENCY)
        if wide and not apart:
            return "true"  # nearly all are wanted: the join leaves out the others
        if apart or self.region:
            key = base.key_of(source.unit)
            inside = f"SELECT {key} FROM {base.table} WHERE {self.of_base(base)}"
            return f"{source.key} IN ({inside})"
        return f"{source.key} = ANY(%(families)s::bigint[])"


EVERYWHERE = Scope(everywhere=True)


@dataclass(frozen=True)
class Compiled:
    """A statement over families or people: ``unit_id``, ``region_code``, the facts by
    name, ``r0c0``... for each criterion of each rule, and ``e0``... for each rule."""

    sql: str
    values: dict[str, Any]
    facts: tuple[str, ...]
    criteria: tuple[tuple[Criterion, ...], ...]

    def params(self, on: date) -> dict[str, Any]:
        """Return the parameters for a day."""
        return {**self.values, "on": on}


def compile_rules(
    rules: Sequence[Rule], registry: Registry, scope: Scope = EVERYWHERE
) -> Compiled:
    """Return one statement that judges the families of a scope by several rules."""
    facts = _named(rules, registry)
    return judging(rules, registry, known(facts, registry, scope), scope.params)


def known(facts: Sequence[Fact], registry: Registry, scope: Scope = EVERYWHERE) -> str:
    """Return a statement over a base: ``unit_id``, ``region_code``, facts by name."""
    base = registry.base
    columns = "".join(f', {_column(fact)} AS "{fact.name}"' for fact in facts)
    return (
        f"SELECT {base.key} AS unit_id, {base.region} AS region_code{columns}"
        f" {_from(facts, registry, scope)}"
    )


def compile_replay(rule: Rule, registry: Registry) -> Compiled:
    """Return the same judging over facts that were kept, as the JSON ``%(kept)s``."""
    facts = "".join(f', kept."{fact.name}"' for fact in _named([rule], registry))
    columns = ", ".join(
        f'"{fact.name}" {KEPT_TYPES[fact.kind]}' for fact in _named([rule], registry)
    )
    return judging(
        [rule],
        registry,
        f"SELECT 0 AS unit_id, '' AS region_code{facts}"
        f" FROM jsonb_to_record(%(kept)s::jsonb) AS kept({columns})",
        {},
    )


def _named(rules: Sequence[Rule], registry: Registry) -> list[Fact]:
    names = dict.fromkeys(one.fact for rule in rules for one in criteria(rule))
    return [registry.facts[name] for name in names]


def judging(
    rules: Sequence[Rule], registry: Registry, inner: str, params: dict[str, Any]
) -> Compiled:
    """Return a statement that judges by rules what another one tells as ``known``."""
    listed = tuple(tuple(criteria(rule)) for rule in rules)
    values = dict(params)
    tests, verdicts = [], []
    for at, rule in enumerate(rules):
        columns = []
        for place, one in enumerate(listed[at]):
            column = f"r{at}c{place}"
            values[column] = one.value
            columns.append(column)
            tests.append(f"{_test(one, registry.facts[one.fact], column)} AS {column}")
        verdicts.append(f"{_verdict(rule, iter(columns))} AS e{at}")
    tested = f"SELECT {', '.join(['known.*', *tests])} FROM ({inner}) AS known"
    sql = f"SELECT {', '.join(['tested.*', *verdicts])} FROM ({tested}) AS tested"
    names = tuple(fact.name for fact in _named(rules, registry))
    return Compiled(sql, values, names, listed)


def _column(fact: Fact) -> str:
    return f'coalesce({fact.source.name}."{fact.name}", {fact.absent})'


def _test(one: Criterion, fact: Fact, column: str) -> str:
    value = f"%({column})s::{SQL_TYPES[fact.kind]}"
    compared = COMPARED[one.test].format(fact=f'known."{fact.name}"', value=value)
    return f"coalesce({compared}, false)"


def _verdict(rule: Rule, columns: Any) -> str:
    if isinstance(rule, Criterion):
        return f"tested.{next(columns)}"
    parts = [_verdict(part, columns) for part in rule.parts]
    if rule.how is How.AT_LEAST:
        # The number was read as a whole number by ``parse``: it is none of the data.
        counted = " + ".join(f"({part})::int" for part in parts)
        return f"(({counted}) >= {int(rule.needed)})"
    return "(" + f" {'AND' if rule.how is How.ALL else 'OR'} ".join(parts) + ")"


def _from(facts: Sequence[Fact], registry: Registry, scope: Scope) -> str:
    base = registry.base
    sources = dict.fromkeys([base.alive, *(fact.source for fact in facts)])
    joins = "".join(
        f" {'JOIN' if source is base.alive else 'LEFT JOIN'}"
        f" ({_relation(source, facts, base, scope)}) AS {source.name}"
        f" ON {source.name}.unit_id = {base.key_of(source.unit)}"
        for source in sources
    )
    return f"FROM {base.table}{joins} WHERE {scope.of_base(base)}"


def _relation(source: Source, facts: Sequence[Fact], base: Base, scope: Scope) -> str:
    columns = "".join(
        f', {fact.sql} AS "{fact.name}"' for fact in facts if fact.source == source
    )
    distinct = f"DISTINCT ON ({source.key}) " if source.distinct else ""
    return (
        f"SELECT {distinct}{source.key} AS unit_id{columns} FROM {source.tables}"
        f" WHERE {source.where} AND {scope.of_source(source, base)} {source.tail}"
    )
