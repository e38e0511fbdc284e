"""From a draft to money in people's accounts: batch, approval, sending, answers."""

from typing import Any

import pytest

from smartkampung.aid.actions.batch import add_dues
from smartkampung.aid.actions.handover import (
    CannotHandOver,
    record_handover,
)
from smartkampung.aid.actions.life import take_notice
from smartkampung.aid.actions.returning import return_entitlement
from smartkampung.aid.cycles.actions.recipients import suspend
from smartkampung.aid.cycles.rules.proposals import Why
from smartkampung.aid.models import (
    BankAccount,
    Claim,
    Enrolment,
    PaymentAnswer,
    PaymentBatch,
)
from smartkampung.aid.payments.actions.answers import AnswerRefused, read_answer
from smartkampung.aid.payments.actions.batches import (
    CannotMakeBatch,
    PaymentRefused,
    approve,
    choose_all,
    make_batch,
    remove,
    reopen,
)
from smartkampung.aid.payments.actions.failures import NothingFound, settle
from smartkampung.aid.payments.actions.send import open_batch_file, send_batch
from smartkampung.aid.payments.queries.batches import totals_of
from smartkampung.aid.payments.rules.steps import Bar, Channel, Totals
from smartkampung.aid.payments.simulator import (
    CLOSED,
    PAID,
    PENDING,
    Said,
    report,
)
from smartkampung.aid.rules.handover import Outcome, Proof
from smartkampung.audit.models import Access
from smartkampung.residents.actions.deaths import record_death
from smartkampung.residents.models import LifeEvent, Person
from tests import cases, cast, lives, payments, population
from tests.cases import NOW, TODAY
from tests.payments import held

pytestmark = pytest.mark.django_db
EACH = 300_000


def test_money_goes_out_once_and_is_paid_when_the_bank_says_so() -> None:
    desk = payments.counter()
    batch = payments.sent(desk)
    assert (batch.count, batch.total) == (2, 2 * EACH)
    assert held() == moved(in_transit=2 * EACH)
    assert send_batch(batch=batch, by=desk.dian, at=NOW).pk == batch.pk
    assert held() == moved(in_transit=2 * EACH)

    payments.bank_says(desk, batch, {desk.wayan: PAID, desk.komang: PENDING})
    assert held() == moved(in_transit=EACH, paid=EACH)
    assert payments.fresh(batch).state == "sent"

    payments.bank_says(desk, batch, {desk.komang: PAID}, answer="LATE")
    assert held() == moved(paid=2 * EACH)
    assert payments.fresh(batch).state == "reconciled"
    assert cases.open_work_kinds() == []
    listed = Enrolment.objects.get(family=desk.wayan.family)
    assert listed.last_paid_on == TODAY


def test_the_same_answer_twice_is_one() -> None:
    desk = payments.counter()
    batch = payments.sent(desk)
    first = payments.bank_says(desk, batch, {desk.wayan: PAID})
    again = payments.bank_says(desk, batch, {desk.wayan: PAID})
    assert first.pk == again.pk
    with pytest.raises(AnswerRefused, match="MsgId"):
        payments.bank_says(desk, batch, {desk.wayan: CLOSED})
    assert PaymentAnswer.objects.count() == 1
    assert held() == moved(in_transit=EACH, paid=EACH)


@pytest.mark.closes("aid.payment_failed")
def test_what_fails_comes_back_and_is_work_with_a_reason() -> None:
    desk = payments.counter()
    batch = payments.sent(desk)
    payments.bank_says(desk, batch, {desk.wayan: CLOSED, desk.komang: PAID})
    assert held() == moved(committed=EACH, paid=EACH)
    failed = payments.payment_of(batch, desk.wayan)
    assert (failed.state, failed.reason) == ("failed", "AC04")
    assert cases.open_work_kinds() == ["aid.payment_failed"]
    with pytest.raises(NothingFound):
        settle(payment=failed, text=" ", by=desk.endang, at=NOW)
    settle(payment=failed, text="Rekening ditutup.", by=desk.endang, at=NOW)
    settle(payment=failed, text="Sekali lagi.", by=desk.endang, at=NOW)
    assert cases.open_work_kinds() == ["aid.batch"]
    # It can be paid again, and then only once.
    payments.sent(desk)
    assert held() == moved(in_transit=EACH, paid=EACH)
    assert "aid.batch" not in cases.open_work_kinds()


@pytest.mark.closes("aid.payment_contradicted")
def test_the_first_final_answer_wins_and_a_contradiction_is_work() -> None:
    desk = payments.counter()
    batch = payments.sent(desk)
    payments.bank_says(desk, batch, {desk.wayan: PAID, desk.komang: CLOSED})
    before = held()
    later = {desk.wayan: Said("RJCT", "AC01"), desk.komang: PAID}
    answer = payments.bank_says(desk, batch, later, answer="LATER")
    assert answer.contradicting == 2
    assert held() == before
    assert payments.payment_of(batch, desk.wayan).state == "paid"
    assert cases.open_work_kinds().count("aid.payment_contradicted") == 2
    settle(
        payment=payments.payment_of(batch, desk.wayan),
        text="Bank keliru.",
        by=desk.endang,
        at=NOW,
    )
    assert cases.open_work_kinds().count("aid.payment_contradicted") == 1


def test_who_died_since_the_approval_is_not_paid() -> None:
    desk = payments.counter()
    batch = payments.approved(desk)
    Person.objects.filter(pk=desk.wayan.pk).update(status="dead")
    batch = send_batch(batch=batch, by=desk.dian, at=NOW)
    assert (batch.count, batch.total) == (1, EACH)
    left = payments.payment_of(batch, desk.wayan)
    assert (left.state, left.reason) == ("withdrawn", "dead")
    assert held() == moved(committed=EACH, in_transit=EACH)


def test_nothing_is_sent_when_nobody_may_be_paid() -> None:
    desk = payments.counter()
    batch = payments.approved(desk)
    Person.objects.update(status="dead")
    with pytest.raises(PaymentRefused) as refusal:
        send_batch(batch=batch, by=desk.dian, at=NOW)
    assert refusal.value.bars == [Bar.EMPTY]
    assert held() == moved(committed=2 * EACH)


def test_money_for_the_dead_that_comes_back_goes_to_the_budget() -> None:
    desk = payments.counter()
    batch = payments.sent(desk)
    record_death(act=lives.act(), person=desk.wayan)
    take_notice(event_id=LifeEvent.objects.get().pk, at=NOW)
    assert held() == moved(in_transit=2 * EACH)
    payments.bank_says(desk, batch, {desk.wayan: Said("RJCT", "MD07")})
    assert held() == moved(budget=EACH, in_transit=EACH)
    assert payments.due_of(desk.wayan).cancelled


def test_suspending_takes_a_recipient_out_of_what_was_not_sent() -> None:
    desk = payments.counter()
    batch = payments.approved(desk)
    proposal = payments.due_of(desk.wayan).proposal
    assert proposal is not None
    suspend(proposal=proposal, why=Why.WRONG_DATA, by="endang", at=NOW)
    assert payments.payment_of(batch, desk.wayan).state == "withdrawn"
    assert send_batch(batch=batch, by=desk.dian, at=NOW).count == 1
    assert held() == moved(budget=EACH, in_transit=EACH)


def test_what_is_with_the_bank_is_left_alone_by_everything_else() -> None:
    desk = payments.counter()
    payments.sent(desk)
    due = payments.due_of(desk.wayan)
    proposal = due.proposal
    assert proposal is not None
    suspend(proposal=proposal, why=Why.WRONG_DATA, by="endang", at=NOW)
    with pytest.raises(CannotHandOver):
        return_entitlement(due=due, note="", by=desk.endang, at=NOW)
    hand_over = cases.draft(desk.round.desk, code=payments.CASH)
    assert add_dues(batch=hand_over, due_ids=[due.pk], by=desk.endang, at=NOW) == 0
    assert held() == moved(in_transit=2 * EACH)


def test_what_waits_to_be_sent_is_not_handed_over() -> None:
    desk = payments.counter()
    hand_over = cases.draft(desk.round.desk, code=payments.CASH)
    due = payments.due_of(desk.wayan)
    payments.approved(desk)
    hand_over.state = "ready"
    hand_over.save()
    due.batch = hand_over
    due.save()
    with pytest.raises(CannotHandOver):
        record_handover(**call(due, desk))


def call(due: Any, desk: payments.Counter) -> dict[str, Any]:
    proof = {"signature_id": cases.a_photo(), "photo_id": cases.a_photo()}
    return {
        "form_id": cases.a_photo(),
        "due": due,
        "outcome": Outcome.RECEIVED,
        "proof": Proof.SIGNATURE,
        "by": desk.endang,
        "at": NOW,
        **proof,
    }


def test_the_maker_does_not_approve_and_sees_the_totals_first() -> None:
    desk = payments.counter()
    batch = payments.draft(desk)
    with pytest.raises(PaymentRefused) as refusal:
        approve(batch=batch, seen=Totals(1, EACH), by=desk.endang, at=NOW)
    assert refusal.value.bars == [Bar.MADE_IT, Bar.TOTALS_CHANGED]
    with pytest.raises(PaymentRefused) as refusal:
        send_batch(batch=batch, by=desk.dian, at=NOW)
    assert refusal.value.bars == [Bar.NOT_THIS_STEP]


def test_who_is_taken_out_of_a_draft_waits_again() -> None:
    desk = payments.counter()
    batch = payments.draft(desk)
    row = payments.payment_of(batch, desk.wayan)
    remove(payment=row, by=desk.endang, at=NOW)
    assert totals_of(batch) == Totals(1, EACH)
    assert cases.open_work_kinds() == ["aid.batch"]
    with pytest.raises(PaymentRefused):
        remove(payment=row, by=desk.endang, at=NOW)
    assert choose_all(batch=batch, by=desk.endang, at=NOW) == 1
    approve(batch=batch, seen=totals_of(batch), by=desk.bambang, at=NOW)
    with pytest.raises(PaymentRefused):
        choose_all(batch=batch, by=desk.endang, at=NOW)


def test_an_approval_is_taken_back_until_the_batch_is_sent() -> None:
    desk = payments.counter()
    batch = payments.approved(desk)
    assert cases.open_work_kinds() == ["aid.send_payment"]
    reopen(batch=batch, by=desk.bambang, at=NOW)
    assert cases.open_work_kinds() == []
    remove(payment=payments.payment_of(batch, desk.wayan), by=desk.endang, at=NOW)
    approve(batch=batch, seen=totals_of(batch), by=desk.bambang, at=NOW)
    assert send_batch(batch=batch, by=desk.dian, at=NOW).count == 1
    with pytest.raises(PaymentRefused):
        reopen(batch=batch, by=desk.bambang, at=NOW)


def test_no_batch_of_goods_elsewhere_or_in_the_past() -> None:
    desk = payments.counter()
    told: dict[str, Any] = {
        "programme": desk.round.cycle.programme,
        "region_code": cast.KECAMATAN,
        "channel": Channel.BANK,
        "pay_on": TODAY,
        "by": desk.endang,
        "at": NOW,
    }
    for wrong in (
        {"region_code": cast.OTHER_KECAMATAN},
        {"programme": cases.programme()},
        {"pay_on": TODAY.replace(year=2025)},
    ):
        with pytest.raises(CannotMakeBatch):
            make_batch(**{**told, **wrong})


def test_an_account_that_changed_after_the_approval_is_left_out() -> None:
    desk = payments.counter()
    batch = payments.approved(desk)
    payments.account(desk, desk.wayan, "777777777")
    batch = send_batch(batch=batch, by=desk.dian, at=NOW)
    left = payments.payment_of(batch, desk.wayan)
    assert (left.state, left.reason) == ("withdrawn", "account_replaced")


def test_the_file_is_the_same_each_time_and_every_look_is_kept() -> None:
    desk = payments.counter()
    batch = payments.approved(desk)
    with pytest.raises(PaymentRefused):
        open_batch_file(batch=batch, by=desk.dian, role="dinsos")
    batch = send_batch(batch=batch, by=desk.dian, at=NOW)
    first = open_batch_file(batch=batch, by=desk.dian, role="dinsos")
    Person.objects.update(name="Lain")
    assert open_batch_file(batch=batch, by=desk.dian, role="dinsos") == first
    assert b"001122330" in first
    seen = Access.objects.filter(purpose="aid.payment_file", person_id=desk.wayan.pk)
    assert seen.count() == 2


def test_a_list_for_the_post_office_and_its_result() -> None:
    desk = payments.counter()
    BankAccount.objects.all().update(state="replaced")
    batch = payments.sent(desk, Channel.POST)
    wayan, komang = (
        payments.payment_of(batch, who).reference for who in (desk.wayan, desk.komang)
    )
    listed = open_batch_file(batch=batch, by=desk.dian, role="dinsos").decode()
    assert wayan in listed
    assert f"TOTAL,2,,,,,{2 * EACH}" in listed
    head = "answer_id,message_id,reference,result,reason,amount\r\n"
    lines = (
        f"R1,{batch.message_id},{wayan},paid,,{EACH}\r\n"
        f"R1,{batch.message_id},{komang},returned,UNCL,{EACH}\r\n"
        f"R1,{batch.message_id},TOTAL,2,,{2 * EACH}\r\n"
    )
    read_answer(batch=batch, content=(head + lines).encode(), by=desk.dian, at=NOW)
    assert held() == moved(committed=EACH, paid=EACH)
    assert payments.payment_of(batch, desk.komang).reason == "UNCL"


def test_an_answer_that_does_not_fit_changes_nothing() -> None:
    desk = payments.counter()
    batch = payments.sent(desk)
    other = payments.fresh(batch)
    other.total += 1
    with pytest.raises(AnswerRefused, match="OrgnlCtrlSum"):
        payments.bank_says(desk, other, {desk.wayan: PAID})
    other = payments.fresh(batch)
    other.message_id = "SK-OTHER"
    with pytest.raises(AnswerRefused, match="OrgnlMsgId"):
        payments.bank_says(desk, other, {desk.wayan: PAID})
    with pytest.raises(AnswerRefused):
        read_answer(batch=batch, content=b"<a>", by=desk.dian, at=NOW)
    assert held() == moved(in_transit=2 * EACH)
    early = report(
        message_id="A", about="B", count=1, total=1, lines={"C": PAID}, at=NOW
    )
    with pytest.raises(PaymentRefused):
        read_answer(batch=payments.draft(desk), content=early, by=desk.dian, at=NOW)


def moved(**now: int) -> dict[str, int]:
    """Return the balances after ``now``, of 2,000,000 with two put aside."""
    start = {"budget": 2_000_000 - 2 * EACH}
    found = dict.fromkeys(payments.ACCOUNTS, 0)
    found.update(start)
    for name, amount in now.items():
        found[name] = amount + (start["budget"] if name == "budget" else 0)
    return found


def test_a_claim_is_closed_when_its_aid_is_paid() -> None:
    desk = payments.counter()
    gede = population.person("Gede", "3510095505900007")
    claim = cases.claim_of(gede)
    cases.visit(claim, desk.sari)
    cases.approve(claim, desk.endang, payments.CASH)
    payments.account(desk, gede, "445566778")
    batch = payments.sent(desk)
    payments.bank_says(desk, batch, {gede: PAID})
    assert cases.state_of(claim) == Claim.State.HANDED_OVER


@pytest.mark.closes("aid.answer_payment")
def test_a_bank_may_refuse_the_whole_file() -> None:
    desk = payments.counter()
    batch = payments.sent(desk)
    told = answer_to(batch, "X").replace(
        b"</OrgnlCtrlSum>", b"</OrgnlCtrlSum><GrpSts>RJCT</GrpSts>", 1
    )
    start, end = told.index(b"<OrgnlPmtInfAndSts>"), told.index(b"</CstmrPmtStsRpt>")
    whole = told[:start] + told[end:]
    found = read_answer(batch=batch, content=whole, by=desk.dian, at=NOW)
    assert found.failed == 2
    assert held() == moved(committed=2 * EACH)


def test_an_answer_about_strangers_or_other_amounts_names_the_element() -> None:
    desk = payments.counter()
    batch = payments.sent(desk)
    stranger = answer_to(batch, "STRANGER")
    with pytest.raises(AnswerRefused, match="OrgnlEndToEndId, STRANGER"):
        read_answer(batch=batch, content=stranger, by=desk.dian, at=NOW)
    ours = payments.payment_of(batch, desk.wayan).reference
    other = answer_to(batch, ours).replace(
        b"</TxSts>",
        b'</TxSts><OrgnlTxRef><Amt><InstdAmt Ccy="IDR">1</InstdAmt></Amt></OrgnlTxRef>',
    )
    with pytest.raises(AnswerRefused, match="InstdAmt"):
        read_answer(batch=batch, content=other, by=desk.dian, at=NOW)
    assert held() == moved(in_transit=2 * EACH)


def answer_to(batch: PaymentBatch, reference: str) -> bytes:
    """Return an answer to a batch about one payment."""
    return report(
        message_id="A",
        about=batch.message_id,
        count=batch.count,
        total=batch.total,
        lines={reference: PAID},
        at=NOW,
    )
