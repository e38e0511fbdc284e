"""What a priority says, as lines for people."""

from typing import Any

from django.utils.translation import gettext as _

from smartkampung.criteria.words import reading, said
from smartkampung.kernel.wording import whole
from smartkampung.recovery.targeting.queries.known import facts_of
from smartkampung.recovery.targeting.rules.priority import (
    Last,
    Need,
    Priority,
    Quota,
    Tie,
    Unit,
)
from smartkampung.recovery.targeting.words import sentence
from smartkampung.regions.queries import names


def said_priority(priority: Priority, population: str) -> dict[str, Any]:
    """Return criteria, ties, exclusion and quotas in plain words."""
    facts = facts_of(population)
    return {
        "criteria": [
            {
                "text": sentence(one, facts[one.fact]),
                "origin": said(facts[one.fact].origin),
                "weight": whole(one.weight),
            }
            for one in priority.criteria
        ],
        "most": whole(priority.most_points // 1000),
        "ties": [_tie(tie, population) for tie in priority.ties] + [_last(priority)],
        "exclude": reading(priority.exclude, facts) if priority.exclude else None,
        "quotas": [
            {"text": quota_line(one), "rule": _about(one, population)}
            for one in priority.quotas
        ],
        "seats": priority.seats,
    }


def quota_line(quota: Quota) -> str:
    """Return "Women: at least 30% of the places"."""
    unit = "%" if quota.unit is Unit.PERCENT else ""
    parts = []
    if quota.least is not None:
        told = _("at least %(many)s of the places") if unit else _("at least %(many)s")
        parts.append(told % {"many": f"{quota.least}{unit}"})
    if quota.most is not None:
        told = _("at most %(many)s of the places") if unit else _("at most %(many)s")
        parts.append(told % {"many": f"{quota.most}{unit}"})
    return f"{quota.name}: {', '.join(parts)}"


def _about(quota: Quota, population: str) -> dict[str, Any]:
    if quota.rule is None:
        return {"text": names([quota.where]).get(quota.where, quota.where), "parts": []}
    return reading(quota.rule, facts_of(population))


def _tie(tie: Tie, population: str) -> str:
    fact = facts_of(population)[tie.fact]
    words = {
        Need.MORE: _("%(fact)s: the higher first"),
        Need.LESS: _("%(fact)s: the lower first"),
        Need.YES: _("%(fact)s: yes first"),
        Need.NO: _("%(fact)s: no first"),
    }[tie.need]
    return words % {"fact": said(fact.label)}


def _last(priority: Priority) -> str:
    if priority.last is Last.LOT:
        return _("by lot, with a seed that is drawn in public")
    return _("the oldest registration first")
