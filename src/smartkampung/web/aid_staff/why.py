"""What the rule of a programme says of a family: each criterion with its fact."""

from collections.abc import Iterable
from typing import Any

from smartkampung.criteria.queries import Judgement, registry
from smartkampung.criteria.rules import Criterion, Test
from smartkampung.criteria.words import said, sentence, value


def judged(found: Judgement | None) -> list[dict[str, Any]]:
    """Return the reasons that a rule gives now."""
    if found is None:
        return []
    return [_line(one.criterion, one.known, one.met) for one in found.results]


def kept(evaluation: Any) -> list[dict[str, Any]]:
    """Return the reasons that were kept with a decision, as they were then."""
    if evaluation is None:
        return []
    return [
        _line(Criterion(row.fact, Test(row.test), row.value), row.known, row.met)
        for row in _in_order(evaluation.results.all())
    ]


def _in_order(rows: Iterable[Any]) -> list[Any]:
    return sorted(rows, key=lambda row: row.place)


def _line(one: Criterion, known: Any, met: bool) -> dict[str, Any]:
    fact = registry().facts[one.fact]
    return {
        # Nothing known is neither yes nor no, though it meets no criterion.
        "met": None if known is None else met,
        "text": sentence(one, registry().facts),
        "fact": f"{value(fact, known)} ({said(fact.origin)})",
    }
