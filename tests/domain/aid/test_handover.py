"""At the counter: received, in part, absent, declined; proved, and booked."""

import uuid
from datetime import timedelta

import pytest

from smartkampung.aid.actions.batch import add_dues, close_batch, mark_ready
from smartkampung.aid.actions.handover import (
    CannotHandOver,
    HandoverIncomplete,
    MustNotHandOver,
    NoPhone,
    TooManyReceiptCodes,
    WrongCode,
    send_receipt_code,
)
from smartkampung.aid.actions.locks import due_locks
from smartkampung.aid.models import Enrolment, Entitlement, Handover
from smartkampung.aid.rules.claims import Reason
from smartkampung.aid.rules.handover import Fault, Outcome, Proof
from smartkampung.intake.models import OneTimeCode
from smartkampung.kernel.claim import Lock
from smartkampung.ledger.queries import accounts_that_disagree
from smartkampung.notify.models import Message
from smartkampung.residents.models import Family, Person
from tests import cases, population
from tests.cases import NOW, TODAY, call

pytestmark = pytest.mark.django_db
CASH = "blt_dd"


def claim_state(due: Entitlement) -> str:
    """Return where the claim stands now."""
    return cases.state_of(due.claim)


def listing_of(due: Entitlement) -> Enrolment:
    """Return the line on the programme's list as it is now."""
    return Enrolment.objects.get(programme=due.programme, family=due.family)


def code_sent() -> str:
    """Read the code on the family's phone."""
    message = Message.objects.get(template="receipt_code")
    assert message.secret is not None
    code: str = message.secret.open()
    return code


def cash_due() -> tuple[cases.Desk, Entitlement]:
    """Return Rp300.000 of village money, ready at the counter."""
    desk = cases.desk()
    cases.fund(CASH, 300_000)
    claim = cases.claim_of(population.wayan())
    cases.visit(claim, desk.sari)
    cases.approve(claim, desk.endang, CASH)
    batch = cases.draft(desk, code=CASH)
    due = cases.due_of(claim)
    add_dues(batch=batch, due_ids=[due.pk], by=desk.endang, at=NOW)
    mark_ready(batch=batch, by=desk.endang, at=NOW)
    return desk, Entitlement.objects.get(pk=due.pk)


def test_received_with_the_code_of_the_recipient() -> None:
    desk = cases.desk(budget=3)
    due = cases.at_the_counter(desk)
    send_receipt_code(due=due, by=desk.sari, at=NOW)
    call(
        due,
        desk.sari,
        proof=Proof.ONE_TIME_CODE,
        code=code_sent(),
        signature_id=None,
        photo_id=None,
    )
    assert claim_state(due) == "handed_over"
    assert cases.held() == (2, 0, 1)
    assert cases.open_work_kinds() == []
    assert listing_of(due).last_paid_on == TODAY
    assert accounts_that_disagree() == []


def test_a_wrong_code_costs_a_try_and_hands_nothing_over() -> None:
    desk = cases.desk(budget=3)
    due = cases.at_the_counter(desk)
    send_receipt_code(due=due, by=desk.sari, at=NOW)
    tries = OneTimeCode.objects.get().tries_left
    with pytest.raises(WrongCode):
        call(due, desk.sari, proof=Proof.ONE_TIME_CODE, code="not it")
    assert OneTimeCode.objects.get().tries_left == tries - 1
    assert claim_state(due) == "approved"
    assert cases.held() == (2, 1, 0)


def test_no_code_without_a_recorded_phone() -> None:
    desk = cases.desk()
    due = cases.at_the_counter(desk)
    Family.objects.update(phone=None)
    with pytest.raises(NoPhone):
        send_receipt_code(due=Entitlement.objects.get(pk=due.pk), by=desk.sari, at=NOW)


def test_codes_are_not_sent_until_one_is_guessed() -> None:
    desk = cases.desk()
    due = cases.at_the_counter(desk)
    for minute in range(5):
        moment = NOW + timedelta(minutes=minute)
        send_receipt_code(due=due, by=desk.sari, at=moment)
    with pytest.raises(TooManyReceiptCodes):
        send_receipt_code(due=due, by=desk.sari, at=NOW + timedelta(minutes=6))
    send_receipt_code(due=due, by=desk.sari, at=NOW + timedelta(hours=1))
    assert Message.objects.filter(template="receipt_code").count() == 6


def test_aid_that_goes_back_between_the_look_and_the_lock_is_not_handed_over(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    desk = cases.desk(budget=3)
    due = cases.at_the_counter(desk)
    name = "smartkampung.aid.actions.handover.due_locks"

    def meanwhile(now_is: Entitlement) -> list[Lock]:
        monkeypatch.setattr(name, due_locks)
        Person.objects.filter(pk=due.person_id).update(status="moved")
        cases.given_back(due, desk.endang, desk.sari)
        return due_locks(now_is)

    monkeypatch.setattr(name, meanwhile)
    with pytest.raises(CannotHandOver):
        call(due, desk.sari)
    assert cases.held() == (3, 0, 0)


def test_in_part_returns_the_rest() -> None:
    desk, due = cash_due()
    call(due, desk.sari, Outcome.PARTIAL, quantity=200_000)
    assert claim_state(due) == "handed_over"
    assert cases.held(CASH) == (100_000, 0, 200_000)


@pytest.mark.parametrize(
    ("quantity", "fault"),
    [
        (None, Fault.QUANTITY_MISSING),
        (300_000, Fault.QUANTITY_NOT_LESS),
        (400_000, Fault.QUANTITY_NOT_LESS),
    ],
)
def test_in_part_is_less_than_due(quantity: int | None, fault: Fault) -> None:
    desk, due = cash_due()
    with pytest.raises(HandoverIncomplete) as refusal:
        call(due, desk.sari, Outcome.PARTIAL, quantity=quantity)
    assert refusal.value.faults == [fault]


def test_absent_may_come_again() -> None:
    desk = cases.desk(budget=3)
    due = cases.at_the_counter(desk)
    call(due, desk.sari, Outcome.ABSENT)
    assert (claim_state(due), cases.held()) == ("approved", (2, 1, 0))
    assert cases.open_work_kinds() == ["aid.hand_over"]
    call(due, desk.sari)
    assert (claim_state(due), cases.held()) == ("handed_over", (2, 0, 1))


def test_absent_on_three_days_as_two_people_saw_returns_the_aid() -> None:
    desk = cases.desk(budget=3)
    due = cases.at_the_counter(desk)
    cases.absent(due, desk.sari, desk.sari, desk.endang)
    assert (claim_state(due), cases.held()) == ("returned", (3, 0, 0))
    with pytest.raises(CannotHandOver):
        call(due, desk.sari)


def test_sari_alone_does_not_make_anybody_absent_for_good() -> None:
    desk = cases.desk(budget=3)
    due = cases.at_the_counter(desk)
    cases.absent(due, desk.sari, desk.sari, desk.sari, desk.sari)
    assert due.batch is not None
    close_batch(batch=due.batch, by=desk.endang, at=NOW)
    assert (claim_state(due), cases.held()) == ("approved", (2, 1, 0))
    assert cases.open_work_kinds() == ["aid.batch"]


def test_handover_absent_once_a_day() -> None:
    desk = cases.desk(budget=3)
    due = cases.at_the_counter(desk)
    call(due, desk.sari, Outcome.ABSENT)
    for later in (0, 14):
        with pytest.raises(CannotHandOver):
            call(due, desk.endang, Outcome.ABSENT, at=NOW + timedelta(hours=later))
    call(due, desk.endang, Outcome.ABSENT, at=NOW + timedelta(hours=15))
    assert cases.held() == (2, 1, 0)


def test_declined_returns_the_aid_and_frees_the_family_for_other_aid() -> None:
    desk = cases.desk(budget=3)
    due = cases.at_the_counter(desk)
    call(due, desk.sari, Outcome.DECLINED, note="sudah bekerja lagi")
    assert (claim_state(due), cases.held()) == ("returned", (3, 0, 0))
    assert listing_of(due).until == TODAY


def test_the_same_form_is_one_handover() -> None:
    desk = cases.desk(budget=3)
    due = cases.at_the_counter(desk)
    form = uuid.uuid4()
    first = call(due, desk.sari, form_id=form)
    assert call(due, desk.sari, form_id=form) == first
    with pytest.raises(CannotHandOver):
        call(due, desk.sari, Outcome.ABSENT, form_id=form)
    assert cases.held() == (2, 0, 1)


def test_a_form_serves_one_entitlement() -> None:
    desk = cases.desk()
    due = cases.at_the_counter(desk)
    other = cases.approved(desk, population.person("Komang", "3510095505900001"))
    cases.announced(desk, other, stage=2)
    form = uuid.uuid4()
    call(due, desk.sari, form_id=form)
    with pytest.raises(CannotHandOver):
        call(Entitlement.objects.get(pk=other.pk), desk.sari, form_id=form)


def test_nobody_is_paid_twice() -> None:
    desk = cases.desk()
    due = cases.at_the_counter(desk)
    call(due, desk.sari)
    with pytest.raises(CannotHandOver):
        call(due, desk.sari)
    assert Handover.objects.count() == 1


def test_a_receipt_needs_proof() -> None:
    desk = cases.desk()
    due = cases.at_the_counter(desk)
    for proof, fault in (
        (Proof.NONE, Fault.PROOF_MISSING),
        (Proof.ONE_TIME_CODE, Fault.CODE_MISSING),
    ):
        with pytest.raises(HandoverIncomplete) as refusal:
            call(due, desk.sari, proof=proof)
        assert refusal.value.faults == [fault]
    with pytest.raises(HandoverIncomplete) as refusal:
        call(due, desk.sari, photo_id=None)
    assert refusal.value.faults == [Fault.SIGNATURE_OR_PHOTO_MISSING]


@pytest.mark.parametrize("status", ["dead", "moved", "missing"])
def test_who_left_since_the_approval_gets_nothing(status: str) -> None:
    desk = cases.desk(budget=3)
    due = cases.at_the_counter(desk)
    Person.objects.filter(pk=due.person_id).update(status=status)
    with pytest.raises(MustNotHandOver) as refusal:
        call(due, desk.sari)
    assert refusal.value.reasons == [Reason(status)]
    assert cases.held() == (2, 1, 0)
    cases.given_back(due, desk.sari, desk.endang)
    assert (claim_state(due), cases.held()) == ("returned", (3, 0, 0))


def test_other_aid_since_the_approval_refuses_at_the_counter() -> None:
    desk = cases.desk()
    due = cases.at_the_counter(desk)
    cases.listed(due.person, "pkh")
    with pytest.raises(MustNotHandOver) as refusal:
        call(due, desk.sari)
    assert refusal.value.reasons == [Reason.ALREADY_RECEIVING]
    call(due, desk.sari, Outcome.ABSENT)


def test_nothing_is_handed_over_before_its_batch_is_ready() -> None:
    desk = cases.desk()
    due = cases.approved(desk)
    with pytest.raises(CannotHandOver):
        call(due, desk.sari)
