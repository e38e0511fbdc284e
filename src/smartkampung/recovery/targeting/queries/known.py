"""Where a ranking reads facts from: the tables themselves, or what was kept of them.

Both are statements with ``unit_id``, ``region_code`` and the facts by name, over which
``criteria.sql`` judges rules and ``ranking`` counts points; so one compiler ranks
affected people and families alike.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from smartkampung.criteria.kinds import Fact, Kind, Registry
from smartkampung.criteria.queries import registry
from smartkampung.criteria.sql import EVERYWHERE, Scope, known
from smartkampung.recovery.targeting.models import Kept, KnownAffected, KnownFamily

TABLES: dict[str, type[KnownAffected] | type[KnownFamily]] = {
    "affected": KnownAffected,
    "families": KnownFamily,
}


@dataclass(frozen=True)
class Telling:
    """A statement that tells facts, and its parameters."""

    sql: str
    params: Mapping[str, Any] = field(default_factory=dict)


def facts_of(population: str) -> Mapping[str, Fact]:
    """Return the facts that a priority over a population may name."""
    return registry(population).facts


def live(
    population: str, names: Iterable[str], *, on: date, scope: Scope = EVERYWHERE
) -> Telling:
    """Read facts as they are."""
    about: Registry = registry(population)
    facts = [about.facts[name] for name in names]
    return Telling(known(facts, about, scope), {**scope.params, "on": on})


def kept(population: str, names: Iterable[str]) -> Telling:
    """Read facts as they were kept."""
    facts = facts_of(population)
    kinds = (numbered(facts), listed(facts))
    at = {name: place for kind in kinds for place, name in enumerate(kind, start=1)}
    columns = "".join(f', {_read(facts[name], at)} AS "{name}"' for name in names)
    table = TABLES[population]._meta.db_table
    return Telling(f'SELECT k.unit_id, k.region_code{columns} FROM "{table}" k')


def kept_as_of(population: str) -> Kept | None:
    """Return when facts were kept; nothing when the registry has other facts since."""
    row = Kept.objects.filter(pk=population).first()
    facts = facts_of(population)
    if row is None or row.numbers != numbered(facts) or row.listed != listed(facts):
        return None
    return row


def numbered(facts: Mapping[str, Fact]) -> list[str]:
    """Return the facts that are kept as numbers, in their order."""
    return [fact.name for fact in facts.values() if fact.kind is not Kind.CODES]


def listed(facts: Mapping[str, Fact]) -> list[str]:
    """Return the facts that are kept as lists of codes."""
    return [fact.name for fact in facts.values() if fact.kind is Kind.CODES]


def _read(fact: Fact, at: Mapping[str, int]) -> str:
    if fact.kind is Kind.CODES:
        return f"string_to_array(k.lists[{at[fact.name]}], ',')"
    value = f'k."values"[{at[fact.name]}]'
    if fact.kind is Kind.YES_NO:
        return f"({value} = 1)"
    return f"{value}::int" if fact.kind is Kind.CODE else value
