"""Alerts are answered, somebody named decides, and the letter proves itself."""

import io
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from pypdf import PdfReader

from smartkampung.accounts.models import Staff
from smartkampung.accounts.roles import Role
from smartkampung.isolation.models import Escalation, Stay
from smartkampung.isolation.monitoring import queries
from smartkampung.isolation.monitoring.actions.alerts import escalate, pass_once
from smartkampung.isolation.monitoring.rules.health import Symptom, Told
from smartkampung.isolation.monitoring.rules.ladder import Trigger
from smartkampung.kernel.rls import Kind, act_as
from tests import cast
from tests.isolating import (
    ARRIVAL,
    a_bed_use,
    a_house,
    a_reservation,
    a_stay,
    beds_of,
    days,
)
from tests.watching import CODE, look, on_day, present, ratna

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("third_day")]
HERE = "/staff/isolation/monitoring/"
ALERTS = f"{HERE}alerts/"
BREATHLESS = Told(unwell=True, symptoms=(Symptom.BREATHLESS,))


@pytest.fixture
def third_day() -> Iterator[time_machine.Traveller]:
    """Let pages be opened on the morning of the third day."""
    with time_machine.travel(on_day(3), tick=False) as clock:
        yield clock


def enter_as(role: Role, place: str = cast.HERE) -> Client:
    """Sign an officer with this role in, reading English."""
    account = cast.staff(f"one-{role}", role, place)
    return cast.sign_in(cast.english(Client()), account)


def doctor() -> Client:
    """Sign dr. Ratna in, who exists already, reading English."""
    account = Staff.objects.get(username="ratna")
    return cast.sign_in(cast.english(Client()), account)


def words(answer: Any) -> str:
    """Return the main part of a page."""
    text: str = answer.content.decode()
    return text.split("<main")[1]


def test_the_village_head_hears_of_two_missed_days_and_says_who_goes() -> None:
    present()
    act_as(Kind.JOB)
    pass_once(at=on_day(3))
    head = enter_as(Role.VILLAGE_HEAD)
    board = head.get("/staff/").content.decode()
    assert "Look for somebody in isolation" in board
    listed = words(head.get(ALERTS))
    assert "Nobody saw them for two days or more" in listed
    assert "Nobody saw them for a whole day" not in listed, "that is for the Puskesmas"
    url = f"{ALERTS}{Escalation.objects.get(trigger='missed_again').pk}/"
    page = words(head.get(url))
    assert "Village head, Babinsa" in page
    gone = words(head.post(url, {"act": "go"}, follow=True))
    assert "you go now" in gone
    assert "I go now" not in gone
    assert head.post(url, {"note": ""}).status_code == 422
    done = words(head.post(url, {"note": "Ada di sawah."}, follow=True))
    assert "The alert is closed." in done
    assert "No alert is open" in done
    assert head.get(url).status_code == 404


@pytest.mark.parametrize(
    "role",
    [Role.VILLAGE_HEAD, Role.VILLAGE_OFFICER, Role.BABINSA, Role.BHABINKAMTIBMAS],
)
def test_no_pillar_learns_from_list_board_or_alert_who_is_ill(role: Role) -> None:
    stay = present()
    look(stay, ratna(), at=on_day(3), told=BREATHLESS)
    act_as(Kind.JOB)
    row = Escalation.objects.get(trigger="ill")
    officer = enter_as(role)
    assert "No alert is open" in words(officer.get(ALERTS))
    assert officer.get(f"{ALERTS}{row.pk}/").status_code == 404
    board = words(officer.get("/staff/")) + words(officer.get("/staff/?show=others"))
    for word in ("reading", "symptom", "Wayan", "urgent"):
        assert word not in board


def test_the_puskesmas_closes_an_alert_about_health_with_words() -> None:
    stay = present()
    look(stay, ratna(), at=on_day(3), told=BREATHLESS)
    act_as(Kind.JOB)
    url = f"{ALERTS}{Escalation.objects.get().pk}/"
    assert "must be looked at now" in words(doctor().get(ALERTS))
    done = words(doctor().post(url, {"note": "Diberi oksigen."}, follow=True))
    assert "The alert is closed." in done


def test_an_alert_about_the_exit_leads_to_the_decision() -> None:
    stay, _by = present(), ratna()
    row = escalate(stay, Trigger.EXIT_OPEN, at=on_day(3), by="test")
    url = f"{ALERTS}{row.pk}/"
    page = words(doctor().get(url))
    assert f"{HERE}stays/{stay.pk}/decide/" in page
    assert "Close this alert" not in page
    assert doctor().post(url, {"note": "Selesai."}).status_code == 422


def test_she_keeps_somebody_in_a_bed_that_is_booked_next() -> None:
    house = a_house(beds=1)
    act_as(Kind.JOB)
    stay = present(a_reservation(house, state="arrived"))
    a_bed_use(stay, beds_of(house)[0])
    since = ARRIVAL + timedelta(days=15)
    kadek = a_stay(a_reservation(house, arrives_on=since), during=days(since))
    a_bed_use(kadek, beds_of(house)[0], during=days(since), taken=days(since, 15))
    ratna()
    url = f"{HERE}stays/{stay.pk}/decide/"
    assert "Let them go" not in words(doctor().get(url)), "not before the last day"
    wrong = doctor().post(url, {"verdict": "extend", "until": "x", "reason": ""})
    assert wrong.status_code == 422
    assert "Choose a day" in words(wrong)
    assert "Write why you decide this." in words(wrong)
    early = {"verdict": "extend", "until": "2020-06-05", "reason": "Batuk."}
    refused = doctor().post(url, early)
    assert refused.status_code == 409
    assert "Choose a day after today" in words(refused)
    later = early | {"until": "2020-06-21"}
    page = words(doctor().post(url, later, follow=True))
    assert "The decision is written down." in page
    assert "The bed was booked next." in page
    assert "Keep them longer" in page
    assert "dr. Ratna Dewi" in page


def test_she_gives_a_class_and_its_rule_makes_the_stay_longer(
    third_day: time_machine.Traveller,
) -> None:
    stay, _by = present(), ratna()
    url = f"{HERE}stays/{stay.pk}/class/"
    page = words(doctor().get(url))
    assert "ODP" in page
    assert "Suspect" not in page, "that list begins on 13 July"
    assert doctor().post(url, {}).status_code == 422
    missing = doctor().post(url, {"code": "positive"})
    assert missing.status_code == 409
    assert "the specimen was taken" in words(missing)
    given = {"code": "positive", "specimen_on": "2020-06-14"}
    early = doctor().post(url, given)
    assert early.status_code == 409
    assert "These days lie in the past" in words(early)
    third_day.move_to(on_day(11))
    done = words(doctor().post(url, given, follow=True))
    assert "The class is written down." in done
    assert "24 June 2020" in done
    assert "specimen of" in done


def test_the_letter_in_hand_is_proven_by_its_code(
    third_day: time_machine.Traveller,
) -> None:
    stay = present(code=CODE)
    look(stay, ratna(), at=on_day(14))
    third_day.move_to(on_day(14, 10))
    phone = cast.english(Client())
    page = words(phone.get(f"/isolation/health/{CODE}/"))
    assert "You may leave on Thursday, 18 June 2020." in page
    paper = phone.get(f"/isolation/health/{CODE}/letter/{stay.pk}/")
    text = PdfReader(io.BytesIO(paper.content)).pages[0].extract_text()
    assert "Letter about finished isolation" in text
    assert "Wayan" in text
    assert "18 June 2020" in text
    assert "12 March 1990" in text
    assert "Monday, 12 March" not in text
    # The reading of the exit check; a code on the paper holds no point or comma.
    assert "36.6" not in text
    assert "36,6" not in text
    indonesian = Client().get(f"/isolation/health/{CODE}/letter/{stay.pk}/")
    text = PdfReader(io.BytesIO(indonesian.content)).pages[0].extract_text()
    assert "Surat selesai isolasi" in text
    act_as(Kind.JOB)
    letter = queries.letter_of(stay)
    assert letter is not None
    proof = words(phone.get(f"/letters/isolation/{queries.mark_of(letter)}/"))
    assert "This letter is real" in proof
    assert "Wayan" not in proof
    # A letter that is lent shows somebody else's letters and year.
    assert "W***" in proof
    assert "1990" in proof
    assert phone.get("/letters/isolation/1.made-up/").status_code == 404
    staff_copy = doctor().get(f"{HERE}stays/{stay.pk}/letter/")
    assert staff_copy.headers["Content-Type"] == "application/pdf"


def test_no_letter_before_the_end() -> None:
    stay, _by = present(code=CODE), ratna()
    phone = cast.english(Client())
    url = f"/isolation/health/{CODE}/letter/{stay.pk}/"
    assert phone.get(url).status_code == 404
    assert phone.get(url.replace(CODE, "AAAA-BBBB-CCCC")).status_code == 404
    assert doctor().get(f"{HERE}stays/{stay.pk}/letter/").status_code == 404
    Stay.objects.filter(pk=stay.pk).update(state="lost")
    page = words(doctor().get(f"{HERE}stays/{stay.pk}/decide/"))
    assert "Nothing is to be decided." in page
