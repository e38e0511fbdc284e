"""Scenarios go from one person to another, and what was approved stays."""

import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, transaction

from smartkampung.audit.models import Event
from smartkampung.criteria.actions import CannotApply, bring_into_force
from smartkampung.kernel.errors import Refused
from smartkampung.kernel.rls import Kind, act_as
from smartkampung.recovery.targeting.actions.priorities import (
    PriorityRefused,
    write_priority,
)
from smartkampung.recovery.targeting.actions.scenarios import (
    ScenarioRefused,
    approve_scenario,
    drop_scenario,
    propose_scenario,
)
from smartkampung.recovery.targeting.models import Ranked, Scenario
from smartkampung.recovery.targeting.queries.priorities import (
    priorities,
    standing,
    worded,
)
from smartkampung.recovery.targeting.rules.lots import drawn
from tests import cast, population
from tests.cases import NOW, TODAY
from tests.domain.aid.test_promises import Broken
from tests.targeting import (
    MILLION,
    SPEC,
    WOMEN,
    affected,
    approved,
    in_force,
    scenario,
)

pytestmark = pytest.mark.django_db
LOT = {**SPEC, "last": "lot", "ties": []}
SEED = "dadu 4 2 6"


@pytest.fixture(autouse=True)
def _job(db: None) -> None:
    act_as(Kind.JOB)
    cast.places()


def test_approving_keeps_everybodys_place() -> None:
    for at in range(4):
        affected(f"Warga {at}", dependants=at)
    row = approved({**SPEC, "quotas": [WOMEN]})
    kept = list(Ranked.objects.filter(scenario=row).order_by("place"))
    assert [one.chosen for one in kept] == [True, True, False, False]
    assert [one.way for one in kept] == ["rank", "rank", "", ""]
    assert row.figures["tallies"]["by_village"] == {cast.HERE: 2}
    assert row.figures["short"] == [{"name": "Perempuan", "has": 0, "least": 1}]
    names = Event.objects.order_by("pk").values_list("name", flat=True)
    assert list(names)[-3:] == [
        "targeting.scenario_saved",
        "targeting.scenario_proposed",
        "targeting.scenario_approved",
    ]


def test_what_was_kept_does_not_move_when_people_do() -> None:
    wayan = affected(income_after=0)
    affected("Budi", income_after=MILLION)
    approved()
    wayan.income_after = 9 * MILLION
    wayan.save()
    assert Ranked.objects.get(place=1).affected == wayan


def test_families_are_kept_as_families() -> None:
    wayan = population.wayan()
    spec = {"criteria": [{"fact": "family_size", "weight": 1, **_MORE}]}
    row = approved(spec, population="families")
    assert Ranked.objects.get(scenario=row).family == wayan.family


_MORE = {"need": "more", "low": 0, "high": 9}


def test_the_lot_can_be_drawn_again_from_numbers_and_seed() -> None:
    for at in range(8):
        affected(f"Warga {at}", dependants=at // 4)
    row = approved(LOT, seed=SEED, budget=6 * MILLION)
    kept = list(Ranked.objects.filter(scenario=row).order_by("place"))
    again = drawn(SEED, [(one.tier, str(one.affected_id)) for one in kept])
    assert [number for _tier, number in again] == [str(k.affected_id) for k in kept]
    assert [one.way for one in kept] == ["rank"] * 4 + ["lot"] * 2 + [""] * 2


@pytest.mark.parametrize(
    ("spec", "seed"), [(LOT, ""), (LOT, "4 2"), (LOT, "x" * 65), (SPEC, SEED)]
)
def test_a_seed_comes_with_a_lot_and_only_then(spec: Any, seed: str) -> None:
    with pytest.raises(ScenarioRefused):
        approved(spec, seed=seed)


@pytest.mark.parametrize("by", ["maya", "lina"])
def test_scenario_needs_two_people(by: str) -> None:
    row = propose_scenario(scenario=scenario(), by="lina", at=NOW)
    with pytest.raises(ScenarioRefused, match="petugas lain"):
        approve_scenario(scenario=row, by=by, at=NOW)
    with Broken("scenario_needs_two_people"), transaction.atomic():
        Scenario.objects.update(state="approved", approved_by=by, approved_at=NOW)


def test_only_a_draft_is_proposed_and_only_a_proposal_approved() -> None:
    row = scenario()
    with pytest.raises(ScenarioRefused):
        approve_scenario(scenario=row, by="joko", at=NOW)
    propose_scenario(scenario=row, by="maya", at=NOW)
    with pytest.raises(ScenarioRefused):
        propose_scenario(scenario=row, by="maya", at=NOW)
    assert drop_scenario(scenario=row, by="maya", at=NOW).state == "dropped"
    with pytest.raises(ScenarioRefused):
        drop_scenario(scenario=row, by="maya", at=NOW)


@pytest.mark.parametrize(
    "told",
    [
        {"spec": {"criteria": []}},
        {"spec": "text"},
        {"budget": -1},
        {"cost_each": 0},
    ],
)
def test_what_cannot_be_is_refused(told: dict[str, Any]) -> None:
    with pytest.raises(Refused):
        scenario(**told)
    assert not Scenario.objects.exists()


def test_a_budget_of_nothing_chooses_nobody() -> None:
    affected()
    assert approved(budget=0).figures["tallies"]["chosen"] == 0


def test_scenario_steps_are_signed() -> None:
    scenario()
    with Broken("scenario_steps_are_signed"), transaction.atomic():
        Scenario.objects.update(state="proposed")
    with Broken("scenario_steps_are_signed"), transaction.atomic():
        Scenario.objects.update(approved_by="joko")


def test_scenario_money_is_possible() -> None:
    scenario()
    with Broken("scenario_money_is_possible"), transaction.atomic():
        Scenario.objects.update(cost_each=0)


def test_scenario_stays_as_proposed() -> None:
    row = propose_scenario(scenario=scenario(), by="maya", at=NOW)
    with Broken("scenario_stays_as_proposed"), transaction.atomic():
        Scenario.objects.update(budget=9)
    with Broken("scenario_stays_as_proposed"), transaction.atomic():
        # Maya, who proposed it, would not approve it in somebody else's name.
        Scenario.objects.update(made_by="x", proposed_by="y")
    with Broken("scenario_stays_as_proposed"), transaction.atomic():
        Scenario.objects.update(name="lain")
    approve_scenario(scenario=row, by="joko", at=NOW)
    with Broken("scenario_stays_as_proposed"), transaction.atomic():
        Scenario.objects.update(name="x")


def test_scenario_is_kept() -> None:
    scenario()
    with pytest.raises(Exception, match="Cannot delete"), connection.cursor() as cursor:
        cursor.execute("DELETE FROM targeting_scenario")


def _row(**more: Any) -> Ranked:
    told: dict[str, Any] = {
        "scenario": scenario(),
        "affected": affected(str(uuid.uuid4())[:8]),
    }
    told |= {"place": 1, "score": 0, "parts": [], "chosen": False}
    return Ranked.objects.create(**{**told, **more})


def test_ranked_place_once() -> None:
    row = _row()
    with Broken("ranked_place_once"), transaction.atomic():
        _row(scenario=row.scenario)


def test_ranked_person_once() -> None:
    row = _row()
    with Broken("ranked_person_once"), transaction.atomic():
        _row(scenario=row.scenario, affected=row.affected, place=2)


def test_ranked_family_once() -> None:
    family = population.wayan().family
    row = _row(affected=None, family=family)
    with Broken("ranked_family_once"), transaction.atomic():
        _row(scenario=row.scenario, affected=None, family=family, place=2)


def test_ranked_one_of_two() -> None:
    with Broken("ranked_one_of_two"), transaction.atomic():
        _row(affected=None)
    with Broken("ranked_one_of_two"), transaction.atomic():
        _row(family=population.wayan().family)


def test_ranked_way_of_the_chosen() -> None:
    with Broken("ranked_way_of_the_chosen"), transaction.atomic():
        _row(chosen=True)
    with Broken("ranked_way_of_the_chosen"), transaction.atomic():
        _row(way="rank")


def test_ranked_append_only() -> None:
    _row()
    with pytest.raises(Exception, match="Cannot update or delete"):
        Ranked.objects.update(place=2)


def test_ranked_closed_by_approval() -> None:
    row = approved()
    with Broken("ranked_closed_by_approval"), transaction.atomic():
        _row(scenario=row)


def test_a_priority_is_written_by_one_and_brought_into_force_by_another() -> None:
    version = in_force()
    found = standing("workers", on=TODAY)
    assert found is not None
    assert (found.version, found.code) == (version, "workers")
    assert priorities() == [version]
    assert worded(version).budget == 2 * MILLION
    assert standing("workers", on=TODAY - timedelta(days=1)) is None
    draft = _written()
    with pytest.raises(CannotApply):
        bring_into_force(version=draft, by="maya", at=NOW)


@pytest.mark.parametrize(
    "told", [{"spec": {}}, {"population": "x"}, {"budget": -1}, {"cost_each": 0}]
)
def test_a_faulty_priority_is_not_written(told: dict[str, Any]) -> None:
    with pytest.raises(PriorityRefused):
        _written(**told)


def _written(**more: Any) -> Any:
    told: dict[str, Any] = {
        "code": "workers",
        "name": "Pemulihan",
        "population": "affected",
    }
    told |= {"spec": SPEC, "budget": 1, "cost_each": 1, "legal_reference": "x"}
    return write_priority(**{**told, "since": TODAY, "by": "maya", "at": NOW, **more})
