"""One statement judges one family and all; a decision keeps what it said."""

import uuid
from datetime import date, timedelta
from typing import Any

import pytest

from smartkampung.aid.models import (
    CriterionResult,
    Decision,
    Evaluation,
    Override,
)
from smartkampung.aid.queries.eligible import (
    evaluation_of,
    judged,
    preview,
    version_of,
)
from smartkampung.aid.queries.outlook import outlook
from smartkampung.aid.rules.claims import Reason
from smartkampung.criteria.queries import judge, registry, replay
from smartkampung.criteria.rules import parse
from smartkampung.criteria.sql import Scope
from smartkampung.kernel.rls import Kind, act_as
from smartkampung.residents.models import FamilyDecile, LifeEvent, Person
from tests import cases, cast, population
from tests.cases import NOW, TODAY, Desk, listed, visit
from tests.domain.aid.test_promises import Broken, refuses, refuses_to_delete
from tests.rulings import RULE, in_force

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk() -> Desk:
    """Open the office."""
    return cases.desk()


def decided(desk: Desk, person: Person, *, yes: bool = True) -> Decision:
    """Visit and approve."""
    claim = cases.claim_of(person)
    visit(claim, desk.made, yes=yes)
    return cases.approve(claim, desk.endang)


FAMILY = [
    ("head_age", "at_least", 41, 42),
    ("family_size", "equals", 3, 2),
    ("children_under_five", "equals", 1, 2),
    ("school_children", "equals", 0, 1),
    ("elderly", "at_least", 1, 2),
    ("decile", "at_most", 2, 1),
    ("months_here", "at_least", 490, 600),
    ("poverty_met", "at_least", 14, 15),
    ("lost_livelihood", "is", True, False),
    ("chronically_ill", "is", True, False),
    ("not_yet_recorded", "is", True, False),
    ("pregnancy", "is", True, False),
    ("disability", "is", False, True),
    ("receives", "includes", "pkh", "bst"),
    ("programmes_received", "equals", 1, 0),
    ("head_occupation", "one_of", [9], [1]),
    ("head_occupation", "none_of", [1], [9]),
]


def test_every_fact_reads_what_is_recorded(desk: Desk) -> None:
    head = population.wayan()
    Person.objects.filter(pk=head.pk).update(occupation=9)
    for born_on, relation in ((date(1950, 1, 1), 7), (date(2024, 1, 1), 4)):
        population.person(
            "x", household=head.family, born_on=born_on, relation=relation
        )
    FamilyDecile.objects.create(family=head.family, decile=2, source="DTSEN", on=TODAY)
    listed(head, "pkh", component="pregnancy")
    visit(cases.claim_of(head), desk.made)
    scope = Scope(families=(head.family_id,))
    wrong = []
    for fact, test, met, unmet in FAMILY:
        tests = [{"fact": fact, "is": test, "value": v} for v in (met, unmet)]
        (found,) = judge(parse({"all": tests}, registry().facts), scope, on=TODAY)
        if [result.met for result in found.results] != [True, False]:
            wrong.append((fact, found.facts))
    assert not wrong
    assert len(registry().facts) >= 12


def test_the_latest_arrival_counts(desk: Desk) -> None:
    head = population.wayan()
    for year in (2010, 2026):
        LifeEvent.objects.create(
            act=uuid.uuid4(),
            kind="move_in",
            person=head,
            family=head.family,
            happened_on=date(year, 8, 24),
            joined_region=head.region_code,
            recorded_by="sari",
            recorded_at=NOW,
        )
    rule = parse(
        {"fact": "months_here", "is": "at_least", "value": 4}, registry().facts
    )
    (found,) = judge(rule, Scope(families=(head.family_id,)), on=TODAY)
    assert found.facts == {"months_here": 3}


def test_what_is_not_known_meets_nothing(desk: Desk) -> None:
    head = population.wayan()
    rule = {"any": [{"fact": "decile", "is": "at_most", "value": 10}]}
    (found,) = judge(
        parse(rule, registry().facts), Scope(families=(head.family_id,)), on=TODAY
    )
    assert (found.eligible, found.facts) == (False, {"decile": None})


def test_one_family_and_all_families_get_the_same_answers(desk: Desk) -> None:
    here, there = population.wayan(), population.person("Budi", region=cast.NEXT_DOOR)
    visit(cases.claim_of(here), desk.made)
    rule = parse(RULE, registry().facts)
    everybody = judge(rule, Scope(everywhere=True), on=TODAY)
    alone = [
        judge(rule, Scope(families=(one.family_id,)), on=TODAY)[0]
        for one in (here, there)
    ]
    assert sorted(everybody, key=lambda one: one.family_id) == alone
    in_village = judge(rule, Scope(region=cast.NEXT_DOOR), on=TODAY)
    assert [one.family_id for one in in_village] == [there.family_id]


def test_a_decision_keeps_version_facts_and_each_criterion(desk: Desk) -> None:
    version = in_force()
    decision = decided(desk, population.wayan())
    kept = evaluation_of(decision.pk)
    assert kept is not None
    assert (kept.version, kept.eligible) == (version, False)
    assert kept.facts == {"poverty_met": 14, "elderly": 0}
    results = kept.results.order_by("place")
    assert [(row.fact, row.known, row.met) for row in results] == [
        ("poverty_met", 14, True),
        ("elderly", 0, False),
    ]


def test_replaying_old_decisions_under_their_version_gives_the_old_answers(
    desk: Desk,
) -> None:
    in_force({"fact": "poverty_met", "is": "at_least", "value": 9})
    first = decided(desk, population.wayan())
    then = TODAY + timedelta(days=1)
    in_force({"fact": "poverty_met", "is": "at_most", "value": 13}, since=then)
    kept = evaluation_of(first.pk)
    assert kept is not None
    # The family has changed since, and so has the rule: the old answer stands.
    Person.objects.update(status="moved")
    again = replay(kept.version, kept.facts)
    assert (again.eligible, kept.eligible) == (True, True)
    assert [one.met for one in again.results] == [row.met for row in kept.results.all()]
    new = version_of(cases.FOOD, on=then)
    assert new is not None
    assert not replay(new, kept.facts).eligible


def test_a_rule_that_is_not_met_speaks_against_approval(desk: Desk) -> None:
    claim = cases.claim_of(population.wayan())
    visit(claim, desk.made)
    found = outlook(claim, cases.programme(), on=TODAY)
    assert found.judgement is None
    in_force()
    found = outlook(claim, cases.programme(), on=TODAY)
    assert Reason.CRITERIA_NOT_MET in found.reasons


def test_an_unmatched_person_is_judged_by_no_rule(desk: Desk) -> None:
    in_force()
    claim = cases.claim_of(None)
    visit(claim, desk.made)
    assert outlook(claim, cases.programme(), on=TODAY).judgement is None


def test_nobody_lives_there_so_nothing_is_said(desk: Desk) -> None:
    head = population.wayan()
    Person.objects.update(status="moved")
    assert judged(in_force(), family_id=head.family_id, on=TODAY) is None


def test_a_preview_counts_villages_and_whom_each_criterion_leaves_out(
    desk: Desk,
) -> None:
    for years, place in ((70, cast.RT_HERE), (30, cast.RT_HERE), (70, cast.NEXT_DOOR)):
        born_on = date(TODAY.year - years, 1, 1)
        population.person("x", region=place, born_on=born_on)
    facts = registry().facts
    old = parse({"all": [{"fact": "elderly", "is": "at_least", "value": 1}]}, facts)
    all_ages = parse({"fact": "family_size", "is": "at_least", "value": 1}, facts)
    found = preview(old, against=all_ages, region=cast.REGENCY, on=TODAY)
    assert [(place.code, place.families, place.eligible) for place in found.places] == [
        (cast.HERE, 2, 1),
        (cast.NEXT_DOOR, 1, 1),
    ]
    assert (found.total("gained"), found.total("lost")) == (0, 1)
    assert (found.failing, found.only) == ([1], [1])
    inside = preview(old, against=None, region=cast.NEXT_DOOR, on=TODAY)
    assert (inside.total("families"), inside.total("lost")) == (1, 0)


# -- promises -----------------------------------------------------------------


def test_evaluation_once_per_decision(desk: Desk) -> None:
    version = in_force()
    decision = decided(desk, population.wayan())
    with Broken("evaluation_once_per_decision"):
        _evaluation(decision, version)


def _evaluation(decision: Decision, version: Any) -> Evaluation:
    return Evaluation.objects.create(
        decision=decision, version=version, on=TODAY, eligible=True, facts={}
    )


def test_evaluation_by_a_rule_in_force(desk: Desk) -> None:
    decision = decided(desk, population.wayan())
    version = in_force(since=TODAY + timedelta(days=1))
    with Broken("evaluation_by_a_rule_in_force"):
        _evaluation(decision, version)


@pytest.mark.parametrize("table", ["aid_evaluation", "aid_criterionresult"])
def test_reasons_are_append_only(desk: Desk, table: str) -> None:
    in_force()
    decided(desk, population.wayan())
    (refuses if table == "aid_evaluation" else refuses_to_delete)(table)


def test_evaluation_append_only(desk: Desk) -> None:
    in_force()
    decided(desk, population.wayan())
    refuses_to_delete("aid_evaluation")


def test_criterion_result_append_only(desk: Desk) -> None:
    in_force()
    decided(desk, population.wayan())
    refuses("aid_criterionresult")


def test_criterion_result_once(desk: Desk) -> None:
    in_force()
    decided(desk, population.wayan())
    row = CriterionResult.objects.first()
    assert row is not None
    row.pk = None
    with Broken("criterion_result_once"):
        row.save(force_insert=True)


def test_reasons_are_seen_where_their_claim_is(desk: Desk) -> None:
    in_force()
    decided(desk, population.wayan())
    for region, seen in ((cast.HERE, True), (cast.FAR_AWAY, False)):
        act_as(Kind.STAFF, scope=[region])
        assert Evaluation.objects.exists() is seen
        assert CriterionResult.objects.exists() is seen


def _override(desk: Desk, **told: Any) -> Override:
    head = population.wayan()
    wish = {
        "claim": cases.claim_of(head),
        "programme_id": cases.FOOD,
        "enrolment": listed(head, "pkh"),
        "reason": "Rumah terbakar",
        "asked_by_id": desk.endang.staff_id,
        "asked_at": NOW,
    }
    return Override.objects.create(id=uuid.uuid4(), **{**wish, **told})


def test_override_has_a_reason(desk: Desk) -> None:
    with Broken("override_has_a_reason"):
        _override(desk, reason="")


def test_override_needs_two_people(desk: Desk) -> None:
    with Broken("override_needs_two_people"):
        _override(desk, decided_by_id=desk.endang.staff_id, decided_at=NOW)


def test_override_granted_by_somebody(desk: Desk) -> None:
    with Broken("override_granted_by_somebody"):
        _override(desk, granted=True)


def test_override_once_per_block(desk: Desk) -> None:
    row = _override(desk)
    row.pk = uuid.uuid4()
    with Broken("override_once_per_block"):
        row.save(force_insert=True)


def test_override_about_one_case(desk: Desk) -> None:
    with Broken("override_about_one_case"):
        _override(desk, claim=None)


def test_override_answered_once(desk: Desk) -> None:
    row = _override(desk, decided_by_id=desk.bambang.staff_id, decided_at=NOW)
    with Broken("override_answered_once"):
        Override.objects.filter(pk=row.pk).update(granted=True)
