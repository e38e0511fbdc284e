"""The checkpoint finds who comes through it without their pass, and nobody else."""

import uuid
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from smartkampung.accounts.models import Staff
from smartkampung.accounts.roles import Role
from smartkampung.audit.models import Access
from smartkampung.isolation.actions.telling import expect, expect_anew
from smartkampung.isolation.arrival.rules.entries import PLACES, entries_of
from smartkampung.isolation.models import Passage, Reservation, Stay
from smartkampung.isolation.monitoring.actions.alerts import escalate
from smartkampung.isolation.monitoring.rules.ladder import Trigger
from smartkampung.isolation.rules.states import EntryPoint
from smartkampung.kernel.clock import now, start_of_day, today
from smartkampung.kernel.rls import Kind, act_as
from smartkampung.worklist.models import WorkItem
from tests import cast, population
from tests.isolating import a_reservation, a_stay, days

pytestmark = pytest.mark.django_db
GATE = "/staff/arrivals/gate/"


@pytest.fixture(autouse=True)
def _harbour(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the harbour be in the village of Budi, whence people go on to Sari's."""
    monkeypatch.setitem(PLACES, EntryPoint.KETAPANG, cast.NEXT_DOOR)


def coming(
    name: str, *, on: date, entry: str = "ketapang", **fields: Any
) -> Reservation:
    """Let somebody be on the way to Sari's village."""
    act_as(Kind.JOB)
    party = a_reservation(arrives_on=on, entry_point=entry)
    a_stay(party, name=name, during=days(on), **fields)
    return Reservation.objects.get(pk=party.pk)


def enter(role: Role, place: str) -> Client:
    """Sign an officer with this role in, reading English."""
    account = cast.staff(f"one-{role}", role, place)
    return cast.sign_in(cast.english(Client()), account)


def words(answer: Any) -> str:
    """Return the main part of a page."""
    text: str = answer.content.decode()
    return text.split("<main")[1]


@pytest.mark.parametrize(
    ("post", "entries"),
    [
        ("35.10.21.2003", ["ketapang"]),
        ("35.10.18", ["wongsorejo"]),
        ("35.10.25.2001", ["airport"]),
        ("35.10", ["ketapang", "airport", "wongsorejo", "kalibaru"]),
        ("35.11", []),
    ],
)
def test_a_post_stands_at_these_ways_in(
    post: str, entries: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(PLACES, EntryPoint.KETAPANG, "35.10.21.2003")
    assert entries_of([post]) == tuple(entries)


def test_the_harbour_lists_who_comes_through_it_about_today() -> None:
    act_as(Kind.JOB)
    person = population.wayan()
    coming("Wayan", on=today(), person=person)
    coming("Ketut", on=today() - timedelta(days=1))
    coming("Komang", on=today(), entry="airport")
    coming("Nyoman", on=today() + timedelta(days=2))
    gede = enter(Role.CHECKPOINT_OFFICER, cast.NEXT_DOOR)
    page = words(gede.get(GATE))
    assert "Wayan" in page
    assert "Ketut" in page
    assert "Komang" not in page
    assert "Nyoman" not in page
    assert "Jalan Kawah" not in page, "an address is for who opens the party"
    assert Access.objects.filter(person_id=person.pk).exists()
    found = words(gede.get(GATE, {"name": "ketu"}))
    assert "Ketut" in found
    assert "Wayan" not in found
    assert "Nobody of this name" in words(gede.get(GATE, {"name": "Komang"}))


def test_who_is_there_without_the_pass_is_measured_and_let_through() -> None:
    party = coming("Wayan", on=today())
    stay = Stay.objects.get(reservation=party)
    gede = enter(Role.CHECKPOINT_OFFICER, cast.NEXT_DOOR)
    screen = f"{GATE}{party.pk}/screen/"
    asked = words(gede.get(screen)).split("Temperature")[1].split("Oxygen")[0]
    assert "optional" not in asked
    form = {
        "form_id": str(uuid.uuid4()),
        "place": "ketapang",
        f"here_{stay.pk}": "on",
        f"temperature_{stay.pk}": "36,6",
    }
    page = words(gede.post(screen, form, follow=True))
    assert "Where to go now" in page
    act_as(Kind.JOB)
    assert Passage.objects.get().stay_id == stay.pk


@pytest.mark.parametrize(
    ("role", "place"),
    [
        (Role.VILLAGE_HEAD, cast.NEXT_DOOR),
        (Role.CHECKPOINT_OFFICER, cast.FAR_AWAY),
    ],
)
def test_nobody_else_finds_them(role: Role, place: str) -> None:
    party = coming("Wayan", on=today())
    officer = enter(role, place)
    assert "Wayan" not in words(officer.get(GATE))
    assert officer.get(f"{GATE}{party.pk}/").status_code == 404


def test_the_database_opens_no_other_day_and_closes_again() -> None:
    party = coming("Nyoman", on=today() + timedelta(days=2))
    gede = enter(Role.CHECKPOINT_OFFICER, cast.NEXT_DOOR)
    assert gede.get(f"{GATE}{party.pk}/").status_code == 404
    coming("Wayan", on=today())
    words(gede.get(GATE))
    act_as(Kind.STAFF)
    assert not Reservation.objects.exists()


def test_where_nobody_is_expected_any_more_no_form_is_shown() -> None:
    party = coming("Wayan", on=today())
    act_as(Kind.JOB)
    Stay.objects.update(state="present", bound=True)
    Reservation.objects.update(state="arrived")
    sari = cast.sign_in(cast.english(Client()), cast.sari())
    for part in ("check-in", "screen"):
        answer = sari.get(f"{GATE}{party.pk}/{part}/")
        assert (answer.status_code, answer["Location"]) == (302, f"{GATE}{party.pk}/")
    hub = words(sari.get(f"{GATE}{party.pk}/"))
    assert "expected today" not in hub


def test_sari_reads_on_her_board_who_comes_and_today_is_not_late() -> None:
    party = coming("Wayan", on=today())
    a_stay(party, name="Made", during=days(today()))
    expect(party)
    sari = cast.sign_in(cast.english(Client()), cast.sari())
    page = words(sari.get("/staff/"))
    assert "Wayan and 1 other" in page
    assert f"#{party.pk}<" not in page
    item = WorkItem.objects.get(kind="isolation.expected")
    assert item.due_at == start_of_day(today() + timedelta(days=1)) - timedelta(
        seconds=1
    )
    party.arrives_on = today() + timedelta(days=4)
    expect_anew(party)
    item.refresh_from_db()
    assert item.due_at.astimezone(now().tzinfo).date() == party.arrives_on


def test_what_waits_for_the_puskesmas_names_nobody_to_the_village() -> None:
    party = coming("Wayan", on=today(), state="present", bound=True)
    escalate(party.stays.get(), Trigger.ILL, at=now(), by="test")
    cast.sari()
    rt = enter(Role.RT_HEAD, cast.RT_HERE)
    for asked in ("", "?show=others"):
        assert "Wayan" not in words(rt.get(f"/staff/{asked}"))
    ratna = Staff.objects.filter(username="ratna").first() or cast.dr_ratna()
    doctor = cast.sign_in(cast.english(Client()), ratna)
    assert "Wayan" in words(doctor.get("/staff/"))
