"""Telling a grievance in three steps, following it, and handling it, on the pages."""

import re
import uuid
from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.test import Client

from smartkampung.accounts.models import Staff
from smartkampung.aid.grievances.actions.telling import match_person
from smartkampung.aid.grievances.rules import Kind, Office
from smartkampung.aid.models import Grievance
from smartkampung.kernel.rls import Kind as Acting
from smartkampung.kernel.rls import act_as
from tests import cases, cast, grievances, population
from tests.pictures import jpeg

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("tuesday")]
STAFF = "/staff/grievances/"
MORE: dict[str, dict[str, Any]] = {
    "data_wrong": {
        "nik": population.WAYAN_NIK,
        "field": "birth_place",
        "wanted": "Genteng",
    },
    "not_paid": {"nik": population.WAYAN_NIK},
    "conduct": {"office": "village_officer", "officer_name": "Sari  Wulandari"},
    "question": {},
    "listed": {"listing": "7", "entry": "12"},
}


def filled(kind: str, **changes: Any) -> dict[str, Any]:
    """Fill in the second step."""
    return {
        "form_id": str(uuid.uuid4()),
        "village": cast.HERE,
        "programme": cases.FOOD,
        "text": "Where does one ask?",
        **MORE[kind],
        **changes,
    }


@pytest.fixture
def tuesday() -> Iterator[None]:
    """Let pages be opened on the day on which the cast acts."""
    with time_machine.travel(cases.NOW, tick=True):
        yield


def enter(username: str) -> Client:
    """Sign somebody in, reading English."""
    account = Staff.objects.get(username=username)
    return cast.sign_in(cast.english(Client()), account)


def token_of(page: str) -> str:
    """Return the answers that the page carries, sealed."""
    found = re.search(r'name="form" value="([^"]+)"', page)
    assert found is not None
    return found[1]


def send(somebody: Client, kind: str, **changes: Any) -> str:
    """Go through the three steps; return the address of the page with the code."""
    form = filled(kind, **changes)
    review = somebody.post(f"/grievance/about/{kind}/", form)
    assert review.status_code == 200, review.content.decode()
    token = token_of(review.content.decode())
    sent = somebody.post(f"/grievance/about/{kind}/send/", {"form": token})
    assert sent.status_code == 302
    act_as(Acting.JOB)
    return sent.headers["Location"]


@pytest.fixture
def offices() -> None:
    """Open the desk."""
    cases.desk()


@pytest.mark.usefixtures("offices")
def test_every_kind_is_told_in_three_steps_and_followed() -> None:
    somebody = cast.english(Client())
    first = somebody.get("/grievance/").content.decode()
    for number, kind in enumerate(MORE, 1):
        assert f"/grievance/about/{kind}/" in first
        assert (
            "Sumberwangi" in somebody.get(f"/grievance/about/{kind}/").content.decode()
        )
        url = send(somebody, kind)
        assert Grievance.objects.count() == number
        page = somebody.get(url).content.decode()
        assert "We received it" in page
        assert "Where does one ask?" not in page
        assert population.WAYAN_NIK not in page
    act_as(Acting.JOB)
    named = Grievance.objects.get(kind="conduct").about
    assert named == Staff.objects.get(username="sari")


@pytest.mark.usefixtures("offices")
def test_the_review_shows_everything_and_lets_it_be_changed() -> None:
    somebody = cast.english(Client())
    form = filled("listed", text="He has two cars.")
    page = somebody.post("/grievance/about/listed/", form).content.decode()
    for words in ("Sumberwangi", "He has two cars.", "within 10 working days"):
        assert words in page
    again = somebody.post("/grievance/about/listed/", {"form": token_of(page)})
    assert "He has two cars." in again.content.decode()
    assert again.status_code == 200


@pytest.mark.usefixtures("offices")
@pytest.mark.parametrize(
    ("kind", "wrong", "words"),
    [
        ("question", {"village": ""}, "Choose the village."),
        ("question", {"text": ""}, "Write your question."),
        ("question", {"text": population.WAYAN_NIK}, "NIK"),
        ("not_paid", {"nik": "123"}, "16"),
        ("data_wrong", {"field": ""}, "Choose which entry is wrong."),
        ("data_wrong", {"field": "born_on", "wanted": "yesterday"}, "12-04-1985"),
        ("data_wrong", {"field": "phone", "wanted": "12"}, "phone"),
        ("data_wrong", {"field": "nik", "wanted": "123"}, "16"),
        ("data_wrong", {"field": "name", "wanted": population.WAYAN_NIK}, "NIK"),
        ("conduct", {"office": ""}, "Choose whose officer it was."),
        ("listed", {"entry": "first"}, "such as 12"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field(
    kind: str, wrong: dict[str, str], words: str
) -> None:
    somebody = cast.english(Client())
    answer = somebody.post(f"/grievance/about/{kind}/", filled(kind, **wrong))
    assert answer.status_code == 422
    assert words in answer.content.decode()


@pytest.mark.usefixtures("offices")
def test_a_broken_or_old_form_begins_again() -> None:
    somebody = cast.english(Client())
    for url in ("/grievance/about/question/send/", "/grievance/about/question/"):
        answer = somebody.post(url, {"form": "made up"})
        assert answer.headers["Location"] == "/grievance/about/question/"
    assert somebody.get("/grievance/about/weather/").status_code == 404
    assert somebody.get("/grievance/AAAA-BBBB-CCCC/").status_code == 404


@pytest.mark.usefixtures("offices")
def test_the_language_changes_in_the_middle_without_losing_a_word() -> None:
    somebody, here = cast.english(Client()), "/grievance/about/data_wrong/"
    page = somebody.get(here).content.decode()
    assert 'form="typed"' in page
    half = {"village": cast.HERE, "nik": "35100", "field": "phone", "text": "<b>Salah"}
    form_id = filled("data_wrong")["form_id"]
    typed = {**half, "wanted": "0812", "form_id": form_id, "language": "id"}
    answer = somebody.post(here, typed)
    page = answer.content.decode()
    assert (answer.status_code, answer["Content-Language"]) == (200, "id")
    assert somebody.cookies["django_language"].value == "id"
    for words in ('value="35100"', 'value="0812"', "&lt;b&gt;Salah", "Lanjut"):
        assert words in page
    assert 'value="phone" selected' in page
    assert f'value="{cast.HERE}" selected' in page
    assert str(form_id) in page
    assert 'role="alert"' not in page

    review = somebody.post(here, filled("data_wrong", text="Yang benar Genteng."))
    sealed = {"form": token_of(review.content.decode()), "language": "en"}
    page = somebody.post(here, sealed).content.decode()
    assert "Is everything right?" in page
    assert "Yang benar Genteng." in page
    assert somebody.post(here, {"form": "x", "language": "en"}).status_code == 302
    sent = somebody.post(f"{here}send/", {"form": token_of(page)})
    assert sent.status_code == 302


@pytest.mark.usefixtures("offices")
def test_a_link_on_a_posted_list_fills_in_its_number() -> None:
    page = Client().get("/grievance/about/listed/?listing=7&entry=12").content.decode()
    assert 'value="7"' in page
    assert 'value="12"' in page


@pytest.mark.usefixtures("offices")
def test_it_is_taken_asked_answered_and_decided() -> None:
    somebody, sari = cast.english(Client()), enter("sari")
    url = send(somebody, "question")
    pk = Grievance.objects.get().pk
    here = f"{STAFF}{pk}/"
    assert "Answer a grievance" in sari.get("/staff/").content.decode()
    assert f"#{pk}" in sari.get(STAFF).content.decode()
    assert sari.post(here, {"do": "decide"}).status_code == 422
    assert sari.post(here, {"do": "take"}).status_code == 302
    assert f"#{pk}" in sari.get(f"{STAFF}?show=mine&kind=question").content.decode()
    assert sari.post(here, {"do": "ask", "question": "Which?"}).status_code == 302
    assert "Which?" in somebody.get(url).content.decode()
    assert somebody.post(f"{url}speak/", {"words": ""}).status_code == 422
    assert somebody.post(f"{url}speak/", {"words": "PKH."}).status_code == 302
    assert somebody.post(f"{url}speak/", {"words": "PKH."}).status_code == 409
    assert "PKH." in sari.get(here).content.decode()
    end = {"do": "decide", "outcome": "answered", "answer": "At the village office."}
    assert sari.post(here, end).status_code == 302
    assert sari.post(here, end).status_code == 409
    assert "At the village office." in somebody.get(url).content.decode()
    assert f"#{pk}" in sari.get(f"{STAFF}?show=done").content.decode()
    code = url.split("/")[2]
    found = somebody.post("/grievance/follow/", {"code": code.lower()})
    assert found.headers["Location"] == url


@pytest.mark.usefixtures("offices")
def test_what_was_not_right_is_looked_at_again() -> None:
    somebody, sari = cast.english(Client()), enter("sari")
    url = send(somebody, "not_paid")
    here = f"{STAFF}{Grievance.objects.get().pk}/"
    sari.post(here, {"do": "take"})
    sari.post(here, {"do": "decide", "outcome": "dismissed", "answer": "Not yet due."})
    assert "somebody else looks again" in somebody.get(url).content.decode()
    assert somebody.post(f"{url}speak/", {"words": "It is."}).status_code == 302
    endang = enter("endang").get("/staff/").content.decode()
    assert "Answer a grievance at the kecamatan" in endang


@pytest.mark.usefixtures("offices")
def test_a_correction_is_opened_with_what_the_officer_chose() -> None:
    population.wayan()
    sari = enter("sari")
    send(Client(), "data_wrong", field="occupation", wanted="driver")
    row = Grievance.objects.get()
    match_person(grievance_id=row.pk, at=cases.NOW)
    here = f"{STAFF}{row.pk}/"
    sari.post(here, {"do": "take"})
    page = sari.get(here).content.decode()
    assert "The person wrote: driver" in page
    end = {"do": "decide", "outcome": "upheld", "answer": "Right.", "wanted": "88"}
    assert sari.post(here, end).status_code == 302
    assert "A correction of the record was opened" in sari.get(here).content.decode()


@pytest.mark.usefixtures("offices")
@pytest.mark.parametrize("known", [True, False])
def test_a_stranger_who_tells_a_number_learns_nothing(known: bool) -> None:
    """With a NIK that is known or not: the same steps, and no number on any page."""
    if known:
        population.wayan()
    phone, somebody = "081298765432", cast.english(Client())
    url = send(somebody, "data_wrong", field="phone", wanted=phone)
    row = Grievance.objects.get()
    match_person(grievance_id=row.pk, at=cases.NOW)
    page = somebody.get(url).content.decode()
    assert "We received it" in page
    sari = enter("sari")
    here = f"{STAFF}{row.pk}/"
    sari.post(here, {"do": "take"})
    desk = sari.get(here).content.decode()
    assert "5432" in desk
    assert "the card that the family showed you" in desk
    for shown in (page, desk):
        assert phone not in shown
        assert population.WAYAN_NIK not in shown
    end = {"do": "decide", "outcome": "upheld", "answer": "Right."}
    refused = sari.post(here, end)
    assert refused.status_code == 409
    done = sari.post(here, {**end, "evidence": jpeg()})
    assert done.status_code == (302 if known else 409)


@pytest.mark.usefixtures("offices")
def test_the_named_officer_meets_no_page_and_no_work() -> None:
    _code, row = grievances.sent(Kind.CONDUCT, office=Office.VILLAGE_OFFICER)
    endang, bambang = enter("endang"), enter("bambang")
    here = f"{STAFF}{row.pk}/"
    assert enter("sari").get(here).status_code == 404
    endang.post(here, {"do": "take"})
    page = endang.get(here).content.decode()
    assert "Sari Wulandari" in page
    officer = Staff.objects.get(username="sari").pk
    assert endang.post(here, {"do": "officer", "officer": officer}).status_code == 302
    assert endang.post(here, {"do": "up", "why": "Above us."}).status_code == 302
    assert bambang.get(here).status_code == 404
    assert endang.get(STAFF).status_code == 200
    assert endang.post(f"{STAFF}{row.pk}/", {"do": "nothing"}).status_code == 404
