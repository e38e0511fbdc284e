"""A thread shows what a family says of a payment to everybody but who sent it."""

import pytest

from smartkampung.aid.assurance.queries.thread import thread_of_proposal
from smartkampung.aid.confirmation.actions import answer_confirmation, ask_paid
from smartkampung.aid.confirmation.rules import Answer
from smartkampung.aid.models import Confirmation, PaymentAnswer
from smartkampung.kernel.rls import Kind, act_as
from tests import grievances, payments
from tests.cases import NOW

pytestmark = pytest.mark.django_db


def test_who_sent_a_payment_does_not_read_what_the_family_says_of_it() -> None:
    desk = payments.counter()
    batch = payments.sent(desk)
    payments.bank_says(desk, batch, {desk.wayan: payments.PAID})
    act_as(Kind.JOB)
    ask_paid(answer_id=PaymentAnswer.objects.get().pk, at=NOW)
    asked = Confirmation.objects.get()
    answer_confirmation(confirmation=asked, answer=Answer.LESS, words="Kurang.", at=NOW)
    proposal = payments.due_of(desk.wayan).proposal_id
    assert proposal is not None
    (own,) = thread_of_proposal(desk.dian, proposal).given
    assert own.confirmations == []
    act_as(Kind.JOB)
    (others,) = thread_of_proposal(grievances.dinsos("rini"), proposal).given
    assert [row.words for row in others.confirmations] == ["Kurang."]
