"""Wayan asks for a letter on his phone, follows it, and hands in what was missing."""

import re
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from smartkampung.intake.draft import new_draft, seal_draft
from smartkampung.kernel.rls import Kind, act_as
from smartkampung.letters.requests.actions.ending import (
    refuse,
    return_for_completion,
)
from smartkampung.letters.requests.models import LetterRequest
from smartkampung.letters.requests.queries.facts import told_in
from smartkampung.letters.requests.rules.steps import State
from smartkampung.residents.models import Person
from smartkampung.web.letters_ask.wizard import FORM, START
from tests import owndata
from tests.asking_letters import MORNING, actor, rt_head, wayan_with_child
from tests.cast import english
from tests.owndata import body
from tests.reporting import WAYAN_KK, WAYAN_NIK

pytestmark = pytest.mark.django_db
CHOOSE, MINE = "/surat/", "/surat/mine/"
OUT = "/my-data/sign-out/"
Page = Any


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(MORNING, tick=False) as traveller:
        yield traveller


@pytest.fixture
def family() -> tuple[Person, Person]:
    return wayan_with_child()


@pytest.fixture
def client(client: Client, family: tuple[Person, Person]) -> Client:
    """Wayan's phone, in English, with his data open."""
    english(client)
    assert enter(client).status_code == 200
    return client


def enter(client: Client) -> Page:
    return owndata.enter(client, WAYAN_NIK, WAYAN_KK)


def token(page: Page) -> str:
    found = re.search(r'name="form" value="([^"]+)"', body(page))
    assert found, body(page)
    return found[1]


def begin(client: Client, kind: str = "sktm") -> Page:
    return client.get(f"/surat/new/{kind}/", follow=True)


def answer(client: Client, page: Page, step: str, **answers: Any) -> Page:
    """Send one screen; return the page that comes next."""
    data = {"form": token(page), "step": step, **answers}
    return client.post("/surat/ask/", data, follow=True)


def photo(name: str = "rumah.jpg") -> SimpleUploadedFile:
    content = BytesIO()
    Image.new("RGB", (40, 30), "teal").save(content, "JPEG")
    return SimpleUploadedFile(name, content.getvalue(), "image/jpeg")


def filled(client: Client, who: Person, **paper: Any) -> Page:
    page = begin(client)
    page = answer(client, page, "who", who=who.pk)
    page = answer(client, page, "purpose", purpose="Beasiswa sekolah Putu")
    page = answer(client, page, "ask-income", q_income="Rp1.500.000,00")
    return answer(client, page, "paper-statement", **paper)


def asked(client: Client, who: Person, **paper: Any) -> Page:
    page = filled(client, who, **paper)
    return client.post("/surat/ask/send/", {"form": token(page)}, follow=True)


def the_request() -> LetterRequest:
    act_as(Kind.JOB)
    return LetterRequest.objects.get()


def test_letters_stand_in_groups_and_are_found_by_what_they_are_for(
    client: Client,
) -> None:
    page = body(client.get(CHOOSE))
    assert "Welfare and fees" in page
    assert "Certificate of Limited Means" in page
    found = body(client.get(CHOOSE, {"q": "surat hospital"}))
    assert "Certificate of Limited Means" in found
    assert "livestock" not in found
    assert "No letter fits" in body(client.get(CHOOSE, {"q": "bulan"}))


def test_a_stranger_signs_in_and_comes_back_to_the_letter(
    family: tuple[Person, Person],
) -> None:
    phone = english(Client())
    assert phone.get("/surat/new/sktm/").headers["Location"] == "/my-data/"
    door = body(phone.get("/my-data/"))
    assert "<h1>Certificate of Limited Means</h1>" in door
    assert "The head of your RT or the village office asks" in door
    phone.post("/my-data/", {"nik": WAYAN_NIK, "kk": WAYAN_KK})
    code = body(phone.get("/my-data/code/"))
    assert "Next come the questions of: Certificate of Limited Means." in code
    page = enter(phone)
    assert "Whom is the letter about?" in body(page)
    assert "resume" not in {name for name, one in phone.cookies.items() if one.value}
    phone.post("/my-data/sign-out/")
    assert "<h1>My data</h1>" in body(phone.get("/my-data/"))


def test_only_what_the_registry_lacks_is_asked_and_the_code_opens_the_way(
    client: Client, family: tuple[Person, Person]
) -> None:
    page = filled(client, family[1], paper_statement=photo())
    for words in ("Putu Sudarma", "Beasiswa sekolah Putu", "Rp1,500,000", "1 photo"):
        assert words in body(page)
    sent = client.post("/surat/ask/send/", {"form": token(page)}, follow=True)
    assert "The letter is asked for" in body(sent)
    assert "due by Tuesday, 24 November 2026, 09:15 WIB" in body(sent)
    assert "RT 007" in body(sent)
    assert OUT in body(sent), "on a phone of others"
    row = the_request()
    assert row.subject_id == family[1].pk
    assert told_in(row).asked == {"income": "1500000"}
    assert [one.requirement for one in row.files.all()] == ["statement"]
    code = sent.redirect_chain[-1][0].split("/")[-3]
    again = client.post("/surat/ask/send/", {"form": token(page)}, follow=True)
    assert again.redirect_chain == sent.redirect_chain, "sent twice, asked once"
    back = body(client.get(page.redirect_chain[-1][0]))
    assert "This letter was asked for" in back
    assert "report" not in back.lower()
    assert OUT in back
    client.post("/language/", {"language": "id", "next": "/"})
    assert "Laporan" not in body(client.get(page.redirect_chain[-1][0]))
    stranger = english(Client())
    assert OUT not in body(stranger.get(f"/surat/t/{code}/slip/"))
    seen = body(stranger.get(f"/t/{code}/", follow=True))
    assert "Waits for the RT" in seen
    assert not {"Putu", "Beasiswa", "Limited Means"} & set(re.split(r"\W+", seen))


def test_the_same_form_sent_twice_is_one_letter(
    client: Client, family: tuple[Person, Person]
) -> None:
    page = filled(client, family[0])
    for _again in range(2):
        client.post("/surat/ask/send/", {"form": token(page)})
    assert the_request().state == State.CONFIRM


def test_a_second_wish_for_the_same_letter_is_told_where_the_first_is(
    client: Client, family: tuple[Person, Person]
) -> None:
    asked(client, family[0])
    page = asked(client, family[0])
    assert page.status_code == 409
    assert "already being made" in body(page)


@pytest.mark.parametrize(
    ("step", "answers", "words"),
    [
        pytest.param("who", {"who": "0"}, "Choose one of the list", id="who"),
        pytest.param(
            "purpose", {"purpose": ""}, "what the letter is for", id="nothing"
        ),
        pytest.param(
            "purpose", {"purpose": "untuk 3510091204850001"}, "NIK", id="a nik"
        ),
        pytest.param("ask-income", {"q_income": "sedikit"}, "digits", id="words"),
        pytest.param("ask-income", {"q_income": ""}, "please answer", id="no income"),
    ],
)
def test_bad_answers_are_told_beside_the_field(
    client: Client,
    family: tuple[Person, Person],
    step: str,
    answers: dict[str, str],
    words: str,
) -> None:
    page = begin(client)
    good: list[tuple[str, dict[str, Any]]] = [
        ("who", {"who": family[0].pk}),
        ("purpose", {"purpose": "Sekolah"}),
    ]
    for earlier, given in good:
        if earlier == step:
            break
        page = answer(client, page, earlier, **given)
    page = answer(client, page, step, **answers)
    assert page.status_code == 422
    assert words in body(page)


def test_what_is_no_photo_is_told_and_the_form_goes_on(
    client: Client, family: tuple[Person, Person]
) -> None:
    wrong = SimpleUploadedFile("rumah.jpg", b"kein bild", "image/jpeg")
    page = filled(client, family[0], paper_statement=wrong)
    assert page.status_code == 422
    assert "not a photo" in body(page)
    page = answer(client, page, "paper-statement")
    assert "Is everything right?" in body(page)


def test_whom_it_is_about_is_said_where_nobody_has_to_choose(
    client: Client, family: tuple[Person, Person]
) -> None:
    page = begin(client, "police")
    assert "The letter is about Wayan Sudarma." in body(page)
    assert "What is the letter for?" in body(page)


def test_only_what_may_be_left_out_is_called_optional(
    client: Client, family: tuple[Person, Person]
) -> None:
    page = answer(client, begin(client), "who", who=family[0].pk)
    page = answer(client, page, "purpose", purpose="Sekolah")
    assert "(optional)" not in body(page).replace("\n", "")
    assert "optional" in body(answer(client, page, "ask-income", q_income="900000"))


def test_a_letter_that_fits_nobody_says_why(client: Client) -> None:
    page = begin(client, "widow")
    assert "fits nobody of your family" in body(page)
    assert begin(client, "nobility").status_code == 404


def test_a_draft_of_another_family_on_the_same_phone_begins_anew(
    client: Client,
) -> None:
    draft = new_draft(MORNING).with_answers(
        {START: {"kind": "sktm", "person": "0"}}, at=MORNING
    )
    data = {"form": seal_draft(draft, form=FORM), "step": "purpose", "purpose": "x"}
    page = client.post("/surat/ask/", data, follow=True)
    assert "Please begin again" in body(page)
    assert page.redirect_chain[-1][0] == CHOOSE


def test_the_list_and_my_data_show_the_letter_and_strangers_get_nothing(
    client: Client, family: tuple[Person, Person]
) -> None:
    asked(client, family[0])
    row = the_request()
    for page in (client.get(MINE), client.get(owndata.HOME)):
        assert f"/surat/mine/{row.pk}/" in body(page)
    assert "Due by Tuesday" in body(client.get(MINE))
    assert Client().get(f"/surat/mine/{row.pk}/").status_code == 302
    assert client.get(f"/surat/mine/{row.pk + 1}/").status_code == 404


def test_what_was_missing_is_read_and_handed_in(
    client: Client, family: tuple[Person, Person]
) -> None:
    asked(client, family[0])
    row = the_request()
    return_for_completion(
        request=row, what="Foto rumah belum ada.", by=actor(rt_head()), at=MORNING
    )
    assert "Foto rumah belum ada." in body(client.get(f"/surat/mine/{row.pk}/"))
    where = f"/surat/mine/{row.pk}/complete/"
    page = client.get(where)
    assert "Beasiswa sekolah Putu" in body(page)
    form_id = re.search(r'name="form_id" value="([^"]+)"', body(page))
    assert form_id
    data = {"form_id": form_id[1], "purpose": "Beasiswa", "q_income": "x"}
    wrong = client.post(where, {**data, "paper_statement": photo()})
    assert wrong.status_code == 422
    assert "Photo kept" in body(wrong)
    kept = re.search(r'name="paper_statement_kept" value="([^"]+)"', body(wrong))
    assert kept
    data |= {"q_income": "900000", "paper_statement_kept": kept[1]}
    done = client.post(where, data, follow=True)
    assert "Waits for the RT" in body(done)
    row = the_request()
    assert told_in(row).asked == {"income": "900000"}
    assert row.files.count() == 1
    shown = client.get(f"/surat/mine/{row.pk}/photos/{row.files.get().pk}/")
    assert shown["Content-Type"] == "image/jpeg"


def test_a_wish_is_taken_back_and_not_twice(
    client: Client, family: tuple[Person, Person]
) -> None:
    asked(client, family[0])
    row = the_request()
    where = f"/surat/mine/{row.pk}/cancel/"
    assert "Take this letter back?" in body(client.get(where))
    assert "is taken back" in body(client.post(where, follow=True))
    assert the_request().state == State.CANCELLED


def test_a_refused_letter_says_why_and_which_door_is_next(
    client: Client, family: tuple[Person, Person]
) -> None:
    asked(client, family[0])
    row = the_request()
    refuse(request=row, reason="Sudah pindah alamat.", by=actor(rt_head()), at=MORNING)
    page = body(client.get(f"/surat/mine/{row.pk}/"))
    assert "Sudah pindah alamat." in page
    assert "grievance" in page
    late = client.post(f"/surat/mine/{row.pk}/cancel/")
    assert late.status_code == 409


def test_no_number_stands_in_an_address(
    client: Client, family: tuple[Person, Person]
) -> None:
    page = asked(client, family[0])
    for where, _status in page.redirect_chain:
        assert not re.search(r"\d{16}", where)
