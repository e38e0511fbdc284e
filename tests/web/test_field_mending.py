"""One wrong answer goes back to who filled the form in; nothing else is lost."""

import json
import re
from datetime import date
from typing import Any

import pytest
from django.test import Client

from smartkampung.accounts.models import Assignment, Staff
from smartkampung.accounts.roles import Role
from smartkampung.frontline.field.models import Record
from smartkampung.frontline.field.queries.records import corrected, envelope_in
from smartkampung.kernel.clock import now
from smartkampung.kernel.rls import Kind, act_as
from smartkampung.recovery.affected.models import Registration
from smartkampung.worklist.models import WorkItem
from tests import cast
from tests.api.test_field_kinds import registration
from tests.fieldwork import Phone, phone_of

pytestmark = pytest.mark.django_db
WHY = "Tahun lahirnya keliru, tanyakan lagi."


def enter(account: Staff) -> Client:
    return cast.sign_in(cast.english(Client()), account)


def words(answer: Any) -> str:
    text = re.sub(r"<[^>]+>", " ", answer.content.decode())
    return re.sub(r"\s+", " ", text)


def latest() -> Record:
    act_as(Kind.JOB)
    return Record.objects.latest("pk")


@pytest.fixture
def head() -> Staff:
    return cast.staff("kades", Role.VILLAGE_HEAD, cast.HERE, name="H. Suwarno")


@pytest.fixture
def phone(head: Staff) -> Phone:
    return phone_of(cast.sari())


def wrong_day(phone: Phone) -> Record:
    """Let Sari register somebody who is born in 2190, and be off."""
    body = registration(born_on="2190-03-12")
    receipt = phone.send_one(phone.form("affected.register", None, body))
    assert (receipt["state"], set(receipt["errors"])) == ("held", {"born_on"})
    return latest()


@pytest.mark.closes("field.mend", "field.review")
def test_sari_puts_the_one_wrong_day_right_and_nothing_is_typed_again(
    phone: Phone, head: Staff
) -> None:
    row = wrong_day(phone)
    kades, sari = enter(head), enter(phone.staff)
    page, mend = f"/field/review/{row.pk}/", f"/field/mend/{row.pk}/"
    assert sari.get(mend).status_code == 404
    assert "Send it back" in words(kades.get(page))
    assert kades.post(page, {"answer": "back"}).status_code == 422
    assert kades.post(page, {"answer": "back", "note": WHY}).status_code == 302
    assert "Sent back, waiting for who filled it in" in words(
        kades.get("/field/review/")
    )
    assert "Put a form right that was sent back" in words(sari.get("/staff/"))
    told = phone.call("GET", "caseload").json()
    assert (told["returned"], told["others"]) == (1, 0)
    assert sari.get("/field/mend/")["Location"] == mend
    said = words(sari.get(mend))
    assert f"H. Suwarno sent it back to you: {WHY}" in said
    # The day of the loss must lie after it, so that is asked, too; nothing else is.
    assert set(sari.get(mend).context["form"].fields) == {"born_on"}
    assert sari.post(mend, {"born_on": ""}).status_code == 422
    refused = sari.post(mend, {"born_on": "2191-03-12"})
    assert refused.status_code == 409
    assert "Birth date: This lies outside of what can be." in words(refused)
    answer = sari.post(mend, {"born_on": "1990-03-12"}, follow=True)
    assert "It is recorded, with what you put right. Code to give" in words(answer)
    act_as(Kind.JOB)
    taken = Registration.objects.get()
    assert taken.registered_by_id == phone.staff.pk
    assert taken.income_before == 3_000_000
    row = latest()
    assert row.state == "done"
    assert (envelope_in(row).body or {})["born_on"] == "2190-03-12"
    assert (corrected(row).body or {})["born_on"] == "1990-03-12"
    assert json.loads(row.corrections.open()) == {"born_on": "1990-03-12"}
    open_ = WorkItem.objects.filter(closed_at=None, kind__startswith="field.")
    assert not open_.exists()
    assert sari.get(mend).status_code == 404
    assert sari.get("/field/mend/")["Location"] == "/staff/"


def test_only_who_filled_it_in_may_put_it_right(phone: Phone, head: Staff) -> None:
    row = wrong_day(phone)
    enter(head).post(f"/field/review/{row.pk}/", {"answer": "back", "note": WHY})
    tuti = cast.staff("tuti", Role.VILLAGE_OFFICER, cast.HERE)
    mend = f"/field/mend/{row.pk}/"
    for other in (tuti, head):
        assert enter(other).get(mend).status_code == 404
        assert enter(other).post(mend, {"born_on": "1990-03-12"}).status_code == 404
    assert "Put a form right" not in words(enter(tuti).get("/staff/"))
    assert latest().state == "sent_back"


def test_who_never_comes_back_to_it_does_not_hold_it_up(
    phone: Phone, head: Staff
) -> None:
    row = wrong_day(phone)
    kades, page = enter(head), f"/field/review/{row.pk}/"
    kades.post(page, {"answer": "back", "note": WHY})
    assert "Send it back" not in words(kades.get(page))
    assert kades.post(page, {"answer": "aside", "note": "Orangnya pindah."})
    assert latest().state == "set_aside"
    assert not WorkItem.objects.filter(closed_at=None, kind="field.mend").exists()


def test_it_is_not_sent_to_who_left_the_office(phone: Phone, head: Staff) -> None:
    row = wrong_day(phone)
    Assignment.objects.filter(staff=phone.staff).update(
        since=date(2020, 1, 1), until=now().date()
    )
    kades, page = enter(head), f"/field/review/{row.pk}/"
    assert "Send it back" not in words(kades.get(page))
    assert kades.post(page, {"answer": "back", "note": WHY}).status_code == 422
    assert latest().state == "held"
