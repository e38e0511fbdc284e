"""Reads scenarios, and what they come to: as kept, or tried on the facts of today.

A scenario is the regency's, as a cycle of aid is; the people in it are not (``people``).
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.core.cache import caches
from django.shortcuts import get_object_or_404

from smartkampung.kernel.clock import day
from smartkampung.kernel.rls import as_job
from smartkampung.recovery.targeting.models import Kept, Ranked, Scenario
from smartkampung.recovery.targeting.queries.known import kept
from smartkampung.recovery.targeting.queries.lots import drawn_outcome
from smartkampung.recovery.targeting.queries.outcome import (
    TRIAL_SEED,
    Outcome,
    Tallies,
    outcome,
    places_for,
    priority_of,
    shortages,
)
from smartkampung.recovery.targeting.queries.ranking import names_in
from smartkampung.recovery.targeting.rules.priority import Priority, data_of

REMEMBERED_SECONDS = 3_600
State, Population = Scenario.State, Scenario.Population


@dataclass(frozen=True)
class Figures:
    """What a scenario comes to, and the ids of the chosen."""

    places: int
    tallies: Tallies
    short: list[dict[str, Any]]
    chosen: list[int]
    on: str  # the day of the facts


def scenarios() -> list[Scenario]:
    """Return all scenarios that were not dropped, the newest first."""
    rows = Scenario.objects.exclude(state=State.DROPPED)
    return list(rows.select_related("version").order_by("-made_at", "pk"))


def scenario_or_404(pk: UUID) -> Scenario:
    """Return a scenario."""
    return get_object_or_404(Scenario.objects.select_related("version"), pk=pk)


def figures_of(scenario: Scenario, facts: Kept | None = None) -> Figures:
    """Return the figures kept with a scenario, or those of facts kept for a day.

    A lottery that waits is counted over its list, by a seed for trying.
    """
    if scenario.state == State.PROPOSED and scenario.list_hash and scenario.proposed_at:
        found = drawn_outcome(scenario, seed=TRIAL_SEED)
        return figures(found, on=day(scenario.proposed_at).isoformat())
    if scenario.state == State.APPROVED or facts is None:
        told: Mapping[str, Any] = scenario.figures
        column = _column(scenario.population)
        rows = Ranked.objects.filter(scenario=scenario, chosen=True).order_by("place")
        with as_job():  # numbers to count by; names are asked for one by one
            chosen = list(rows.values_list(column, flat=True))
        tallies = Tallies(**told["tallies"])
        return Figures(told["places"], tallies, told["short"], chosen, told["on"])
    return remembered(
        priority_of(scenario),
        facts,
        budget=scenario.budget,
        cost_each=scenario.cost_each,
    )


def remembered(
    priority: Priority, facts: Kept, *, budget: int, cost_each: int
) -> Figures:
    """Return figures on facts kept for a day; the same question is counted once.

    Whoever moves weights asks about the base each time, and it is half of the work.
    """
    about = [data_of(priority), budget, cost_each, str(facts.at)]
    asked = sha256(json.dumps(about, sort_keys=True).encode()).hexdigest()
    key = f"targeting:{facts.population}:{asked}"
    known: Figures | None = caches["local"].get(key)
    if known is None:
        found = tried(priority, facts.population, budget=budget, cost_each=cost_each)
        known = figures(found, on=facts.on.isoformat())
        caches["local"].set(key, known, REMEMBERED_SECONDS)
    return known


def figures(found: Outcome, *, on: str) -> Figures:
    """Return the figures of an outcome."""
    return Figures(
        found.places, found.tallies, shortages(found), list(found.chosen), on
    )


def tried(
    priority: Priority, population: str, *, budget: int, cost_each: int
) -> Outcome:
    """Rank the facts kept today by a priority, and spend a budget on them."""
    telling = kept(population, names_in(priority, population))
    places = places_for(budget, cost_each)
    return outcome(priority, population, telling, places=places)


def _column(population: str) -> str:
    return "affected_id" if population == Population.AFFECTED else "family_id"
