"""Cards on pages: printed, shown by camera or typed, seen by a stranger."""

import io
import re
import uuid

import pytest
from django.test import Client
from pypdf import PdfReader

from smartkampung.accounts.models import Staff
from smartkampung.aid.models import Card, Handover
from smartkampung.audit.models import Access
from tests import cases, cast

pytestmark = pytest.mark.django_db
CARDS = "/staff/aid/cards/"
CODE = re.compile(r"[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}")


def enter(username: str) -> Client:
    """Sign somebody in, reading English."""
    account = Staff.objects.get(username=username)
    return cast.sign_in(cast.english(Client()), account)


def printed(answer: object) -> str:
    """Return the words of a sheet."""
    content = getattr(answer, "content", b"")
    return " ".join(
        page.extract_text() for page in PdfReader(io.BytesIO(content)).pages
    )


def test_a_sheet_is_printed_and_a_card_opens_the_hand_over() -> None:
    desk = cases.desk()
    due = cases.at_the_counter(desk)
    sari = enter("sari")
    assert sari.get(f"{CARDS}make/", follow=True).status_code == 200
    sheet = sari.post(f"{CARDS}make/{cast.HERE}/")
    words = printed(sheet)
    assert sheet["Content-Type"] == "application/pdf"
    assert "I Wayan Sudarma" in words
    assert "RT 007" in words
    assert due.person.nik.open() not in words
    [code] = CODE.findall(words)
    assert sari.post(f"{CARDS}make/{cast.HERE}/").status_code == 409

    asked = sari.post(CARDS, {"code": code.lower()})
    assert asked.status_code == 302
    opened = sari.get(f"/k/{code}/", follow=True)
    assert opened.redirect_chain[-1][0] == f"/staff/aid/dues/{due.pk}/hand-over/"
    assert "shown, valid" in opened.content.decode()
    form = {"form_id": str(uuid.uuid4()), "outcome": "absent"}
    assert sari.post(f"/staff/aid/dues/{due.pk}/hand-over/", form).status_code == 302
    assert Handover.objects.get().card_id == Card.objects.get().pk
    assert Access.objects.filter(purpose="aid.card").exists()


def test_a_stranger_learns_nothing_whatever_the_code() -> None:
    desk = cases.desk()
    due = cases.at_the_counter(desk)
    sari = enter("sari")
    [code] = CODE.findall(printed(sari.post(f"{CARDS}make/{cast.HERE}/")))
    known = cast.english(Client()).get(f"/k/{code}/").content.decode()
    made_up = cast.english(Client()).get("/k/AAAA-AAAA-AAAA/").content.decode()
    assert "This is a card of Smart Kampung" in known
    assert due.person.name not in known
    assert known.replace(code, "") == made_up.replace("AAAA-AAAA-AAAA", "")
    cast.budi()
    assert enter("budi").get(f"{CARDS}shown/{code}/").status_code == 404


def test_a_lost_card_is_replaced_on_the_page_of_its_owner() -> None:
    desk = cases.desk()
    due = cases.at_the_counter(desk)
    sari = enter("sari")
    page = f"{CARDS}person/{due.person_id}/"
    [old] = CODE.findall(printed(sari.post(page, {"end": "lost"})))
    [new] = CODE.findall(printed(sari.post(page, {"end": "lost"})))
    assert sari.post(page, {"end": ""}).status_code == 422
    late = sari.get(f"{CARDS}shown/{old}/")
    assert late.status_code == 409
    assert "does not work any more" in late.content.decode()
    assert sari.get(f"{CARDS}shown/{new}/").status_code == 302
    assert sari.post(page, {"end": "withdrawn"}).status_code == 302
    assert sari.post(page, {"end": "withdrawn"}).status_code == 409
    assert "Handed back" in sari.get(page).content.decode()
