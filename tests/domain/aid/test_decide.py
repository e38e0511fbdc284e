"""Endang decides what Sari checked."""

import pytest

from smartkampung.accounts.models import Staff
from smartkampung.aid.actions.decide import (
    CannotApprove,
    CannotDecide,
    NoReason,
    decide_claim,
)
from smartkampung.aid.models import Claim, Decision, Enrolment
from smartkampung.aid.rules.claims import Bar, Reason
from smartkampung.ledger.queries import balances
from smartkampung.residents.models import NikClaim, Person
from smartkampung.worklist.models import WorkItem
from tests import cases, population
from tests.cases import FOOD, NOW, TODAY, Desk, approve, visit

pytestmark = pytest.mark.django_db


def checked(desk: Desk, person: Person | None = None) -> Claim:
    """Return Wayan's claim after Sari's visit."""
    claim = cases.claim_of(person or population.wayan())
    visit(claim, desk.sari)
    return claim


def reasons_of(claim: Claim, desk: Desk) -> list[Reason]:
    """Try to approve; return why the system says no."""
    with pytest.raises(CannotApprove) as refusal:
        approve(claim, desk.endang)
    assert not Decision.objects.exists()
    assert balances([f"committed/{FOOD}"]) == {f"committed/{FOOD}": 0}
    return refusal.value.reasons


def test_approval_takes_from_the_budget_and_lists_the_family() -> None:
    desk = cases.desk(budget=10)
    claim = checked(desk)
    approve(claim, desk.endang)
    assert cases.state_of(claim) == "approved"
    assert balances([f"budget/{FOOD}", f"committed/{FOOD}"]) == {
        f"budget/{FOOD}": 9,
        f"committed/{FOOD}": 1,
    }
    due = cases.due_of(claim)
    assert due.enrolment == Enrolment.objects.get(programme=FOOD)
    assert due.unit_key == f"family:{due.family_id}"
    assert WorkItem.objects.get(closed_at=None).kind == "aid.batch"


def test_who_checked_does_not_decide() -> None:
    desk = cases.desk()
    claim = checked(desk)
    with pytest.raises(CannotDecide) as refusal:
        approve(claim, desk.sari)
    assert refusal.value.bars == [Bar.CHECKED_IT]


def test_kin_does_not_decide() -> None:
    desk = cases.desk()
    claim = checked(desk)
    assert claim.person is not None
    Staff.objects.filter(pk=desk.endang.staff_id).update(
        family_index=claim.person.family.kk_index
    )
    with pytest.raises(CannotDecide) as refusal:
        approve(claim, desk.endang)
    assert refusal.value.bars == [Bar.KIN]


def test_a_decided_claim_is_not_decided_again() -> None:
    desk = cases.desk()
    claim = checked(desk)
    approve(claim, desk.endang)
    with pytest.raises(CannotDecide) as refusal:
        approve(claim, desk.bambang)
    assert refusal.value.bars == [Bar.NOT_TO_DECIDE]


@pytest.mark.parametrize("status", ["dead", "moved", "missing"])
def test_nobody_who_left_is_approved(status: str) -> None:
    desk = cases.desk()
    claim = checked(desk)
    Person.objects.filter(claims=claim).update(status=status)
    assert reasons_of(claim, desk) == [Reason(status)]


def test_an_unknown_nik_is_not_approved() -> None:
    desk = cases.desk()
    claim = cases.claim_of(None)
    visit(claim, desk.sari)
    assert reasons_of(claim, desk) == [Reason.NIK_UNKNOWN]


def test_a_temporary_id_is_no_nik() -> None:
    desk = cases.desk()
    claim = checked(desk, population.person("Komang", None))
    assert reasons_of(claim, desk) == [Reason.NO_VALID_NIK]


def test_a_contested_nik_is_decided_first() -> None:
    desk = cases.desk()
    claim = checked(desk)
    wayan = claim.person
    assert wayan is not None
    NikClaim.objects.create(
        claimant=population.person("Komang"),
        holder=wayan,
        nik=wayan.nik,
        nik_index=wayan.nik_index,
        region_code=wayan.region_code,
        raised_at=NOW,
    )
    assert reasons_of(claim, desk) == [Reason.NIK_CONTESTED]


def test_a_red_light_refuses() -> None:
    desk = cases.desk()
    claim = checked(desk)
    assert claim.person is not None
    cases.listed(claim.person, "pkh")
    assert reasons_of(claim, desk) == [Reason.ALREADY_RECEIVING]


def test_every_reason_is_told_at_once() -> None:
    desk = cases.desk(budget=0)
    claim = checked(desk)
    assert claim.person is not None
    cases.listed(claim.person, "pkh")
    Person.objects.filter(claims=claim).update(status="dead")
    assert reasons_of(claim, desk) == [
        Reason.DEAD,
        Reason.ALREADY_RECEIVING,
        Reason.BUDGET_EXHAUSTED,
    ]


def test_a_family_gets_a_programme_once_a_period() -> None:
    desk = cases.desk()
    wayan = population.wayan()
    wife = population.person("Ni Luh", "3510095505900001", household=wayan.family)
    approve(checked(desk, wayan), desk.endang)
    claim = checked(desk, wife)
    with pytest.raises(CannotApprove) as refusal:
        approve(claim, desk.endang)
    assert Reason.ALREADY_ENTITLED in refusal.value.reasons


def test_a_refusal_keeps_every_reason_the_system_sees_too() -> None:
    desk = cases.desk()
    claim = checked(desk)
    assert claim.person is not None
    cases.listed(claim.person, "pkh")
    decision = decide_claim(
        claim=claim,
        approved=False,
        programme=cases.programme(),
        reasons=[Reason.NOT_FOUND_AT_ADDRESS],
        by=desk.endang,
        at=NOW,
    )
    assert decision.reasons == ["already_receiving", "not_found_at_address"]
    assert cases.state_of(claim) == "refused"
    assert not WorkItem.objects.filter(closed_at=None).exists()


@pytest.mark.parametrize("reasons", [[], [Reason.OTHER]])
def test_a_refusal_needs_a_reason_in_words(reasons: list[Reason]) -> None:
    desk = cases.desk()
    claim = checked(desk)
    with pytest.raises(NoReason):
        decide_claim(
            claim=claim,
            approved=False,
            programme=None,
            reasons=reasons,
            by=desk.endang,
            at=NOW,
        )
    assert cases.state_of(claim) == "to_decide"


def test_an_approval_names_a_programme() -> None:
    desk = cases.desk()
    claim = checked(desk)
    with pytest.raises(NoReason):
        decide_claim(claim=claim, approved=True, programme=None, by=desk.endang, at=NOW)


def test_a_new_family_card_is_no_second_beginning() -> None:
    desk = cases.desk()
    due = cases.approved(desk)
    Claim.objects.update(state=Claim.State.HANDED_OVER, closed_at=NOW)
    Enrolment.objects.update(until=TODAY)
    Person.objects.update(family=population.family(kk=None, phone=None))
    again = cases.claim_of(Person.objects.get(pk=due.person_id))
    visit(again, desk.sari)
    with pytest.raises(CannotApprove) as refusal:
        approve(again, desk.endang)
    assert Reason.ALREADY_ENTITLED in refusal.value.reasons
