"""What follows the last day: a letter, a page that leads to it, and nobody forgotten."""

import uuid
from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.test import Client

from smartkampung.accounts.models import Staff
from smartkampung.intake.actions.cases import code_hash
from smartkampung.isolation.actions.telling import tell_code
from smartkampung.isolation.models import Stay
from smartkampung.isolation.monitoring.actions.alerts import pass_once
from smartkampung.kernel.rls import Kind, act_as
from smartkampung.kernel.sealed import Sealed
from smartkampung.notify.models import Message
from smartkampung.notify.texts import text_of
from tests import cast
from tests.isolating import a_house, a_reservation
from tests.watching import CAME_AT, CODE, due, look, on_day, present, ratna

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("last_day")]
LIST = "/staff/isolation/monitoring/"
STAYS = f"{LIST}stays/"
BOOKING = f"/i/{CODE}/"
REPORT = f"/isolation/health/{CODE}/"


@pytest.fixture
def last_day() -> Iterator[time_machine.Traveller]:
    """Let pages be opened on the morning of the last day."""
    with time_machine.travel(on_day(14), tick=False) as clock:
        yield clock


def doctor() -> Client:
    """Sign dr. Ratna in, who exists already, reading English."""
    account = Staff.objects.get(username="ratna")
    return cast.sign_in(cast.english(Client()), account)


def words(answer: Any) -> str:
    """Return the main part of a page."""
    text: str = answer.content.decode()
    return text.split("<main")[1]


def examine(client: Client, stay: Stay, state: str) -> str:
    """Make the exit check as the page does."""
    row = due(stay, at=on_day(14))
    form = {"form_id": str(uuid.uuid4()), "outcome": "seen", "state": state}
    return words(client.post(f"{LIST}looks/{row.pk}/", form, follow=True))


def test_after_the_exit_check_she_reads_what_follows_and_has_the_letter() -> None:
    stay, _by = present(code=CODE), ratna()
    client = doctor()
    page = examine(client, stay, "well")
    assert "Wayan is well and may leave on" in page
    assert f"{STAYS}{stay.pk}/letter/" in page
    today = words(client.get(LIST))
    assert "0 still to see, 1 seen or reported." in today
    assert f"{STAYS}{stay.pk}/" in today


def test_the_exit_check_is_an_examination_and_home_needs_no_journey() -> None:
    act_as(Kind.JOB)
    ratna()
    stay = present(a_reservation(state="arrived"))
    page = words(doctor().get(f"{LIST}looks/{due(stay, at=on_day(14)).pk}/"))
    assert "Examined, face to face" in page
    assert "Seen, or spoken to by phone" not in page
    assert "need not stay apart from tomorrow on" in page
    assert "may go home tomorrow" not in page


def test_who_is_not_well_at_the_exit_is_kept_and_she_decides() -> None:
    stay, _by = present(code=CODE), ratna()
    page = examine(doctor(), stay, "unwell")
    assert "Wayan is not well and is not let go." in page
    assert f"{STAYS}{stay.pk}/decide/" in page


def test_whoever_opens_a_look_again_reads_that_it_was_made() -> None:
    stay, _by = present(code=CODE), ratna()
    client, row = doctor(), due(stay, at=on_day(14))
    address = f"{LIST}looks/{row.pk}/"
    assert "This look was written down on" not in words(client.get(address))
    examine(client, stay, "unwell")
    assert "This look was written down on" in words(client.get(address))


def test_who_was_let_go_is_found_again_by_name_with_the_letter() -> None:
    stay, by = present(code=CODE), ratna()
    other = present(a_reservation(state="arrived"), name="Made Astawa")
    look(stay, by, at=on_day(14))
    client = doctor()
    found = words(client.get(STAYS, {"name": "way"}))
    assert "1 person" in found
    assert f"{STAYS}{stay.pk}/letter/" in found
    assert other.name not in found
    assert other.name in words(client.get(STAYS, {"show": "present"}))
    assert "Nobody is found" in words(client.get(STAYS, {"name": "Komang"}))


def test_whose_last_day_is_over_is_told_of_and_never_at_day_22_of_14(
    last_day: time_machine.Traveller,
) -> None:
    stay, by = present(code=CODE), ratna()
    look(stay, by, at=on_day(9))
    last_day.move_to(on_day(22))
    act_as(Kind.JOB)
    pass_once(at=on_day(22))
    client = doctor()
    assert "The last day of 1 person is over" in words(client.get(LIST))
    assert "Wayan" in words(client.get(STAYS, {"show": "over"}))
    page = words(client.get(f"{STAYS}{stay.pk}/"))
    assert "14 of 14" in page
    assert "22 of 14" not in page
    assert "Exit check" in page
    phone = words(cast.english(Client()).get(REPORT))
    assert "Day 14 of 14" in phone
    assert "The last day is over." in phone
    assert "Wayan is well" not in phone, "a report that would be refused"


def test_an_exit_check_missed_yesterday_can_still_be_made_from_the_list(
    last_day: time_machine.Traveller,
) -> None:
    stay, _by = present(code=CODE), ratna()
    row = due(stay, at=on_day(14))
    last_day.move_to(on_day(15))
    client = doctor()
    assert f"{LIST}looks/{row.pk}/" in words(client.get(LIST))
    look_at = {"form_id": str(uuid.uuid4()), "outcome": "seen", "state": "well"}
    client.post(f"{LIST}looks/{row.pk}/", look_at)
    assert "0 still to see, 1 seen or reported." in words(client.get(LIST))


def test_the_code_leads_to_the_daily_report_and_then_to_the_letter() -> None:
    stay, by = present(code=CODE), ratna()
    phone = cast.english(Client())
    assert f'href="{REPORT}">Say how you feel today' in words(phone.get(BOOKING))
    look(stay, by, at=on_day(14))
    page = words(phone.get(BOOKING))
    assert f'href="{REPORT}">Open the letter' in page
    assert "Say how you feel today" not in page


def test_the_doors_lead_to_the_daily_report() -> None:
    for door in ("/", "/isolation/"):
        page = words(cast.english(Client()).get(door))
        assert 'href="/isolation/health/"' in page


def test_who_never_came_in_reads_that_it_ended_and_not_that_all_is_done() -> None:
    act_as(Kind.JOB)
    house = a_house()
    ended = {"code_hash": code_hash(CODE), "state": "ended", "ended_at": CAME_AT}
    party = a_reservation(house, **ended)
    present(party, state="hospital", present_at=None, ended_at=CAME_AT)
    page = words(cast.english(Client()).get(BOOKING))
    assert "Isolation ended before its time" in page
    assert "No place is kept here any more" in page
    assert house.name not in page
    for never in ("Exit check", "14 days", "hospital", "Open the letter"):
        assert never not in page


def test_the_message_leads_straight_to_the_page_of_the_code() -> None:
    act_as(Kind.JOB)
    tell_code(a_reservation(phone=Sealed.of("+6285711112222", "phone")), CODE)
    sent = Message.objects.get()
    assert sent.secret is not None
    text = text_of(
        sent.template, context={}, language=sent.language, secret=sent.secret.open()
    )
    assert f"/i/{CODE}/" in text


def test_the_second_page_keeps_what_was_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("smartkampung.web.isolation_monitoring.stays.PAGE_SIZE", 1)
    ratna()
    act_as(Kind.JOB)
    party = a_reservation(state="arrived")
    for name in ("Ketut Alit", "Ketut Bagus"):
        present(party, name=name)
    page = words(doctor().get(STAYS, {"name": "Ketut", "show": "present"}))
    assert "2 people" in page
    assert "?name=Ketut&amp;show=present&amp;page=2" in page
