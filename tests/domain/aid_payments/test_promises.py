"""Every promise of the tables of payments, broken past the actions, by its name."""

import uuid
from typing import Any

import pytest

from smartkampung.aid.models import (
    AccountList,
    AccountListPart,
    BankAccount,
    Entitlement,
    Handover,
    Payment,
    PaymentAnswer,
    PaymentBatch,
    PaymentNotice,
    PaymentWork,
)
from smartkampung.aid.payments.simulator import PAID
from smartkampung.kernel.sealed import Sealed
from tests import payments
from tests.cases import NOW
from tests.domain.aid.test_promises import Broken, refuses, refuses_to_delete
from tests.payments import Counter

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk() -> Counter:
    """Open the counter with two recipients."""
    return payments.counter()


def again(row: Payment, **more: Any) -> Payment:
    """Write a payment once more, past the actions."""
    told = {
        "batch": row.batch,
        "entitlement": row.entitlement,
        "reference": "OTHER",
        "amount": row.amount,
    }
    return Payment.objects.create(**{**told, **more})


def test_bank_account_form_once(desk: Counter) -> None:
    row = BankAccount.objects.get(person=desk.wayan)
    with Broken("bank_account_form_once"):
        BankAccount.objects.exclude(pk=row.pk).update(form_id=row.form_id)


def test_bank_account_needs_two_people(desk: Counter) -> None:
    with Broken("bank_account_needs_two_people"):
        BankAccount.objects.update(decided_by=desk.sari.staff_id)


def test_bank_account_one_in_force(desk: Counter) -> None:
    with Broken("bank_account_one_in_force"):
        BankAccount.objects.filter(person=desk.komang).update(person=desk.wayan)


def test_bank_account_one_waiting(desk: Counter) -> None:
    payments.waiting_account(desk.sari, desk.wayan)
    payments.waiting_account(desk.sari, desk.komang)
    with Broken("bank_account_one_waiting"):
        BankAccount.objects.filter(state="waiting").update(person=desk.wayan)


def test_bank_account_of_one_person(desk: Counter) -> None:
    row = BankAccount.objects.get(person=desk.wayan)
    with Broken("bank_account_of_one_person"):
        BankAccount.objects.update(number_index=row.number_index)


def test_bank_account_decision_is_signed(desk: Counter) -> None:
    with Broken("bank_account_decision_is_signed"):
        BankAccount.objects.update(decided_at=None)


def test_payment_batch_needs_two_people(desk: Counter) -> None:
    payments.approved(desk)
    with Broken("payment_batch_needs_two_people"):
        PaymentBatch.objects.update(approved_by=desk.endang.staff_id)


@pytest.mark.parametrize("step", ["approved_by", "sent_by"])
def test_payment_batch_not_approved_by_its_makers(desk: Counter, step: str) -> None:
    payments.sent(desk)
    PaymentBatch.objects.update(**{step: desk.head.staff_id})
    with Broken("payment_batch_not_approved_by_its_makers"):
        PaymentBatch.objects.update(makers=[desk.head.staff_id])


def test_payment_batch_steps_are_signed(desk: Counter) -> None:
    payments.sent(desk)
    with Broken("payment_batch_steps_are_signed"):
        PaymentBatch.objects.update(sent_at=None)


def test_payment_batch_message_once(desk: Counter) -> None:
    payments.draft(desk)
    payments.draft(desk)
    with Broken("payment_batch_message_once"):
        PaymentBatch.objects.update(message_id="SK-1")


def test_payment_batch_no_step_skipped(desk: Counter) -> None:
    payments.draft(desk)
    with Broken("payment_batch_no_step_skipped"):
        PaymentBatch.objects.update(state="sent")


def test_payment_batch_totals_hold(desk: Counter) -> None:
    payments.draft(desk)
    with Broken("payment_batch_totals_hold"):
        PaymentBatch.objects.update(
            state="approved",
            approved_by=desk.bambang.staff_id,
            approved_at=NOW,
            count=2,
            total=1,
        )


def test_payment_once(desk: Counter) -> None:
    row = payments.payment_of(payments.draft(desk), desk.wayan)
    with Broken("payment_once"):
        again(row)


def test_payment_reference_once(desk: Counter) -> None:
    payments.draft(desk)
    with Broken("payment_reference_once"):
        Payment.objects.update(reference="ONE")


def test_payment_amount_is_due(desk: Counter) -> None:
    row = payments.payment_of(payments.draft(desk), desk.wayan)
    with Broken("payment_amount_is_due"):
        again(row, amount=row.amount + 1)


@pytest.mark.parametrize(
    "told", [{"state": "chosen"}, {"state": "withdrawn"}, {"amount": 1}], ids=str
)
def test_payment_answer_is_final(desk: Counter, told: dict[str, Any]) -> None:
    payments.sent(desk)
    with Broken("payment_answer_is_final"):
        Payment.objects.update(**told)


def test_payment_not_otherwise_given(desk: Counter) -> None:
    batch = payments.draft(desk)
    row = payments.payment_of(batch, desk.wayan)
    Payment.objects.filter(pk=row.pk).update(state="withdrawn")
    Entitlement.objects.filter(pk=row.entitlement_id).update(cancelled=True)
    with Broken("payment_not_otherwise_given"):
        again(row)


def test_handover_not_paid(desk: Counter) -> None:
    row = payments.payment_of(payments.draft(desk), desk.wayan)
    with Broken("handover_not_paid"):
        Handover.objects.create(
            id=uuid.uuid4(),
            entitlement=row.entitlement,
            outcome="received",
            due=row.amount,
            quantity=row.amount,
            proof="one_time_code",
            recorded_by_id=desk.sari.staff_id,
            recorded_at=NOW,
        )


def test_entitlement_at_the_bank_stays(desk: Counter) -> None:
    payments.sent(desk)
    with Broken("entitlement_at_the_bank_stays"):
        Entitlement.objects.filter(person=desk.wayan).update(cancelled=True)


def answered(desk: Counter) -> PaymentNotice:
    """Return what a bank said about Wayan."""
    payments.bank_says(desk, payments.sent(desk), {desk.wayan: PAID})
    return PaymentNotice.objects.get()


def test_payment_answer_once(desk: Counter) -> None:
    answer = answered(desk).answer
    with Broken("payment_answer_once"):
        PaymentAnswer.objects.create(
            batch=answer.batch,
            message_id=answer.message_id,
            paid=0,
            failed=0,
            pending=0,
            contradicting=0,
            read_at=NOW,
        )


def test_payment_notice_once(desk: Counter) -> None:
    row = answered(desk)
    with Broken("payment_notice_once"):
        PaymentNotice.objects.create(answer=row.answer, payment=row.payment)


def test_payment_answer_append_only(desk: Counter) -> None:
    answered(desk)
    refuses("aid_paymentanswer")


def test_payment_notice_append_only(desk: Counter) -> None:
    answered(desk)
    refuses_to_delete("aid_paymentnotice")


def a_work(desk: Counter, **more: Any) -> PaymentWork:
    """Write work on a draft, past the actions."""
    told = {
        "batch": PaymentBatch.objects.first() or payments.draft(desk),
        "kind": "fill",
        "total": 2,
        "started_by_id": desk.endang.staff_id,
        "started_at": NOW,
    }
    return PaymentWork.objects.create(**{**told, **more})


def test_payment_work_one_running(desk: Counter) -> None:
    a_work(desk)
    with Broken("payment_work_one_running"):
        a_work(desk)


def test_payment_work_done_within_total(desk: Counter) -> None:
    with Broken("payment_work_done_within_total"):
        a_work(desk, done=3)


def a_list(desk: Counter, **more: Any) -> AccountList:
    """Write a list of accounts, past the actions."""
    told = {"kind": "bring", "region_code": "35", "digest": "x", "path": ""}
    who = {"brought_by_id": desk.sari.staff_id, "brought_at": NOW}
    return AccountList.objects.create(**{**told, **who, **more})


def test_account_list_done_within_total(desk: Counter) -> None:
    with Broken("account_list_done_within_total"):
        a_list(desk, done=1)


def test_account_list_part_once(desk: Counter) -> None:
    row = a_list(desk)
    told = {"list": row, "number": 0, "rows": Sealed.of("[]", "account_list")}
    AccountListPart.objects.create(**told)
    with Broken("account_list_part_once"):
        AccountListPart.objects.create(**told)
