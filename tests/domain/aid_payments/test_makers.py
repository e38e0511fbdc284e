"""Whoever had a hand in who is paid neither approves nor sends."""

import pytest

from smartkampung.aid.payments.actions.batches import (
    PaymentRefused,
    approve,
    choose_all,
    remove,
)
from smartkampung.aid.payments.actions.send import send_batch
from smartkampung.aid.payments.queries.batches import totals_of
from smartkampung.aid.payments.rules.steps import Bar
from tests import payments
from tests.cases import NOW

pytestmark = pytest.mark.django_db


def test_whoever_chose_who_is_paid_neither_approves_nor_sends() -> None:
    desk = payments.counter()
    batch = payments.empty(desk)
    choose_all(batch=batch, by=desk.dian, at=NOW)
    seen = totals_of(batch)
    with pytest.raises(PaymentRefused) as refusal:
        approve(batch=batch, seen=seen, by=desk.dian, at=NOW)
    assert refusal.value.bars == [Bar.MADE_IT]
    approve(batch=batch, seen=seen, by=desk.bambang, at=NOW)
    with pytest.raises(PaymentRefused) as refusal:
        send_batch(batch=batch, by=desk.dian, at=NOW)
    assert refusal.value.bars == [Bar.SENDS_OWN]
    assert payments.fresh(batch).makers == [desk.endang.staff_id, desk.dian.staff_id]
    assert payments.held()["in_transit"] == 0


def test_whoever_takes_somebody_out_does_not_approve() -> None:
    desk = payments.counter()
    batch = payments.draft(desk)
    remove(payment=payments.payment_of(batch, desk.wayan), by=desk.bambang, at=NOW)
    with pytest.raises(PaymentRefused) as refusal:
        approve(batch=batch, seen=totals_of(batch), by=desk.bambang, at=NOW)
    assert refusal.value.bars == [Bar.MADE_IT]
    approve(batch=batch, seen=totals_of(batch), by=desk.dian, at=NOW)
