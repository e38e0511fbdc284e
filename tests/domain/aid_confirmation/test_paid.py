"""Who was paid is asked too, whether the money arrived."""

import pytest
from django.db import IntegrityError, transaction

from smartkampung.aid.confirmation.actions import answer_confirmation, ask_paid
from smartkampung.aid.confirmation.queries import slips_for
from smartkampung.aid.confirmation.rules import Answer
from smartkampung.aid.models import Confirmation, Payment, PaymentAnswer
from smartkampung.notify.models import Message
from smartkampung.worklist.models import WorkItem
from tests import cast, payments
from tests.cases import NOW
from tests.domain.aid.test_promises import Broken
from tests.payments import CLOSED, PAID

pytestmark = pytest.mark.django_db


def paid(desk: payments.Counter) -> PaymentAnswer:
    """Return an answer by which Wayan is paid and Komang is not."""
    batch = payments.sent(desk)
    said = {desk.wayan: PAID, desk.komang: CLOSED}
    return payments.bank_says(desk, batch, said)


def asked(desk: payments.Counter) -> Confirmation:
    """Return what Wayan's family is asked."""
    ask_paid(answer_id=paid(desk).pk, at=NOW)
    return Confirmation.objects.get()


def test_only_who_was_paid_is_asked_and_once() -> None:
    desk = payments.counter()
    answer = paid(desk)
    assert ask_paid(answer_id=answer.pk, at=NOW) == 1
    assert ask_paid(answer_id=answer.pk, at=NOW) == 0
    row = Confirmation.objects.get()
    assert row.due.person == desk.wayan
    assert (row.outcome, row.quantity) == ("received", row.due.amount)
    assert Message.objects.filter(template="confirm").count() == 1


def test_money_that_did_not_arrive_is_looked_at_by_the_kecamatan() -> None:
    desk = payments.counter()
    row = asked(desk)
    answer_confirmation(confirmation=row, answer=Answer.NOTHING, at=NOW)
    work = WorkItem.objects.get(kind="aid.confirmation_gap", closed_at=None)
    assert work.region_code == cast.KECAMATAN


def test_who_has_no_phone_gets_a_slip() -> None:
    desk = payments.counter()
    row = asked(desk)
    Confirmation.objects.update(numbers_told=0)
    assert list(slips_for(desk.endang, at=NOW)) == [row]
    assert slips_for(desk.dian, at=NOW).count() == 0


def test_confirmation_once_per_payment() -> None:
    row = asked(payments.counter())
    row.pk, row.code_hash = None, b"another"
    with Broken("confirmation_once_per_payment"):
        row.save(force_insert=True)


def test_confirmation_about_one_thing() -> None:
    row = asked(payments.counter())
    row.pk, row.code_hash, row.payment = None, b"another", None
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save(force_insert=True)


def test_confirmation_says_what_was_written_of_a_payment() -> None:
    desk = payments.counter()
    row = asked(desk)
    other = Payment.objects.get(entitlement__person=desk.komang)
    row.pk, row.code_hash, row.payment = None, b"another", other
    with Broken("confirmation_says_what_was_written"):
        row.save(force_insert=True)
