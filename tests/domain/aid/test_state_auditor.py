"""The six kinds of error that the state auditor found in 2020: all six are stopped."""

from datetime import timedelta

import pytest

from smartkampung.aid.actions.decide import CannotApprove, CannotDecide
from smartkampung.aid.actions.handover import (
    CannotHandOver,
    MustNotHandOver,
)
from smartkampung.aid.models import Claim, Programme
from smartkampung.aid.queries.outlook import outlook
from smartkampung.aid.rules.claims import Bar, Reason
from smartkampung.residents.models import Person
from tests import cases, population
from tests.cases import TODAY, Desk, approve, call, visit

pytestmark = pytest.mark.django_db


def against(desk: Desk, claim: Claim) -> list[Reason]:
    """Try to approve; return why the system refuses."""
    with pytest.raises(CannotApprove) as refusal:
        approve(claim, desk.endang)
    return refusal.value.reasons


def test_1_the_recipient_has_died() -> None:
    desk = cases.desk()
    due = cases.at_the_counter(desk)
    Person.objects.filter(pk=due.person_id).update(status="dead")
    with pytest.raises(MustNotHandOver) as refusal:
        call(due, desk.sari)
    assert refusal.value.reasons == [Reason.DEAD]
    cases.given_back(due, desk.sari, desk.endang, note="meninggal")
    again = cases.claim_of(due.person)
    visit(again, desk.sari)
    assert Reason.DEAD in against(desk, again)


def test_2_the_recipient_was_neither_listed_nor_proposed() -> None:
    desk = cases.desk()
    claim = cases.claim_of(population.wayan())
    with pytest.raises(CannotDecide) as refusal:
        approve(claim, desk.endang)
    assert refusal.value.bars == [Bar.NOT_TO_DECIDE]


def test_3_the_recipient_was_known_to_be_wrong_from_before() -> None:
    desk = cases.desk()
    first = cases.refused(desk)
    again = cases.claim_of(first.person)
    visit(again, desk.made)
    seen = outlook(again, cases.programme(), on=TODAY)
    assert seen.reasons == [Reason.REFUSED_BEFORE]
    later = outlook(again, cases.programme(), on=TODAY + timedelta(days=181))
    assert later.reasons == []


@pytest.mark.parametrize(
    ("nik", "reason"),
    [(None, Reason.NO_VALID_NIK), ("unknown", Reason.NIK_UNKNOWN)],
)
def test_4_the_nik_is_not_valid(nik: str | None, reason: Reason) -> None:
    desk = cases.desk()
    person = None if nik else population.person("Komang", None)
    claim = cases.claim_of(person)
    visit(claim, desk.sari)
    assert against(desk, claim) == [reason]


def test_5_the_recipient_was_taken_off_the_list() -> None:
    desk = cases.desk()
    due = cases.at_the_counter(desk)
    cases.listed(due.person, "pkh")
    cases.given_back(due, desk.sari, desk.endang, note="dapat PKH")
    with pytest.raises(CannotHandOver):
        call(due, desk.sari)


@pytest.mark.parametrize("change", [{"until": TODAY}, {"takes_reports": False}])
def test_5_the_programme_was_closed(change: dict[str, object]) -> None:
    desk = cases.desk()
    claim = cases.claim_of(population.wayan())
    visit(claim, desk.sari)
    Programme.objects.filter(pk=cases.FOOD).update(**change)
    assert against(desk, claim) == [Reason.PROGRAMME_CLOSED]


def test_6_the_recipient_was_paid_already() -> None:
    desk = cases.desk()
    due = cases.at_the_counter(desk)
    call(due, desk.sari)
    with pytest.raises(CannotHandOver):
        call(due, desk.sari)
    again = cases.claim_of(due.person)
    visit(again, desk.sari)
    assert Reason.ALREADY_ENTITLED in against(desk, again)
