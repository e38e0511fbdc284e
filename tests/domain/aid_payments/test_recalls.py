"""A sent payment is called back: the answer of the bank moves it, once."""

from typing import Any

import pytest

from smartkampung.aid.models import Entitlement, Payment, PaymentRecall
from smartkampung.aid.payments.actions.answers import AnswerRefused
from smartkampung.aid.payments.actions.batches import choose_all
from smartkampung.aid.payments.actions.recalls import (
    CannotRecall,
    ask_back,
    read_recall_answer,
    request_file,
)
from smartkampung.aid.payments.rules.files import Fault
from smartkampung.aid.payments.rules.recalls import Result
from smartkampung.ledger.queries import accounts_that_disagree
from smartkampung.residents.models import Person
from tests import cases, payments
from tests.cases import NOW
from tests.domain.aid.test_promises import Broken
from tests.payments import PAID

pytestmark = pytest.mark.django_db
HEAD = "answer_id,message_id,reference,result\r\n"


def asked(desk: payments.Counter, payment: Payment, reason: str = "Salah.") -> None:
    """Ask a payment back."""
    ask_back(payment=payment, reason=reason, by=desk.dian, at=NOW)


def answer(payment: Payment, result: str = "recalled", answer_id: str = "R1") -> str:
    """Return what the bank writes about a payment."""
    message = payment.batch.message_id
    return HEAD + f"{answer_id},{message},{payment.reference},{result}\r\n"


def read(desk: payments.Counter, payment: Payment, text: str) -> dict[Result, int]:
    """Read an answer."""
    return read_recall_answer(
        batch=payment.batch, content=text.encode(), by=desk.dian, at=NOW
    )


def on_its_way(desk: payments.Counter) -> Payment:
    """Return Wayan's payment, sent and asked back."""
    payment = payments.payment_of(payments.sent(desk), desk.wayan)
    asked(desk, payment)
    return payment


def state_of(payment: Payment) -> str:
    """Return the state as it is now."""
    return Payment.objects.get(pk=payment.pk).state


@pytest.mark.closes("aid.batch")
def test_only_the_answer_brings_the_money_back_and_it_is_paid_once_afterwards() -> None:
    desk = payments.counter()
    payment = on_its_way(desk)
    before = payments.held()
    listed = request_file(batch=payment.batch, by=desk.dian, at=NOW).decode()
    assert payment.reference in listed
    assert desk.wayan.name not in listed
    assert state_of(payment) == "in_transit"
    assert payments.held() == before

    assert read(desk, payment, answer(payment))[Result.RECALLED] == 1
    assert read(desk, payment, answer(payment))[Result.RECALLED] == 0
    assert state_of(payment) == "recalled"
    now_is = payments.held()
    assert now_is["in_transit"] == before["in_transit"] - payment.amount
    assert now_is["committed"] == before["committed"] + payment.amount
    again = payments.draft(desk)
    assert [row.entitlement.person for row in again.payments.all()] == [desk.wayan]
    assert choose_all(batch=again, by=desk.endang, at=NOW) == 0
    assert accounts_that_disagree() == []


def test_what_was_executed_stays_on_its_way_and_can_be_asked_again() -> None:
    desk = payments.counter()
    payment = on_its_way(desk)
    late = answer(payment, "executed")
    assert read(desk, payment, late)[Result.EXECUTED] == 1
    assert state_of(payment) == "in_transit"
    asked(desk, payment)
    assert read(desk, payment, late)[Result.EXECUTED] == 0
    assert PaymentRecall.objects.filter(result="").count() == 1


def test_what_was_paid_meanwhile_stays_paid_and_is_looked_at() -> None:
    desk = payments.counter()
    payment = on_its_way(desk)
    payments.bank_says(desk, payment.batch, {desk.wayan: PAID})
    read(desk, payment, answer(payment))
    assert state_of(payment) == "paid"
    assert "aid.payment_contradicted" in cases.open_work_kinds()


def test_a_recalled_payment_that_the_bank_calls_paid_later_moves_nothing() -> None:
    desk = payments.counter()
    payment = on_its_way(desk)
    read(desk, payment, answer(payment))
    held = payments.held()
    payments.bank_says(desk, payment.batch, {desk.wayan: PAID})
    assert state_of(payment) == "recalled"
    assert payments.held()["paid"] == held["paid"]
    assert "aid.payment_contradicted" in cases.open_work_kinds()


def test_money_of_somebody_who_died_goes_back_to_the_budget() -> None:
    desk = payments.counter()
    payment = on_its_way(desk)
    Person.objects.filter(pk=desk.wayan.pk).update(status=Person.Status.DEAD)
    read(desk, payment, answer(payment))
    assert Entitlement.objects.get(pk=payment.entitlement_id).cancelled


def test_a_bad_line_takes_nothing_and_is_named() -> None:
    desk = payments.counter()
    payment = on_its_way(desk)
    komang = payments.payment_of(payment.batch, desk.komang)
    bad = answer(payment) + answer(komang, "maybe", "").partition("\r\n")[2]
    with pytest.raises(AnswerRefused) as caught:
        read(desk, payment, bad)
    found = [(each.fault, each.element, each.line) for each in caught.value.problems]
    assert found == [
        (Fault.VALUE_UNKNOWN, "answer_id", 3),
        (Fault.NOT_ASKED_BACK, "reference", 3),
        (Fault.VALUE_UNKNOWN, "result", 3),
    ]
    assert state_of(payment) == "in_transit"


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("answer_id\r\n", Fault.COLUMN_MISSING),
        (HEAD, Fault.MISSING),
        ('"', Fault.NOT_CSV),
        ("x" * 8_388_609, Fault.TOO_LARGE),
    ],
)
def test_a_file_that_is_no_answer_is_refused(text: str, fault: Fault) -> None:
    desk = payments.counter()
    with pytest.raises(AnswerRefused) as caught:
        read(desk, on_its_way(desk), text)
    assert caught.value.problems[0].fault is fault


def test_recall_has_a_reason() -> None:
    desk = payments.counter()
    with pytest.raises(CannotRecall):
        asked(desk, payments.payment_of(payments.sent(desk), desk.wayan), " ")


def test_recall_one_open() -> None:
    desk = payments.counter()
    payment = on_its_way(desk)
    with pytest.raises(CannotRecall):
        asked(desk, payment)


def test_recall_of_what_is_on_its_way() -> None:
    desk = payments.counter()
    draft = payments.draft(desk)
    with pytest.raises(CannotRecall):
        asked(desk, payments.payment_of(draft, desk.wayan))


def breaks(name: str, rows: Any, **change: Any) -> None:
    """Change rows past the actions."""
    with Broken(name):
        rows.update(**change)


def test_recall_answer_is_whole() -> None:
    on_its_way(payments.counter())
    breaks("recall_answer_is_whole", PaymentRecall.objects.all(), result="recalled")


def test_payment_recalled_by_answer() -> None:
    on_its_way(payments.counter())
    breaks("payment_recalled_by_answer", Payment.objects.all(), state="recalled")
