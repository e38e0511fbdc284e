"""Staff see programmes, write attendance down, and are told what is wrong."""

from typing import Any

import pytest
from django.test import Client

from smartkampung.audit.models import Access
from smartkampung.kernel.clock import now
from smartkampung.kernel.rls import Kind as Acting
from smartkampung.kernel.rls import act_as
from smartkampung.recovery.programmes.models import (
    Attendance,
    Outcome,
    Seat,
    Sheet,
)
from smartkampung.recovery.programmes.rules.states import Kind
from tests import cast
from tests.recovering import Running, accept_all, running_now
from tests.recovery_pages import HOME, a_sheet, offer_page, seat_page, text

pytestmark = pytest.mark.django_db


@pytest.fixture
def made() -> Running:
    """Let Ayu and Bagus take part in work that begins today."""
    made = running_now()
    accept_all(made)
    return made


@pytest.fixture
def sari(client: Client) -> Client:
    """Sign the village officer in, in English."""
    return cast.english(cast.sign_in(client, cast.sari()))


# -- seeing -----------------------------------------------------------------------


def test_the_board_shows_offers_with_their_numbers(sari: Client, made: Running) -> None:
    shown = text(sari.get(HOME))
    assert "Clean the beach" in shown or "Bersih pantai" in shown
    assert "<b>2</b> accepted" in shown
    assert "<b>0</b> free" in shown


@pytest.mark.parametrize("state", ["draft", "finished", "closed", "made-up"])
def test_the_board_shows_offers_by_state(
    sari: Client, made: Running, state: str
) -> None:
    assert sari.get(HOME, {"state": state}).status_code == 200


def test_names_are_shown_to_the_village_and_the_look_is_kept(
    sari: Client, made: Running
) -> None:
    assert "Ayu" in text(sari.get(offer_page(made)))
    assert Access.objects.filter(purpose="recovery.programmes").count() == 2


def test_next_door_sees_neither_offer_nor_people(made: Running) -> None:
    budi = cast.sign_in(Client(), cast.budi())
    for address in (offer_page(made), seat_page(made)):
        assert budi.get(address).status_code == 404


def test_the_thread_tells_the_whole_way(sari: Client, made: Running) -> None:
    shown = text(sari.get(seat_page(made)))
    for words in ("Invited", "Said yes", "It begins", "by rank", "Set aside"):
        assert words in shown


def test_the_list_to_print_has_everybody(sari: Client, made: Running) -> None:
    shown = text(sari.get(offer_page(made, "paper/")))
    assert "Ayu" in shown
    assert "Bagus" in shown


# -- attendance -------------------------------------------------------------------


def test_a_whole_sheet_is_written_at_once(sari: Client, made: Running) -> None:
    sent = a_sheet(made, "Ayu")
    for _twice in range(2):
        assert sari.post(offer_page(made, "sheet/"), sent).status_code == 302
    assert Sheet.objects.count() == 1
    assert Attendance.objects.filter(present=True).count() == 1
    assert made.states() == {"Ayu": "attending", "Bagus": "accepted"}
    assert "checked" in text(sari.get(offer_page(made, "sheet/")))


@pytest.mark.parametrize(
    ("told", "status"),
    [
        ({"on": "kemarin"}, 422),
        ({"on": ""}, 422),
        ({"form_id": "x"}, 422),
        ({"on": "2020-01-01"}, 409),
        ({"shown": []}, 409),
        ({"shown": ["x", "99999999999999999999"]}, 409),
    ],
)
def test_a_sheet_that_cannot_be_says_why(
    sari: Client, made: Running, told: dict[str, Any], status: int
) -> None:
    answer = sari.post(offer_page(made, "sheet/"), a_sheet(made, "Ayu", **told))
    assert answer.status_code == status
    assert "Please mend this first" in text(answer)
    assert not Sheet.objects.exists()


@pytest.mark.parametrize("on", ["made-up", "1999-01-01", "2999-01-01"])
def test_a_day_in_the_address_may_be_anything(
    sari: Client, made: Running, on: str
) -> None:
    assert sari.get(offer_page(made, "sheet/"), {"on": on}).status_code == 200


# -- one person -------------------------------------------------------------------


def test_the_desk_answers_for_who_has_no_phone(sari: Client) -> None:
    made = running_now(phone=False)
    assert "no phone" in text(sari.get(offer_page(made)))
    address = seat_page(made, act="answer/")
    assert sari.post(address, {"accepts": "yes"}).status_code == 302
    assert made.states()["Ayu"] == "accepted"
    no = {"accepts": "no", "reason": "Sakit"}
    assert sari.post(seat_page(made, "Bagus", "answer/"), no).status_code == 302
    assert made.seat("Bagus").reason == "Sakit"
    assert made.seat("Bagus").answered_through == "sari"


@pytest.mark.parametrize(
    ("act", "told", "words"),
    [
        ("answer/", {}, "Answer yes or no"),
        ("milestone/", {"on": "2020-01-01"}, "Choose what was reached"),
        ("milestone/", {"what": "work_found", "on": "x"}, "day-month-year"),
        ("stop/", {"reason": ""}, "in a few words"),
        ("stop/", {"reason": "NIK 3510091204850003"}, "Please mend"),
    ],
)
def test_a_form_names_the_field_and_what_to_do(
    sari: Client, made: Running, act: str, told: dict[str, str], words: str
) -> None:
    answer = sari.post(seat_page(made, act=act), told)
    assert answer.status_code == 422
    assert words in text(answer)


@pytest.mark.parametrize(
    ("act", "told"),
    [
        ("answer/", {"accepts": "no"}),
        ("milestone/", {"what": "work_found", "on": "2020-01-01"}),
    ],
)
def test_a_refusal_stands_on_the_form(
    sari: Client, made: Running, act: str, told: dict[str, str]
) -> None:
    answer = sari.post(seat_page(made, act=act), told)
    assert answer.status_code == 409
    assert "Please mend this first" in text(answer)


def test_from_attendance_to_the_income_afterwards(sari: Client, made: Running) -> None:
    sari.post(offer_page(made, "sheet/"), a_sheet(made, "Ayu"))
    reached = {"what": "training_finished", "on": now().date().isoformat()}
    assert sari.post(seat_page(made, act="milestone/"), reached).status_code == 302
    assert sari.post(seat_page(made, act="finish/")).status_code == 302
    assert made.states()["Ayu"] == "finished"
    assert "Ayu" in text(sari.get(f"{HOME}income/"))
    told = {"stage": "end", "income": "1.50", "on": now().date().isoformat()}
    assert sari.post(seat_page(made, act="income/"), told).status_code == 422
    told["income"] = "Rp 1.500.000"
    assert sari.post(seat_page(made, act="income/"), told).status_code == 302
    assert Outcome.objects.get().income == 1_500_000
    assert "Rp1,500,000" in text(sari.get(seat_page(made)))
    assert sari.get(seat_page(made, act="income/")).status_code == 302


def test_pressing_the_end_too_early_says_why(sari: Client, made: Running) -> None:
    answer = sari.post(seat_page(made, act="finish/"), follow=True)
    assert "ever there" in text(answer)


def test_who_stops_makes_room(sari: Client, made: Running) -> None:
    sari.post(seat_page(made, act="stop/"), {"reason": "Pindah"})
    assert made.states()["Ayu"] == "dropped"
    assert "Pindah" in text(sari.get(seat_page(made)))


def test_who_is_next_in_another_offer_is_seen_from_the_thread(
    sari: Client, made: Running
) -> None:
    other = running_now(Kind.TOOLS, names=("Zaki",))
    act_as(Acting.JOB)
    Seat.objects.filter(offer=other.offer).update(person=made.people[0])
    assert "Other offers" in text(sari.get(seat_page(made)))
