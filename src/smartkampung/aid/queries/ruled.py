"""The rules of programmes as pages show them."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.shortcuts import get_object_or_404

from smartkampung.aid.models import Programme
from smartkampung.aid.queries.eligible import subject_of, version_of
from smartkampung.criteria.models import RuleVersion
from smartkampung.criteria.queries import registry, rule_of
from smartkampung.criteria.rules import Rule, parse

CUSTOM = 9


@dataclass(frozen=True)
class Ruled:
    """A programme and the version of its rule that holds; it may have none."""

    programme: Programme
    version: RuleVersion | None
    drafts: int


def ruled(on: date) -> list[Ruled]:
    """Return every programme with its rule, by code."""
    drafts = list(
        RuleVersion.objects.filter(approved_at=None).values_list("subject", flat=True)
    )
    return [
        Ruled(row, version_of(row.code, on=on), drafts.count(subject_of(row.code)))
        for row in Programme.objects.order_by("code")
    ]


def version_or_404(pk: int) -> tuple[Programme, RuleVersion]:
    """Return a version and the programme it is about."""
    version = get_object_or_404(RuleVersion, pk=pk)
    code = version.subject.removeprefix("aid:")
    return get_object_or_404(Programme, pk=code), version


def standing_rule(programme: Programme, *, on: date) -> Rule:
    """Return the rule that holds, or the advice of the programme written as one."""
    version = version_of(programme.code, on=on)
    if version is not None:
        return rule_of(version)
    return parse(_advice(programme), registry().facts)


def _advice(programme: Programme) -> dict[str, Any]:
    needed = programme.criteria_needed or CUSTOM
    return {"fact": "poverty_met", "is": "at_least", "value": needed}
