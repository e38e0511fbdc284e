"""Save, propose, approve and drop scenarios; approving keeps the ranking forever."""

import re
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from smartkampung.audit.actions import record
from smartkampung.criteria.models import RuleVersion
from smartkampung.kernel.clock import day
from smartkampung.kernel.errors import Refused, atomic_or_refuse
from smartkampung.kernel.wording import long_day
from smartkampung.recovery.targeting.actions.priorities import checked
from smartkampung.recovery.targeting.bulk import (
    keep_drawn,
    keep_facts,
    keep_list,
    keep_ranking,
)
from smartkampung.recovery.targeting.models import Scenario
from smartkampung.recovery.targeting.queries.known import kept
from smartkampung.recovery.targeting.queries.lots import (
    drawn_outcome,
    hash_of,
    list_of,
)
from smartkampung.recovery.targeting.queries.outcome import (
    Outcome,
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
ANOTHER_LIST = _(
    "The list of the lottery is not the one that was proposed. Drop this scenario and"
    " propose it anew."
)
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


def propose_scenario(
    *,
    scenario: Scenario,
    seed_source: str = "",
    seed_on: date | None = None,
    by: str,
    at: datetime,
) -> Scenario:
    """Propose a draft; from here on it is not reworded.

    Where equals are parted by lot, the list is fixed now, before anybody knows the
    seed, and it is named where and on which day the seed will be drawn.
    """
    with atomic_or_refuse({"scenario_stays_as_proposed": ScenarioRefused(MOVED_ON)}):
        row = _locked(scenario, State.DRAFT)
        priority = priority_of(row)
        _check_source(
            seed_source, seed_on, by_lot=priority.last is Last.LOT, today=day(at)
        )
        if priority.last is Last.LOT:
            keep_facts(row.population, on=day(at), at=at)
            telling = kept(row.population, names_in(priority, row.population))
            row.left_out = keep_list(row, priority, telling)
            row.list_hash = hash_of(list_of(row))
            row.seed_source, row.seed_on = seed_source.strip(), seed_on
        row.state, row.proposed_by, row.proposed_at = State.PROPOSED, by, at
        row.save()
        record(
            "targeting.scenario_proposed", target=row, by=by, list_hash=row.list_hash
        )
    return row


def approve_scenario(
    *, scenario: Scenario, seed: str = "", by: str, at: datetime
) -> Scenario:
    """Approve what another person proposed, and keep its ranking.

    That is as of now; but a lottery is drawn over the list of the proposal, by the
    seed that was drawn in public since. Raises ScenarioRefused.
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
        by_lot = priority_of(row).last is Last.LOT
        _check_seed(seed, by_lot=by_lot)
        found = _drawn(row, seed, at) if by_lot else _ranked_now(row, at)
        facts_on = row.proposed_at if by_lot and row.proposed_at else at
        row.figures = {
            "on": day(facts_on).isoformat(),
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


def _ranked_now(row: Scenario, at: datetime) -> Outcome:
    priority = priority_of(row)
    keep_facts(row.population, on=day(at), at=at)
    telling = kept(row.population, names_in(priority, row.population))
    places = places_for(row.budget, row.cost_each)
    found = outcome(priority, row.population, telling, places=places)
    keep_ranking(row, found, telling)
    return found


def _drawn(row: Scenario, seed: str, at: datetime) -> Outcome:
    if row.seed_on is None or hash_of(list_of(row)) != row.list_hash:
        raise ScenarioRefused(ANOTHER_LIST)
    if day(at) < row.seed_on:
        raise ScenarioRefused(
            _("The seed is drawn on %(day)s. Approve this on that day or later.")
            % {"day": long_day(row.seed_on)}
        )
    found = drawn_outcome(row, seed=seed)
    keep_drawn(row, found)
    return found


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


def _check_source(
    source: str, seed_on: date | None, *, by_lot: bool, today: date
) -> None:
    if not by_lot and (source or seed_on):
        raise ScenarioRefused(
            _("This priority has no lot. Leave place and day of the seed empty.")
        )
    if by_lot and (not source.strip() or seed_on is None or seed_on < today):
        raise ScenarioRefused(
            _(
                "This priority ends by lot. Say where the seed will be drawn and by what,"
                " and on which day, today or later."
            )
        )
