"""Sari, or the RT, visits a family and writes down what they see."""

import uuid

import pytest

from smartkampung.accounts.models import Staff
from smartkampung.aid.actions.check import (
    AnswersMissing,
    CannotCheck,
    FormReused,
    record_check,
)
from smartkampung.aid.models import FieldCheck
from smartkampung.worklist.models import WorkItem
from tests import cases, population
from tests.cases import NOW, visit

pytestmark = pytest.mark.django_db


def test_a_visit_sends_the_claim_to_the_kecamatan() -> None:
    desk = cases.desk()
    claim = cases.claim_of(population.wayan())
    visit(claim, desk.sari)
    assert cases.state_of(claim) == "to_decide"
    assert cases.open_work_kinds() == ["aid.decide"]


def test_the_same_form_is_one_visit() -> None:
    desk = cases.desk()
    claim = cases.claim_of(population.wayan())
    form = uuid.uuid4()
    assert visit(claim, desk.sari, form_id=form) == visit(
        claim, desk.sari, form_id=form
    )
    assert FieldCheck.objects.count() == 1


def test_a_form_serves_one_claim() -> None:
    desk = cases.desk()
    claim = cases.claim_of(population.wayan())
    other = cases.claim_of(population.person("Komang", "3510095505900001"))
    form = uuid.uuid4()
    visit(claim, desk.sari, form_id=form)
    with pytest.raises(FormReused):
        visit(other, desk.sari, form_id=form)


def test_a_checked_claim_is_not_checked_again() -> None:
    desk = cases.desk()
    claim = cases.claim_of(population.wayan())
    visit(claim, desk.sari)
    with pytest.raises(CannotCheck):
        visit(claim, desk.made)


def test_every_question_needs_an_answer() -> None:
    desk = cases.desk()
    claim = cases.claim_of(population.wayan())
    with pytest.raises(AnswersMissing) as refusal:
        record_check(
            form_id=uuid.uuid4(),
            claim=claim,
            answers={"floor_area": True},
            recommends=False,
            programme=None,
            kin_declared=False,
            by=desk.sari,
            at=NOW,
        )
    assert "floor_kind" in refusal.value.fields
    assert "floor_area" not in refusal.value.fields


def test_declared_kin_is_never_the_last_word() -> None:
    desk = cases.desk()
    claim = cases.claim_of(population.wayan())
    visit(claim, desk.made, kin=True)
    assert cases.state_of(claim) == "to_check"
    waiting = WorkItem.objects.get(closed_at=None)
    assert (waiting.kind, waiting.urgent) == ("aid.field_check", True)
    visit(claim, desk.sari)
    assert cases.state_of(claim) == "to_decide"


def test_kin_is_found_by_the_family_card() -> None:
    desk = cases.desk()
    wayan = population.wayan()
    Staff.objects.filter(pk=desk.made.staff_id).update(
        family_index=wayan.family.kk_index
    )
    claim = cases.claim_of(wayan)
    assert visit(claim, desk.made).kin_found
    assert cases.state_of(claim) == "to_check"


def test_the_programme_of_a_visit_that_advises_against_is_dropped() -> None:
    desk = cases.desk()
    claim = cases.claim_of(population.wayan())
    assert visit(claim, desk.sari, recommends=False).programme is None
