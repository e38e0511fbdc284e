"""Whoever holds the code of an invitation reads it, accepts, or refuses."""

import re

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from smartkampung.kernel.clock import now
from smartkampung.recovery.programmes.models import Seat
from smartkampung.recovery.programmes.rules.states import Kind
from tests import cast
from tests.recovering import DAY, Running, code_of, running_now

pytestmark = pytest.mark.django_db


@pytest.fixture
def made() -> Running:
    """Invite Ayu and Bagus to work that begins today."""
    return running_now()


def address(made: Running, act: str = "", name: str = "Ayu") -> str:
    """Return the page of somebody's code."""
    return f"/r/{code_of(made.seat(name))}/{act}"


def page(client: Client, made: Running) -> str:
    """Return what Ayu reads, in English."""
    return cast.english(client).get(address(made)).content.decode()


def test_the_code_opens_the_offer_and_names_nobody(
    client: Client, made: Running
) -> None:
    text = page(client, made)
    for words in ("Clean the beach", "Rp80.000", "I take this place", "Balai Desa"):
        assert words.replace(".", ",") in text or words in text
    assert "Ayu" not in text
    assert len(text) < 30_000


def test_accepting_takes_the_place(client: Client, made: Running) -> None:
    answer = client.post(address(made, "accept/"), follow=True)
    assert answer.status_code == 200
    assert "Tempat ini milik Anda" in answer.content.decode()
    assert made.states()["Ayu"] == "accepted"


def test_accepting_twice_is_accepting_once(client: Client, made: Running) -> None:
    for _twice in range(2):
        assert client.post(address(made, "accept/")).status_code == 302
    assert made.states()["Ayu"] == "accepted"


def test_refusing_with_a_reason(client: Client, made: Running) -> None:
    client.post(address(made, "refuse/"), {"reason": "Sudah bekerja"})
    assert (made.seat("Ayu").state, made.seat("Ayu").reason) == (
        "refused",
        "Sudah bekerja",
    )


def test_the_reason_may_stay_empty(client: Client, made: Running) -> None:
    assert client.post(address(made, "refuse/"), {}).status_code == 302


def test_a_reason_holds_no_number_of_a_card(client: Client, made: Running) -> None:
    answer = client.post(address(made, "refuse/"), {"reason": "NIK 3510091204850003"})
    assert answer.status_code == 422
    assert made.states()["Ayu"] == "invited"


def test_who_refused_cannot_take_it_after_all(client: Client, made: Running) -> None:
    client.post(address(made, "refuse/"), {})
    answer = client.post(address(made, "accept/"))
    assert answer.status_code == 409
    assert "tidak bisa dijawab lagi" in answer.content.decode()


def test_after_the_day_there_is_nothing_to_press(client: Client, made: Running) -> None:
    Seat.objects.update(answer_by=now() - DAY)
    assert "I take this place" not in page(client, made)
    assert client.post(address(made, "accept/")).status_code == 409


@pytest.mark.parametrize("code", ["AAAA-BBBB-CCCC", "0000-0000-0000"])
@pytest.mark.parametrize("act", ["", "accept/", "refuse/"])
def test_a_code_that_opens_nothing_is_no_page(
    client: Client, code: str, act: str
) -> None:
    ask = client.post if act else client.get
    assert ask(f"/r/{code}/{act}").status_code == 404


def test_the_door_takes_a_code_however_it_is_typed(
    client: Client, made: Running
) -> None:
    code = code_of(made.seat("Ayu"))
    typed = code.lower().replace("-", " ")
    assert client.post("/r/", {"code": typed})["Location"] == f"/r/{code}/"


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("", "Ketik kode"),
        ("K7QF", "12 huruf"),
        ("K7QF-2M9X-TB4C", "Tidak ada undangan"),
    ],
)
def test_the_door_says_what_is_wrong(client: Client, typed: str, words: str) -> None:
    answer = client.post("/r/", {"code": typed})
    assert answer.status_code == 422
    assert words in answer.content.decode()


def test_the_one_door_of_codes_leads_here(client: Client) -> None:
    code = code_of(running_now(Kind.TOOLS).seat("Ayu"))
    answer = client.get(f"/t/{code}/")
    assert (answer.status_code, answer["Location"]) == (302, f"/r/{code}/")


def test_the_page_costs_few_questions(
    client: Client, made: Running, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client.get(address(made))
    with django_assert_max_num_queries(16):
        client.get(address(made))


def test_every_form_works_without_javascript(client: Client, made: Running) -> None:
    text = page(client, made)
    assert len(re.findall(r"<form[^>]*method=\"post\"", text)) >= 2
    assert "hx-" not in text
