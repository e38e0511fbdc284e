"""A bank answers what is called back in its own messages: partly, late and twice."""

from pathlib import Path

import pytest
from lxml import etree

from smartkampung.accounts.roles import Permission
from smartkampung.aid.models import BankAccount, Payment, PaymentBatch, PaymentRecall
from smartkampung.aid.payments.actions.answers import AnswerRefused, read_answer
from smartkampung.aid.payments.actions.recalls import (
    CannotRecall,
    ask_back,
    read_recall_answer,
    request_file,
)
from smartkampung.aid.payments.actions.send import open_batch_file
from smartkampung.aid.payments.rules import camt029
from smartkampung.aid.payments.rules.files import Fault
from smartkampung.aid.payments.rules.recalls import Result
from smartkampung.aid.payments.rules.steps import Channel
from smartkampung.aid.payments.simulator import Bank
from smartkampung.aid.payments.simulator_recalls import resolution
from smartkampung.ledger.queries import accounts_that_disagree
from smartkampung.residents.models import Person
from tests import cases, payments
from tests.cases import NOW

pytestmark = pytest.mark.django_db
Counted = dict[Result, int]


def on_its_way(desk: payments.Counter, *people: Person) -> PaymentBatch:
    """Return a batch of which some payments were asked back."""
    batch = payments.sent(desk)
    for person in people:
        ask_back(
            payment=payments.payment_of(batch, person),
            reason="Salah orang.",
            by=desk.dian,
            at=NOW,
        )
    return batch


def bank_says(
    desk: payments.Counter,
    batch: PaymentBatch,
    said: dict[Person, str],
    *,
    answer: str = "CAMT-1",
) -> Counted:
    """Let the bank answer in camt.029, and read it."""
    lines = {
        payments.payment_of(batch, who).reference: word for who, word in said.items()
    }
    content = resolution(answer_id=answer, about=batch.message_id, lines=lines, at=NOW)
    return read_recall_answer(batch=batch, content=content, by=desk.dian, at=NOW)


def states(batch: PaymentBatch) -> list[str]:
    """Return the states of the payments of a batch."""
    return sorted(Payment.objects.filter(batch=batch).values_list("state", flat=True))


def test_the_request_names_message_and_payment_and_no_person() -> None:
    desk = payments.counter()
    batch = on_its_way(desk, desk.wayan)
    content = request_file(batch=batch, by=desk.dian, at=NOW)
    row = payments.payment_of(batch, desk.wayan)
    root = etree.fromstring(content)
    said = {el.tag.partition("}")[2]: el.text for el in root.iter() if el.text}
    assert said["OrgnlPmtInfId"] == said["OrgnlMsgId"] == batch.message_id
    assert said["OrgnlEndToEndId"] == row.reference
    assert said["CtrlSum"] == said["OrgnlInstdAmt"] == str(row.amount)
    assert len(said["Id"] or "") <= 35
    assert desk.wayan.name not in content.decode()
    again = request_file(batch=batch, by=desk.dian, at=NOW)
    assert again == content


def test_accepted_and_refused_in_one_answer_move_what_came_back_only() -> None:
    desk = payments.counter()
    batch = on_its_way(desk, desk.wayan, desk.komang)
    before = payments.held()
    found = bank_says(desk, batch, {desk.wayan: "ACCR", desk.komang: "RJCR"})
    assert found == {Result.RECALLED: 1, Result.EXECUTED: 1}
    assert states(batch) == ["in_transit", "recalled"]
    amount = payments.payment_of(batch, desk.wayan).amount
    assert payments.held()["committed"] == before["committed"] + amount
    assert "aid.batch" in cases.open_work_kinds()  # waits for its next way
    assert accounts_that_disagree() == []


def test_still_looking_is_no_answer_and_the_late_one_counts_once() -> None:
    desk = payments.counter()
    batch = on_its_way(desk, desk.wayan)
    assert not any(bank_says(desk, batch, {desk.wayan: "PDCR"}).values())
    assert PaymentRecall.objects.filter(result="").exists()
    for expected in (1, 0):
        late = bank_says(desk, batch, {desk.wayan: "ACCR"}, answer="CAMT-2")
        assert late[Result.RECALLED] == expected
    held = payments.held()
    assert bank_says(desk, batch, {desk.wayan: "PDCR"})[Result.RECALLED] == 0
    assert payments.held() == held


def test_an_answer_that_says_otherwise_is_looked_at_once_and_moves_nothing() -> None:
    desk = payments.counter()
    batch = on_its_way(desk, desk.wayan)
    bank_says(desk, batch, {desk.wayan: "RJCR"})
    held = payments.held()
    for _again in range(2):
        found = bank_says(desk, batch, {desk.wayan: "ACCR"}, answer="CAMT-2")
        assert not any(found.values())
    assert payments.held() == held
    assert cases.open_work_kinds().count("aid.payment_contradicted") == 1
    assert PaymentRecall.objects.get().contradicted_by == "CAMT-2"


def test_an_answer_about_something_else_takes_nothing_and_names_the_element() -> None:
    desk = payments.counter()
    batch = on_its_way(desk, desk.wayan)
    reference = payments.payment_of(batch, desk.wayan).reference
    good = resolution(
        answer_id="C1", about=batch.message_id, lines={reference: "ACCR"}, at=NOW
    )
    ours = f"<OrgnlEndToEndId>{reference}".encode()
    changes = [
        (ours, b"<OrgnlEndToEndId>X", Fault.NOT_ASKED_BACK, "OrgnlEndToEndId"),
        (b"ACCR", b"MAYBE", Fault.VALUE_UNKNOWN, "TxCxlSts"),
        (b"<Id>C1</Id>", b"", Fault.MISSING, "Assgnmt/Id"),
        (b"OrgnlPmtInfId>SK", b"OrgnlPmtInfId>XX", Fault.OTHER_BATCH, "OrgnlPmtInfId"),
        (b"TxInfAndSts", b"Other", Fault.MISSING, "TxInfAndSts"),
        (
            b"<TxCxlSts>",
            b'<OrgnlInstdAmt Ccy="IDR">1</OrgnlInstdAmt><TxCxlSts>',
            Fault.OTHER_AMOUNT,
            "OrgnlInstdAmt",
        ),
        (b"camt.029.001.03", b"camt.029.001.14", Fault.OTHER_MESSAGE, "Document"),
        (b"</Document>", b"", Fault.NOT_XML, ""),
    ]
    for old, new, fault, element in changes:
        with pytest.raises(AnswerRefused) as caught:
            read_recall_answer(
                batch=batch, content=good.replace(old, new), by=desk.dian, at=NOW
            )
        named = [(each.fault, each.element) for each in caught.value.problems]
        assert (fault, element) in named
    assert states(batch) == ["in_transit", "in_transit"]


def test_the_post_office_gets_its_list_and_nothing_is_called_back_for_nothing() -> None:
    desk = payments.counter()
    BankAccount.objects.all().delete()  # so they are paid by the post office
    batch = payments.sent(desk, Channel.POST)
    with pytest.raises(CannotRecall):
        request_file(batch=batch, by=desk.dian, at=NOW)
    row = payments.payment_of(batch, desk.wayan)
    ask_back(payment=row, reason="Salah.", by=desk.dian, at=NOW)
    listed = request_file(batch=batch, by=desk.dian, at=NOW).decode()
    assert listed.startswith("message_id,reference")


def test_the_simulated_bank_gives_back_what_it_has_not_paid(tmp_path: Path) -> None:
    """It answers twice; what it paid at once it keeps, and says so."""
    desk = payments.counter()
    batch = on_its_way(desk, desk.wayan)
    role = desk.dian.role_for(Permission.PAYMENT_SEND)
    (tmp_path / "in").mkdir()
    sent = open_batch_file(batch=batch, by=desk.dian, role=role)
    (tmp_path / "in" / "pay.xml").write_bytes(sent)
    asked = request_file(batch=batch, by=desk.dian, at=NOW)
    for name in ("back.xml", "back-again.xml"):
        (tmp_path / "in" / name).write_bytes(asked)
    bank = Bank(tmp_path)
    told = bank.step(NOW) + bank.step(NOW)
    assert any("came again: answered already" in line for line in told)
    answers = sorted((tmp_path / "out").glob("*.xml"))
    back = [file for file in answers if camt029.MESSAGE.encode() in file.read_bytes()]
    assert len(back) == 2
    first = [
        read_recall_answer(batch=batch, content=file.read_bytes(), by=desk.dian, at=NOW)
        for file in back
    ]
    assert [found[Result.EXECUTED] for found in first] == [1, 0]
    for file in sorted(set((tmp_path / "out").glob("*.xml")) - set(back)):
        read_answer(batch=batch, content=file.read_bytes(), by=desk.dian, at=NOW)
    assert states(batch) == ["paid", "paid"]
    assert accounts_that_disagree() == []
