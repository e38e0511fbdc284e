"""Save, propose, approve and drop scenarios; approving keeps the ranking forever."""

import re
from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from smartkampung.audit.actions import record
from smartkampung.criteria.models import RuleVersion
from smartkampung.kernel.clock import day
from smartkampung.kernel.errors import Refused, atomic_or_refuse
from smartkampung.recovery.targeting.actions.priorities import checked
from smartkampung.recovery.targeting.bulk import keep_facts, keep_ranking
from smartkampung.recovery.targeting.models import Scenario
from smartkampung.recovery.targeting.queries.known import kept
from smartkampung.recovery.targeting.queries.outcome import (
    outcome,
    places_for,
    priority_of,
    shortages,
)
from smartkampung.recovery.targeting.queries.ranking import names_in
from smartkampung.recovery.targeting.rules.priority import Last

State = Scenario.State
SEED = re.compile(r"[0-9A-Za-z][0-9A-Za-z ._:-]{5,63}")
NOT_YOURS = _("You made or proposed this scenario, so another officer must approve it.")
MOVED_ON = _("Somebody has moved this scenario on. Look at it again.")


class ScenarioRefused(Refused):
    """This cannot be done to the scenario, or not by this person; it says why."""

    code = "scenario_refused"


def save_scenario(
    *,
    name: str,
    population: str,
    spec: Any,
    budget: int,
    cost_each: int,
    version: RuleVersion | None,
    by: str,
    at: datetime,
) -> Scenario:
    """Write down a draft of a scenario. Raises PriorityRefused or ScenarioRefused."""
    checked(spec, population)
    if budget < 0 or cost_each <= 0:
        raise ScenarioRefused(_("The budget and the cost for each must be amounts."))
    scenario = Scenario.objects.create(
        name=name,
        population=population,
        spec=spec,
        budget=budget,
        cost_each=cost_each,
        version=version,
        state=State.DRAFT,
        made_by=by,
        made_at=at,
    )
    record("targeting.scenario_saved", target=scenario, by=by)
    return scenario


def propose_scenario(*, scenario: Scenario, by: str, at: datetime) -> Scenario:
    """Propose a draft; from here on it is not reworded."""
    with atomic_or_refuse({"scenario_stays_as_proposed": ScenarioRefused(MOVED_ON)}):
        row = _locked(scenario, State.DRAFT)
        row.state, row.proposed_by, row.proposed_at = State.PROPOSED, by, at
        row.save(update_fields=["state", "proposed_by", "proposed_at"])
        record("targeting.scenario_proposed", target=row, by=by)
    return row


def approve_scenario(
    *, scenario: Scenario, seed: str = "", by: str, at: datetime
) -> Scenario:
    """Approve what another person proposed, and keep its ranking as of now.

    A priority that ends by lot needs a seed, drawn in public after the proposal.
    Raises ScenarioRefused.
    """
    with atomic_or_refuse(
        {
            "scenario_needs_two_people": ScenarioRefused(NOT_YOURS),
            "scenario_stays_as_proposed": ScenarioRefused(MOVED_ON),
        }
    ):
        row = _locked(scenario, State.PROPOSED)
        if by in {row.made_by, row.proposed_by}:
            raise ScenarioRefused(NOT_YOURS)
        priority = priority_of(row)
        _check_seed(seed, by_lot=priority.last is Last.LOT)
        keep_facts(row.population, on=day(at), at=at)
        telling = kept(row.population, names_in(priority, row.population))
        places = places_for(row.budget, row.cost_each)
        found = outcome(priority, row.population, telling, places=places, seed=seed)
        keep_ranking(row, found, telling, seed=seed)
        row.figures = {
            "on": day(at).isoformat(),
            "places": found.places,
            "seats": {
                found.ranking.villages.get(village, ""): seats
                for village, seats in found.filled.seats.items()
            },
            "short": shortages(found),
            "tallies": asdict(found.tallies),
        }
        row.state, row.seed = State.APPROVED, seed
        row.approved_by, row.approved_at = by, at
        row.save()
        record(
            "targeting.scenario_approved",
            target=row,
            by=by,
            chosen=found.tallies.chosen,
            ranked=found.tallies.ranked,
        )
    return row


def drop_scenario(*, scenario: Scenario, by: str, at: datetime) -> Scenario:
    """Drop a draft or a proposal; what was approved stays."""
    with atomic_or_refuse({"scenario_stays_as_proposed": ScenarioRefused(MOVED_ON)}):
        row = _locked(scenario, State.DRAFT, State.PROPOSED)
        row.state = State.DROPPED
        row.save(update_fields=["state"])
        record("targeting.scenario_dropped", target=row, by=by)
    return row


def _locked(scenario: Scenario, *states: Scenario.State) -> Scenario:
    row = Scenario.objects.select_for_update().get(pk=scenario.pk)
    if row.state not in states:
        raise ScenarioRefused(MOVED_ON)
    return row


def _check_seed(seed: str, *, by_lot: bool) -> None:
    if by_lot and not SEED.fullmatch(seed):
        raise ScenarioRefused(
            _(
                "This priority ends by lot. Write the seed that was drawn in public:"
                " 6 to 64 letters, numbers or spaces."
            )
        )
    if not by_lot and seed:
        raise ScenarioRefused(_("This priority has no lot. Leave the seed empty."))
