"""Reads rules in force, and judges families by them: the one evaluator."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from importlib import import_module
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.models import Q

from smartkampung.criteria.kinds import Registry
from smartkampung.criteria.models import RuleVersion
from smartkampung.criteria.rules import Criterion, Rule, parse
from smartkampung.criteria.sql import Compiled, Scope, compile_replay, compile_rules


@lru_cache
def registry(about: str = "") -> Registry:
    """Return the facts of all modules that the settings name, and what they are about.

    Families and what rules of aid may name; or, said ``about`` something that the
    settings know, also what is known of that alone.
    """
    more = settings.FACTS_ABOUT[about] if about else []
    modules = [import_module(name) for name in [*settings.FACTS, *more]]
    facts = [fact for module in modules for fact in module.FACTS]
    base = [module.BASE for module in modules if hasattr(module, "BASE")][-1]
    return Registry(base, {fact.name: fact for fact in facts})


def version_in_force(subject: str, *, on: date) -> RuleVersion | None:
    """Return the version of a rule that holds on a day."""
    return (
        RuleVersion.objects.filter(subject=subject, since__lte=on)
        .filter(Q(until=None) | Q(until__gt=on), approved_at__isnull=False)
        .first()
    )


def versions(subject: str) -> list[RuleVersion]:
    """Return all versions of a rule, the newest first."""
    return list(RuleVersion.objects.filter(subject=subject).order_by("-number"))


def rule_of(version: RuleVersion) -> Rule:
    """Return what a version says."""
    return parse(version.rule, registry().facts)


@dataclass(frozen=True)
class Result:
    """One criterion about one family: what is known (None: nothing), and whether met."""

    criterion: Criterion
    known: Any
    met: bool


@dataclass(frozen=True)
class Judgement:
    """What a rule says about one family."""

    family_id: int
    eligible: bool
    facts: dict[str, Any]
    results: tuple[Result, ...]


def compiled(*rules: Rule, scope: Scope) -> Compiled:
    """Return the one statement that judges the families of a scope by these rules."""
    return compile_rules(rules, registry(), scope)


def judge(rule: Rule, scope: Scope, *, on: date) -> list[Judgement]:
    """Return what a rule says about each family of a scope on a day."""
    statement = compiled(rule, scope=scope)
    with rows_of(statement.sql, statement.params(on)) as rows:
        return [_judgement(row, statement) for row in rows]


def replay(version: RuleVersion, facts: dict[str, Any]) -> Judgement:
    """Return what a version says of facts that were kept with a decision."""
    statement = compile_replay(rule_of(version), registry())
    params = {**statement.values, "kept": json.dumps(facts)}
    with rows_of(statement.sql, params) as rows:
        return _judgement(next(rows), statement)


def _judgement(row: dict[str, Any], statement: Compiled) -> Judgement:
    facts = {name: row[name] for name in statement.facts}
    results = tuple(
        Result(one, facts[one.fact], row[f"r0c{at}"])
        for at, one in enumerate(statement.criteria[0])
    )
    return Judgement(row["unit_id"], row["e0"], facts, results)


@contextmanager
def rows_of(sql: str, params: dict[str, Any]) -> Iterator[Iterator[dict[str, Any]]]:
    """Run a statement; give its rows by the names of their columns."""
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        names = [column.name for column in cursor.description or ()]
        yield (dict(zip(names, row, strict=True)) for row in cursor.fetchall())
