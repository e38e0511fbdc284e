"""Homestay Melati in Sumberwangi, who looks at it, and what its owner tells."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

from smartkampung.accounts.actor import Actor, Post
from smartkampung.accounts.models import Staff
from smartkampung.accounts.queries import actor_for
from smartkampung.accounts.roles import Role
from smartkampung.intake.models import Upload
from smartkampung.kernel.clock import WIB, day, now
from smartkampung.reopening.guidance.rules.kinds import Setting
from smartkampung.reopening.pilots.models import PhaseSpell
from smartkampung.reopening.places.actions.complaining import complain
from smartkampung.reopening.places.actions.events import ask_for_event
from smartkampung.reopening.places.actions.inspecting import inspect_place
from smartkampung.reopening.places.actions.registering import register_place
from smartkampung.reopening.places.actions.suspending import suspend_place
from smartkampung.reopening.places.models import (
    Event,
    Inspection,
    Place,
    Suspension,
)
from smartkampung.reopening.places.queries.protocols import checklist_on
from smartkampung.reopening.places.queries.register import place_by_code
from smartkampung.reopening.places.rules.telling import EventPlan, PlacePlan
from tests import cast
from tests.cast import HERE, RT_HERE
from tests.confirmed import none_here

MONDAY = datetime(2020, 7, 6, 9, 0, tzinfo=WIB)
DAY = timedelta(days=1)


def actor(account: Staff, at: datetime = MONDAY) -> Actor:
    """Return what an account may do."""
    return actor_for(account, on=day(at))


def officer(username: str, role: Role, region: str, name: str) -> Actor:
    """Return what an officer may do, whose account is made once."""
    known = Staff.objects.filter(username=username).first()
    return actor(known or cast.staff(username, role, region, name=name))


def babinsa() -> Actor:
    """Make the army officer of the village, who inspects."""
    return officer("joko", Role.BABINSA, HERE, "Joko Susilo")


def dinkes() -> Actor:
    """Make the health office, which inspects and suspends."""
    return officer("hadi", Role.DINKES, cast.REGENCY, "Hadi Pranoto")


def head() -> Actor:
    """Make the village head, who decides about small events."""
    return officer("tono", Role.VILLAGE_HEAD, HERE, "Tono Wibowo")


def plan(**values: Any) -> PlacePlan:
    """Return a homestay as its owner describes it."""
    told: dict[str, Any] = {
        "form_id": uuid4(),
        "kind": Setting.HOMESTAY,
        "name": "Homestay Melati",
        "region_code": RT_HERE,
        "address": "Jalan Melati 4",
        "capacity": 10,
        "contact_name": "Wayan Sudarma",
        "contact_phone": "081234567890",
    }
    return PlacePlan(**(told | values))


def a_place(at: datetime = MONDAY, **values: Any) -> Place:
    """Enter a place as Sari does."""
    cast.places()
    sari = Actor(1, "sari", (Post(Role.VILLAGE_OFFICER, (cast.REGENCY,)),))
    found = place_by_code(register_place(plan=plan(**values), by=sari, at=at))
    assert found is not None
    return found


def a_place_with_code() -> tuple[Place, str]:
    """Enter a place; return it with the code for its owner."""
    cast.places()
    sari = Actor(1, "sari", (Post(Role.VILLAGE_OFFICER, (cast.REGENCY,)),))
    code = register_place(plan=plan(), by=sari, at=now())
    found = place_by_code(code)
    assert found is not None
    return found, code


def a_complaint(place: Place) -> str:
    """Complain of a place now; return the code."""
    return complain(
        place=place, form_id=uuid4(), text="Tanpa masker", photo=None, at=now()
    )


def suspended(place: Place) -> Suspension:
    """Suspend a place as the health office does."""
    return suspend_place(place=place, reason="Tanpa masker", by=dinkes(), at=now())


def every_item(kind: str = Setting.HOMESTAY) -> set[str]:
    """Return the codes of everything that such a place is looked at by."""
    found = checklist_on(kind, day(MONDAY))
    assert found is not None
    return {item.code for item in found[1].items}


def a_visit(
    place: Place,
    *lacking: str,
    by: Actor,
    at: datetime = MONDAY,
    **values: Any,
) -> Inspection:
    """Inspect a place where all is kept but what is named."""
    told: dict[str, Any] = {"form_id": uuid4(), "note": ""} | values
    kept = every_item(place.kind) - set(lacking)
    return inspect_place(place=place, kept=kept, by=by, at=at, **told)


def in_phase(phase: str, village: str = HERE, since: date = date(2020, 6, 15)) -> None:
    """Let a village be in a phase."""
    cast.places()
    PhaseSpell.objects.create(
        village_id=village,
        phase=phase,
        since=since,
        reason="Gerbang terbuka",
        by="test",
        at=MONDAY - 30 * DAY,
    )


def all_told(since: date, days: int) -> None:
    """Let the Puskesmas say that the village had no case in some days."""
    none_here(since + timedelta(days=days - 1), days=days)


def event_plan(**values: Any) -> EventPlan:
    """Return a wedding of 40 guests in three weeks."""
    told: dict[str, Any] = {
        "form_id": uuid4(),
        "kind": Setting.WEDDING,
        "name": "Pernikahan Made dan Putu",
        "region_code": RT_HERE,
        "address": "Balai RT 007",
        "on": (MONDAY + 21 * DAY).date(),
        "people": 40,
        "organiser": "Wayan Sudarma",
        "phone": "081234567890",
    }
    return EventPlan(**(told | values))


def an_event(**values: Any) -> str:
    """Ask now for a wedding in three weeks; return its code."""
    if not PhaseSpell.objects.filter(village_id=HERE).exists():
        in_phase("recovery")
    all_told(day(now() - 8 * DAY), 9)
    on = (now() + 21 * DAY).date()
    return ask_for_event(plan=event_plan(on=on, **values), at=now())


def last_event() -> Event:
    """Return the event that was asked for last."""
    return Event.objects.latest("pk")


def a_photo() -> Upload:
    """Keep a photo without a file."""
    return Upload.objects.create(
        id=uuid4(),
        path="x.jpg",
        width=1,
        height=1,
        bytes=1,
        at=MONDAY,
        region_code=HERE,
    )
