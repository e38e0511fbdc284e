"""Payments are called back on their pages."""

import io

import pytest
from django.test import Client

from smartkampung.accounts.models import Staff
from smartkampung.aid.models import Payment
from tests import cast, payments

pytestmark = pytest.mark.django_db
PAYMENTS = "/staff/aid/payments/"


def enter(username: str) -> Client:
    """Sign somebody in, reading English."""
    account = Staff.objects.get(username=username)
    return cast.sign_in(cast.english(Client()), account)


def test_a_payment_is_called_back_and_the_answer_is_read() -> None:
    desk = payments.counter()
    batch = payments.sent(desk)
    row = payments.payment_of(batch, desk.wayan)
    dian, page = enter("dian"), f"{PAYMENTS}lines/{row.pk}/"
    assert "Call this payment back" in dian.get(page).content.decode()
    assert dian.post(f"{page}recall/").status_code == 422
    assert dian.post(f"{page}recall/", {"reason": "Salah."}).status_code == 302
    assert dian.post(f"{page}recall/", {"reason": "Salah."}).status_code == 409
    here = f"{PAYMENTS}{batch.pk}/"
    assert "Waiting for the answer: 1." in dian.get(here).content.decode()
    listed = dian.post(f"{here}recalls/").content.decode()
    assert row.reference in listed
    assert dian.post(f"{here}recalls/answer/").status_code == 422
    head = "answer_id,message_id,reference,result\n"
    bad = io.BytesIO(f"{head}R1,{batch.message_id},X,recalled\n".encode())
    refused = dian.post(f"{here}recalls/answer/", {"recall_answer": bad})
    assert refused.status_code == 409
    assert "Line 2, reference: This payment was not called back." in (
        refused.content.decode()
    )
    good = f"{head}R1,{batch.message_id},{row.reference},recalled\n".encode()
    told = {"recall_answer": io.BytesIO(good)}
    assert dian.post(f"{here}recalls/answer/", told).status_code == 302
    assert Payment.objects.get(pk=row.pk).state == "recalled"
    assert "the money came back" in dian.get(page).content.decode()
