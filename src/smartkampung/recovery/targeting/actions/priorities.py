"""Write a version of a priority; a second person brings it into force."""

from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from smartkampung.criteria.actions import keep_version
from smartkampung.criteria.models import RuleVersion
from smartkampung.kernel.errors import Refused
from smartkampung.recovery.targeting.models import Scenario
from smartkampung.recovery.targeting.queries.known import facts_of
from smartkampung.recovery.targeting.queries.priorities import SUBJECT
from smartkampung.recovery.targeting.rules.reading import PriorityFaulty, parse
from smartkampung.recovery.targeting.words import said_faults


class PriorityRefused(Refused):
    """The priority cannot be read; the message names every mistake and its place."""

    code = "priority_faulty"


def write_priority(
    *,
    code: str,
    name: str,
    population: str,
    spec: Any,
    budget: int,
    cost_each: int,
    legal_reference: str,
    since: date,
    by: str,
    at: datetime,
) -> RuleVersion:
    """Write down a draft of a priority; it holds nowhere yet. Raises PriorityRefused."""
    if population not in Scenario.Population.values:
        raise PriorityRefused(
            _("Choose whom it is about: affected people or families.")
        )
    if budget < 0 or cost_each <= 0:
        raise PriorityRefused(_("The budget and the cost for each must be amounts."))
    checked(spec, population)
    return keep_version(
        subject=f"{SUBJECT}{code}",
        rule={
            "name": name,
            "population": population,
            "spec": spec,
            "budget": budget,
            "cost_each": cost_each,
        },
        legal_reference=legal_reference,
        since=since,
        until=None,
        by=by,
        at=at,
    )


def checked(spec: Any, population: str) -> None:
    """Raise PriorityRefused for what is no priority over a population."""
    try:
        parse(spec, facts_of(population))
    except PriorityFaulty as faulty:
        raise PriorityRefused(said_faults(faulty)) from faulty
