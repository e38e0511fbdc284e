"""Who approves a lottery cannot choose its winner, and nobody changes its list."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction

from smartkampung.kernel.rls import Kind, act_as
from smartkampung.recovery.targeting.actions.scenarios import (
    ScenarioRefused,
    approve_scenario,
    propose_scenario,
)
from smartkampung.recovery.targeting.models import LotEntry, Ranked, Scenario
from smartkampung.recovery.targeting.rules.lots import drawn
from tests import cast, population
from tests.cases import NOW, TODAY
from tests.domain.aid.test_promises import Broken
from tests.targeting import (
    DICE,
    LOT_SEED,
    MILLION,
    SPEC,
    affected,
    approved,
    proposed,
    scenario,
)

pytestmark = pytest.mark.django_db
LOT = {**SPEC, "last": "lot", "ties": []}


@pytest.fixture(autouse=True)
def _job(db: None) -> None:
    act_as(Kind.JOB)
    cast.places()


@pytest.mark.parametrize("days", [None, -1])
@pytest.mark.parametrize("source", ["", DICE])
def test_a_lottery_is_proposed_with_source_and_day_of_its_seed(
    source: str, days: int | None
) -> None:
    """Before the list is fixed, nobody may know the seed."""
    seed_on = None if days is None else TODAY + timedelta(days=days)
    told: dict[str, Any] = {"seed_source": source, "seed_on": seed_on}
    with pytest.raises(ScenarioRefused):
        propose_scenario(scenario=scenario(LOT), by="maya", at=NOW, **told)


def test_a_priority_without_a_lot_names_no_seed() -> None:
    with pytest.raises(ScenarioRefused):
        propose_scenario(scenario=scenario(), seed_source=DICE, by="maya", at=NOW)


def test_the_seed_is_not_written_before_its_day() -> None:
    row = scenario(LOT)
    later = TODAY + timedelta(days=2)
    told: dict[str, Any] = {"seed_source": DICE, "seed_on": later}
    row = propose_scenario(scenario=row, by="maya", at=NOW, **told)
    with pytest.raises(ScenarioRefused, match="diundi"):
        approve_scenario(scenario=row, seed=LOT_SEED, by="joko", at=NOW)
    at = NOW + timedelta(days=2)
    approve_scenario(scenario=row, seed=LOT_SEED, by="joko", at=at)


def test_what_changes_after_the_proposal_changes_no_lottery() -> None:
    """Joko takes a dozen seeds to heart and brings in whom they would help: too late."""
    people = [affected(f"Warga {at}", dependants=at % 2) for at in range(8)]
    row = proposed(LOT, budget=3 * MILLION)
    affected("Sepupu Joko", income_after=0, dependants=9)
    people[0].dependants = 9
    people[0].save()
    approve_scenario(scenario=row, seed=LOT_SEED, by="joko", at=NOW)
    kept = list(Ranked.objects.filter(scenario=row).order_by("place"))
    first = [(1 if one.dependants == 1 else 2, str(one.pk)) for one in people[1:]]
    again = drawn(LOT_SEED, [(2, str(people[0].pk)), *first])
    assert [str(one.affected_id) for one in kept] == [number for _t, number in again]
    assert [one.way for one in kept[:3]] == ["lot"] * 3


def test_a_list_that_is_not_the_proposed_one_is_refused() -> None:
    told: dict[str, Any] = {"seed_source": DICE, "seed_on": TODAY, "list_hash": "0"}
    told |= {"proposed_by": "maya", "proposed_at": NOW, "left_out": 0}
    row = scenario(LOT)
    Scenario.objects.update(state="proposed", **told)
    with pytest.raises(ScenarioRefused, match="bukan"):
        approve_scenario(scenario=row, seed=LOT_SEED, by="joko", at=NOW)


def test_whom_the_rule_leaves_out_is_on_no_list() -> None:
    affected(income_after=0)
    affected("Budi", income_after=9 * MILLION)
    rich = {"fact": "income_after", "is": "at_least", "value": MILLION}
    row = approved({**LOT, "exclude": rich}, seed=LOT_SEED)
    assert row.figures["tallies"]["left_out"] == 1
    assert row.figures["tallies"]["ranked"] == LotEntry.objects.count() == 1
    assert row.figures["tallies"]["by_village"] == {cast.HERE: 1}


def test_families_are_drawn_as_families() -> None:
    wayan = population.wayan()
    size = {"fact": "family_size", "weight": 1, "need": "more", "low": 0, "high": 9}
    spec = {"criteria": [size], "last": "lot"}
    row = approved(spec, population="families", seed=LOT_SEED)
    assert Ranked.objects.get(scenario=row).family == wayan.family


def test_scenario_lot_is_announced() -> None:
    scenario()
    with Broken("scenario_lot_is_announced"), transaction.atomic():
        Scenario.objects.update(seed=LOT_SEED)


def test_lot_entry_once() -> None:
    told: dict[str, Any] = {
        "scenario": scenario(LOT),
        "number": 1,
        "tier": 1,
        "cell": 0,
    }
    told |= {"score": 0, "parts": []}
    LotEntry.objects.create(**told)
    with Broken("lot_entry_once"), transaction.atomic():
        LotEntry.objects.create(**told)


def test_lot_entry_append_only() -> None:
    affected()
    proposed(LOT)
    with pytest.raises(Exception, match="Cannot update or delete"):
        LotEntry.objects.update(tier=2)


def test_lot_entry_closed_by_proposal() -> None:
    told = {"number": 1, "tier": 1, "cell": 0, "score": 0, "parts": []}
    with Broken("lot_entry_closed_by_proposal"), transaction.atomic():
        LotEntry.objects.create(scenario=proposed(LOT), **told)
