"""Wayan fetches his signed letter, as often as he likes; an officer asks for others."""

import re
from typing import Any

import pytest
from django.test import Client

from smartkampung.accounts.models import Staff
from smartkampung.audit.models import Event
from smartkampung.kernel.rls import Kind, act_as
from smartkampung.letters.requests import files
from smartkampung.letters.requests.actions.revoking import revoke
from smartkampung.letters.requests.models import Letter, LetterRequest
from smartkampung.letters.requests.rules.steps import Channel, State
from tests.asking_letters import (
    LATER,
    actor,
    checked,
    pen_of,
    rt_head,
    secretary,
    signed,
    village_head,
    wayan_with_child,
)
from tests.cast import HERE, budi, english, sari, sign_in
from tests.owndata import body
from tests.signing import cheap_guesses as cheap_guesses
from tests.web.test_letters_ask import clock as clock
from tests.web.test_letters_ask import enter, photo

pytestmark = pytest.mark.django_db
Page = Any


@pytest.fixture
def letter() -> Letter:
    """Sign what Wayan asked for."""
    return signed(checked(wayan_with_child()[0]), pen_of(village_head()))


@pytest.fixture
def phone(letter: Letter) -> Client:
    phone = english(Client())
    enter(phone)
    return phone


def test_the_signed_letter_is_fetched_twice_and_stored_by_no_browser(
    phone: Client, letter: Letter
) -> None:
    page = body(phone.get(f"/surat/mine/{letter.request_id}/"))
    assert letter.holder_code.open() in page
    assert letter.entry.text in page
    for _again in range(2):
        answer = phone.get(f"/surat/mine/{letter.request_id}/letter.pdf")
        assert answer.content.startswith(b"%PDF")
        assert answer["Cache-Control"] == "no-store"
        assert answer["Content-Disposition"] == 'attachment; filename="surat-sktm.pdf"'
    assert (
        Client().get(f"/surat/mine/{letter.request_id}/letter.pdf").status_code == 302
    )


def test_a_kiosk_keeps_no_letter(phone: Client, letter: Letter) -> None:
    phone.cookies["kiosk"] = HERE
    page = body(phone.get(f"/surat/mine/{letter.request_id}/"))
    assert "Fetch the letter" not in page
    assert "no letter is stored here" in page
    answer = phone.get(f"/surat/mine/{letter.request_id}/letter.pdf")
    assert answer.status_code == 409
    assert "No file is stored here" in body(answer)
    assert "Content-Disposition" not in answer
    copy = phone.post("/my-data/copy/json/")
    assert copy.status_code == 409
    assert "Ask at the counter" in body(copy)
    assert "To read or print" not in body(phone.get("/my-data/copy/"))
    act_as(Kind.JOB)
    # What nobody took was not made, and stands in no record.
    assert not Event.objects.filter(name="residents.data_copied").exists()


def test_a_file_that_is_gone_is_told_kindly(phone: Client, letter: Letter) -> None:
    files.forget(letter.file)
    page = phone.get(f"/surat/mine/{letter.request_id}/letter.pdf", follow=True)
    assert "Ask at the village office" in body(page)


def test_a_revoked_letter_says_so_and_why(phone: Client, letter: Letter) -> None:
    act_as(Kind.JOB)
    head = actor(letter.signer)
    revoke(letter=letter, reason="Salah nama sekolah.", by=head, at=LATER)
    page = body(phone.get(f"/surat/mine/{letter.request_id}/"))
    assert "This letter was revoked" in page
    assert "Salah nama sekolah." in page
    assert letter.holder_code.open() not in page


def test_a_revoked_letter_is_given_out_no_more(phone: Client, letter: Letter) -> None:
    head = Staff.objects.get(username="darmo")
    act_as(Kind.JOB)
    revoke(letter=letter, reason="Nama keliru.", by=actor(head), at=LATER)
    page = phone.get(f"/surat/mine/{letter.request_id}/letter.pdf", follow=True)
    assert page["Content-Type"].startswith("text/html")
    assert "not given out any more" in body(page)


def test_a_signed_letter_is_not_offered_to_be_taken_back(
    phone: Client, letter: Letter
) -> None:
    page = phone.get(f"/surat/mine/{letter.request_id}/cancel/", follow=True)
    assert "cannot be taken back" in body(page)
    assert "Take this letter back?" not in body(page)


def test_the_person_reads_in_words_why_an_office_looked(
    phone: Client, letter: Letter
) -> None:
    act_as(Kind.JOB)
    desk = at_desk(Staff.objects.get(username="sari"))
    desk.get(f"/staff/letters/{letter.request_id}/")
    desk.get(f"/staff/letters/signed/{letter.pk}/letter.pdf")
    desk.get(f"/staff/letters/book/{HERE}/")
    page = body(phone.get("/my-data/looks/"))
    for why in (
        "Worked on a request for a letter",
        "Checked what a letter says",
        "Opened a signed letter",
        "In the register book of letters",
    ):
        assert why in page


def at_desk(account: Any) -> Client:
    desk = english(Client())
    sign_in(desk, account)
    return desk


def sent(page: Page, **answers: Any) -> dict[str, Any]:
    found = re.search(r'name="form_id" value="([^"]+)"', body(page))
    assert found, body(page)
    return {"form_id": found[1], "purpose": "Berobat", "q_income": "900.000", **answers}


def test_the_rt_asks_for_a_neighbour_and_has_confirmed_by_that() -> None:
    father, child = wayan_with_child()
    desk = at_desk(rt_head())
    assert "Find the person" in body(desk.get("/staff/letters/ask/"))
    assert "Ask for a letter" in body(desk.get(f"/staff/residents/{father.pk}/"))
    where = f"/staff/letters/ask/for/{father.pk}/"
    assert "Certificate of Limited Means" in body(desk.get(where, {"q": "hospital"}))
    page = desk.get(f"{where}sktm/")
    assert "Introduction of the RT" not in body(page)
    wrong = desk.post(f"{where}sktm/", sent(page, who=child.pk, q_income="sedikit"))
    assert wrong.status_code == 422
    assert "digits" in body(wrong)
    data = sent(page, who=child.pk, paper_statement=photo())
    slip = desk.post(f"{where}sktm/", data, follow=True)
    assert "Request for a letter" in body(slip)
    act_as(Kind.JOB)
    row = LetterRequest.objects.get()
    assert (row.state, row.channel) == (State.CHECK, Channel.RT)
    assert (row.subject_id, row.files.count()) == (child.pk, 1)


def test_at_the_counter_an_introduction_on_paper_spares_the_rt() -> None:
    father, _child = wayan_with_child()
    desk = at_desk(sari())
    where = f"/staff/letters/ask/for/{father.pk}/sktm/"
    data = sent(desk.get(where), who=father.pk, rt_paper="Pengantar 04/RT007/2026")
    slip = desk.post(where, data, follow=True)
    assert 'class="back" href="/staff/letters/counter/"' in body(slip)
    act_as(Kind.JOB)
    assert LetterRequest.objects.get().state == State.CHECK


def test_who_could_not_go_on_alone_is_told_before_asking() -> None:
    father, _child = wayan_with_child()
    desk = at_desk(sari())
    where = f"/staff/letters/ask/for/{father.pk}/sktm/"
    assert "nobody else of this village can" in body(desk.get(where))
    act_as(Kind.JOB)
    secretary()
    assert "nobody else of this village can" not in body(desk.get(where))


def test_a_letter_that_is_being_made_is_told_on_the_sheet() -> None:
    father, _child = wayan_with_child()
    desk = at_desk(sari())
    where = f"/staff/letters/ask/for/{father.pk}/sktm/"
    desk.post(where, sent(desk.get(where), who=father.pk))
    again = desk.post(where, sent(desk.get(where), who=father.pk))
    assert again.status_code == 409
    assert "already being made" in body(again)


def test_budi_next_door_finds_nobody_here() -> None:
    father, _child = wayan_with_child()
    desk = at_desk(budi())
    assert desk.get(f"/staff/letters/ask/for/{father.pk}/").status_code == 404
    assert desk.get(f"/staff/letters/ask/for/{father.pk}/sktm/").status_code == 404
