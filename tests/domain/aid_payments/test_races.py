"""Two people who send at once, or pay and hand over at once: real threads."""

import uuid

import pytest
from django.db import transaction

from smartkampung.aid.actions.handover import CannotHandOver, record_handover
from smartkampung.aid.models import Entitlement, Handover, Payment
from smartkampung.aid.payments.actions.batches import choose
from smartkampung.aid.payments.actions.send import send_batch
from smartkampung.aid.rules.handover import Outcome, Proof
from smartkampung.kernel.rls import Kind, act_as
from smartkampung.ledger.models import Transfer
from tests import cases, payments
from tests.cases import NOW
from tests.races import at_once, together

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


def test_two_senders_at_once_send_once() -> None:
    with transaction.atomic():
        desk = payments.counter()
        batch = payments.approved(desk)

    def send() -> bytes:
        with transaction.atomic():
            act_as(Kind.JOB)
            row = send_batch(batch=batch, by=desk.dian, at=NOW)
            sealed = payments.fresh(row).file
            assert sealed is not None
            content: str = sealed.open()
            return content.encode()

    files = set(at_once(6, send))
    assert len(files) == 1
    assert Transfer.objects.filter(kind="aid.payment_sent").count() == 1
    with transaction.atomic():
        act_as(Kind.JOB)
        assert payments.held()["in_transit"] == batch.total


def test_nobody_is_paid_and_handed_to_at_once() -> None:
    with transaction.atomic():
        desk = payments.counter()
        due = payments.due_of(desk.wayan)
        batch = payments.draft(desk)
        Payment.objects.all().delete()
        closed = cases.draft(desk.round.desk, code=payments.CASH)
        # A closed batch still takes what is written down late.
        closed.state = "closed"
        closed.save()
        Entitlement.objects.filter(pk=due.pk).update(batch=closed)
        photos = [cases.a_photo(), cases.a_photo()]

    def pay() -> int:
        with transaction.atomic():
            act_as(Kind.JOB)
            return choose(batch=batch, due_ids=[due.pk], by=desk.endang, at=NOW)

    def hand_over() -> int:
        try:
            with transaction.atomic():
                act_as(Kind.JOB)
                record_handover(
                    form_id=uuid.uuid4(),
                    due=due,
                    outcome=Outcome.RECEIVED,
                    proof=Proof.SIGNATURE,
                    signature_id=photos[0],
                    photo_id=photos[1],
                    by=desk.endang,
                    at=NOW,
                )
        except CannotHandOver:
            return 0
        return 1

    assert sum(together(pay, hand_over)) == 1
    with transaction.atomic():
        act_as(Kind.JOB)
        assert Payment.objects.count() + Handover.objects.count() == 1
