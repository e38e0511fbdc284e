"""Payments on pages: accounts, a batch, its approval, its file, its answers."""

import re
import uuid
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from smartkampung.accounts.models import Staff
from smartkampung.aid.models import BankAccount, Payment, PaymentBatch
from smartkampung.aid.payments.actions import work
from smartkampung.aid.payments.simulator import Bank
from smartkampung.aid.queries.benefits import Standing, benefits_of_family
from smartkampung.jobs.inline import run_waiting
from smartkampung.kernel.clock import now, today
from smartkampung.kernel.rls import Kind, act_as
from tests import cases, cast, payments
from tests.payments import Counter

pytestmark = pytest.mark.django_db
PAGES = "/staff/aid/payments/"


@pytest.fixture
def desk() -> Counter:
    """Open the counter with two recipients."""
    return payments.counter()


def enter(username: str) -> Client:
    """Sign somebody in, reading English."""
    client = cast.english(Client())
    return cast.sign_in(client, Staff.objects.get(username=username))


def body(answer: Any) -> str:
    """Return the words of a page, and see everything again."""
    act_as(Kind.JOB)
    text: str = answer.content.decode()
    return text


def made(desk: Counter) -> PaymentBatch:
    """Let Endang make a batch on the page."""
    told = {
        "programme": payments.CASH,
        "region_code": cast.KECAMATAN,
        "channel": "bank",
        "pay_on": (today() + timedelta(days=1)).isoformat(),
    }
    answer = enter("endang").post(f"{PAGES}new/", told)
    act_as(Kind.JOB)
    assert answer.status_code == 302
    return PaymentBatch.objects.get()


def at(batch: PaymentBatch, step: str = "") -> str:
    return f"{PAGES}{batch.pk}/{step}"


def file_of(content: bytes) -> dict[str, Any]:
    return {"file": SimpleUploadedFile("answer.xml", content)}


def test_from_a_new_batch_to_money_in_the_account(
    desk: Counter, tmp_path: Path
) -> None:
    assert "No batch was made yet" in body(enter("endang").get(PAGES))
    batch = made(desk)
    endang, bambang, dian = map(enter, ("endang", "bambang", "dian"))
    assert "Add 2 recipients" in body(endang.get(at(batch)))
    assert "2 recipients were added" in body(
        endang.post(at(batch, "fill/"), follow=True)
    )
    assert "You made this batch or chose" in body(endang.get(at(batch)))
    assert endang.post(at(batch, "ask/")).status_code == 302

    shown = body(bambang.get(at(batch)))
    assert 'name="count" value="2"' in shown
    wrong = {"count": 1, "total": 600_000}
    refused = bambang.post(at(batch, "approve/"), wrong)
    assert refused.status_code == 409
    assert "changed since you looked" in body(refused)
    seen = {"count": 2, "total": 600_000}
    assert bambang.post(at(batch, "approve/"), seen).status_code == 302
    assert "a draft again" in body(bambang.post(at(batch, "reopen/"), follow=True))
    assert bambang.post(at(batch, "approve/"), seen).status_code == 302
    assert bambang.post(at(batch, "send/")).status_code == 403
    assert "The file is ready" in body(dian.post(at(batch, "send/"), follow=True))

    # The bank is a program of its own over a folder: partly, late and twice.
    (tmp_path / "in").mkdir()
    for name in ("first.xml", "again.xml"):
        fetched = dian.post(at(batch, "file/"))
        assert fetched["Cache-Control"] == "no-store"
        (tmp_path / "in" / name).write_bytes(fetched.content)
    bank = Bank(tmp_path)
    told = bank.step(now()) + bank.step(now())
    assert any("nothing is paid twice" in line for line in told)
    for file in sorted((tmp_path / "out").glob("*.xml")):
        answer = dian.post(at(batch, "answer/"), file_of(file.read_bytes()))
        assert answer.status_code == 302
    page = body(dian.get(at(batch)))
    assert "reconciled" in page
    assert payments.held()["paid"] == 600_000
    assert "001122330" not in page
    shown = body(enter("endang").get("/staff/aid/programmes/"))
    assert re.search(r"Paid by bank or post</dt><dd>Rp\D?600[.,]000", shown)


def test_a_large_batch_shows_how_far_it_is(
    desk: Counter, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(work, "AT_ONCE", 1)
    batch, endang = made(desk), enter("endang")
    shown = body(endang.post(at(batch, "fill/"), follow=True))
    assert "0 of 2" in shown
    assert "renews itself" in shown
    assert "Wayan" not in shown
    assert endang.post(at(batch, "fill/")).status_code == 409
    run_waiting()
    shown = body(endang.get(at(batch)))
    assert "Wayan" in shown
    assert "renews itself" not in shown
    assert endang.post(at(batch, "stop/")).status_code == 409
    act_as(Kind.JOB)


def test_an_answer_that_cannot_be_read_names_the_element(desk: Counter) -> None:
    batch = payments.sent(desk)
    dian = enter("dian")
    answer = dian.post(at(batch, "answer/"), file_of(b"<a"))
    assert answer.status_code == 409
    assert "no complete XML" in body(answer)
    assert dian.post(at(batch, "answer/")).status_code == 422
    act_as(Kind.JOB)


def test_a_failure_is_work_that_somebody_closes(desk: Counter) -> None:
    batch = payments.sent(desk)
    payments.bank_says(desk, batch, {desk.wayan: payments.CLOSED})
    row = payments.payment_of(batch, desk.wayan)
    endang = enter("endang")
    page = f"{PAGES}lines/{row.pk}/"
    assert "The bank account is closed. (AC04)" in body(endang.get(page))
    assert endang.post(f"{page}settle/").status_code == 422
    settled = endang.post(f"{page}settle/", {"text": "Buka rekening baru."})
    assert settled.status_code == 302
    assert "Close this work" not in body(endang.get(page))


def test_somebody_is_taken_out_of_a_draft(desk: Counter) -> None:
    batch = payments.draft(desk)
    row = payments.payment_of(batch, desk.wayan)
    endang = enter("endang")
    assert endang.post(f"{PAGES}lines/{row.pk}/remove/").status_code == 302
    again = endang.post(f"{PAGES}lines/{row.pk}/remove/")
    assert again.status_code == 409
    act_as(Kind.JOB)
    assert Payment.objects.get(pk=row.pk).state == "withdrawn"


def test_a_batch_of_yesterday_is_not_made(desk: Counter) -> None:
    told = {
        "programme": payments.CASH,
        "region_code": cast.KECAMATAN,
        "channel": "post",
        "pay_on": (today() - timedelta(days=1)).isoformat(),
    }
    endang = enter("endang")
    assert endang.post(f"{PAGES}new/", told).status_code == 409
    assert endang.post(f"{PAGES}new/", {}).status_code == 422


def test_an_account_is_written_down_and_confirmed_by_another(desk: Counter) -> None:
    sari, ketut = enter("sari"), enter("ketut")
    page = f"{PAGES}people/{desk.wayan.pk}/"
    assert "Bank account of" in body(sari.get(page))
    told = {"form_id": str(uuid.uuid4()), "bank": "002", "holder": "Wayan"}
    assert sari.post(page, {**told, "number": "12"}).status_code == 409
    assert sari.post(page, told).status_code == 422
    assert sari.post(page, {**told, "number": "7788 9900"}).status_code == 302
    shown = body(sari.get(page))
    assert "77889900" not in shown
    row = BankAccount.objects.get(state="waiting")
    confirm = f"{PAGES}accounts/{row.pk}/"
    assert "77889900" not in body(ketut.get(confirm))
    wrong = ketut.post(confirm, {"decision": "confirm", "number": "1"})
    assert wrong.status_code == 409
    right = {"decision": "confirm", "number": "7788 9900"}
    assert ketut.post(confirm, right).status_code == 302
    assert "in force" in body(ketut.get(confirm))


def test_the_family_reads_that_it_was_paid(desk: Counter) -> None:
    batch = payments.sent(desk)
    family = desk.wayan.family_id
    assert standing(family) == Standing.APPROVED
    payments.bank_says(desk, batch, {desk.wayan: payments.PAID})
    assert standing(family) == Standing.PAID


def standing(family: int) -> Standing:
    """Return what a family reads about its aid, behind its own door."""
    act_as(Kind.RESIDENT, family=family)
    [benefit] = benefits_of_family(family_id=family, on=cases.TODAY)
    act_as(Kind.JOB)
    return benefit.standing
