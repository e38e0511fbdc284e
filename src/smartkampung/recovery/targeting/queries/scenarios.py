"""Reads scenarios, and what they come to: as kept, or tried on the facts of today.

A scenario is the regency's, as a cycle of aid is; the people in it are not (``people``).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.shortcuts import get_object_or_404

from smartkampung.recovery.targeting.models import Ranked, Scenario
from smartkampung.recovery.targeting.queries.known import kept
from smartkampung.recovery.targeting.queries.outcome import (
    Outcome,
    Tallies,
    outcome,
    places_for,
    priority_of,
    shortages,
)
from smartkampung.recovery.targeting.queries.ranking import names_in
from smartkampung.recovery.targeting.rules.priority import Priority

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


def figures_of(scenario: Scenario, *, on: str) -> Figures:
    """Return the figures kept with a scenario, or those of the facts kept today."""
    if scenario.state == State.APPROVED:
        told: Mapping[str, Any] = scenario.figures
        column = _column(scenario.population)
        rows = Ranked.objects.filter(scenario=scenario, chosen=True).order_by("place")
        chosen = list(rows.values_list(column, flat=True))
        tallies = Tallies(**told["tallies"])
        return Figures(told["places"], tallies, told["short"], chosen, told["on"])
    found = tried(
        priority_of(scenario),
        scenario.population,
        budget=scenario.budget,
        cost_each=scenario.cost_each,
    )
    return figures(found, on=on)


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
