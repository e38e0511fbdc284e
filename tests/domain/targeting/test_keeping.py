"""Facts are kept once a day for all who try weights, and counted once for each question."""

from datetime import timedelta

import pytest

from smartkampung.kernel.rls import Kind, act_as
from smartkampung.recovery.targeting.actions.facts import facts_of_today
from smartkampung.recovery.targeting.models import Kept
from smartkampung.recovery.targeting.queries.scenarios import figures_of, remembered
from tests import cast
from tests.cases import NOW
from tests.targeting import MILLION, affected, approved, priority, scenario

pytestmark = pytest.mark.django_db
MONEY = {"budget": 9 * MILLION, "cost_each": MILLION}


@pytest.fixture(autouse=True)
def _job(db: None) -> None:
    act_as(Kind.JOB)
    cast.places()


def test_facts_of_a_day_are_kept_once() -> None:
    affected()
    first = facts_of_today("affected", at=NOW)
    affected("Budi")
    again = facts_of_today("affected", at=NOW + timedelta(hours=3))
    assert again.at == first.at
    assert remembered(priority(), again, **MONEY).tallies.ranked == 1


def test_the_next_day_has_its_own() -> None:
    affected()
    facts_of_today("affected", at=NOW)
    affected("Budi")
    tomorrow = facts_of_today("affected", at=NOW + timedelta(days=1))
    assert remembered(priority(), tomorrow, **MONEY).tallies.ranked == 2


def test_a_registry_with_another_fact_keeps_them_anew() -> None:
    facts_of_today("affected", at=NOW)
    Kept.objects.update(numbers=["of before"])
    assert "decile" in facts_of_today("affected", at=NOW).numbers


def test_another_question_gets_another_answer() -> None:
    affected()
    facts = facts_of_today("affected", at=NOW)
    assert remembered(priority(), facts, **MONEY).places == 1
    assert remembered(priority(), facts, **{**MONEY, "budget": 0}).places == 0


def test_approving_reads_the_facts_of_that_moment() -> None:
    facts_of_today("affected", at=NOW)
    affected()
    assert approved().figures["tallies"]["ranked"] == 1


def test_figures_of_a_draft_need_facts_and_those_of_an_approved_one_do_not() -> None:
    wayan = affected()
    facts = facts_of_today("affected", at=NOW)
    draft = figures_of(scenario(), facts)
    assert draft.chosen == figures_of(approved()).chosen == [wayan.pk]
