"""Reads priorities: versions, the one in force, what it says."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import Http404

from smartkampung.criteria.models import RuleVersion
from smartkampung.criteria.queries import version_in_force, versions
from smartkampung.recovery.targeting.queries.known import facts_of
from smartkampung.recovery.targeting.rules.priority import Priority
from smartkampung.recovery.targeting.rules.reading import parse

SUBJECT = "targeting:"


@dataclass(frozen=True)
class Worded:
    """A version of a priority and what it says."""

    version: RuleVersion
    code: str
    name: str
    population: str
    priority: Priority
    budget: int
    cost_each: int

    @property
    def spec(self) -> dict[str, Any]:
        """Return the priority as data."""
        spec: dict[str, Any] = self.version.rule["spec"]
        return spec


def worded(version: RuleVersion) -> Worded:
    """Return what a version of a priority says."""
    told = version.rule
    return Worded(
        version,
        version.subject.removeprefix(SUBJECT),
        told["name"],
        told["population"],
        parse(told["spec"], facts_of(told["population"])),
        told["budget"],
        told["cost_each"],
    )


def standing(code: str, *, on: date) -> Worded | None:
    """Return the priority of a code that holds on a day."""
    version = version_in_force(f"{SUBJECT}{code}", on=on)
    return worded(version) if version else None


def all_versions(code: str) -> list[RuleVersion]:
    """Return the versions of a priority, the newest first; 404 when there is none."""
    found = versions(f"{SUBJECT}{code}")
    if not found:
        raise Http404
    return found


def version_or_404(pk: int) -> RuleVersion:
    """Return a version of a priority."""
    row = RuleVersion.objects.filter(pk=pk, subject__startswith=SUBJECT).first()
    if row is None:
        raise Http404
    return row


def priorities() -> list[RuleVersion]:
    """Return the newest version of every priority, by code."""
    rows = RuleVersion.objects.filter(subject__startswith=SUBJECT)
    return list(rows.order_by("subject", "-number").distinct("subject"))
