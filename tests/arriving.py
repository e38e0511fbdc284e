"""Wayan stands at the checkpoint, or at the door of the house in Sumberwangi."""

import uuid
from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.models import Staff
from smartkampung.accounts.queries import actor_for
from smartkampung.accounts.roles import Role
from smartkampung.isolation.actions.wish import Guest
from smartkampung.isolation.arrival.actions.check_in import Told, check_in
from smartkampung.isolation.arrival.actions.gate import Gate, let_through
from smartkampung.isolation.arrival.actions.leaving import report_left
from smartkampung.isolation.arrival.actions.supervising import Seen, visit
from smartkampung.isolation.arrival.rules.screening import Advice, Screened
from smartkampung.isolation.arrival.rules.visits import Found
from smartkampung.isolation.models import (
    Departure,
    Reservation,
    Stay,
    SupervisionVisit,
)
from smartkampung.isolation.monitoring.rules.health import Told as Health
from smartkampung.kernel.clock import WIB, now
from smartkampung.kernel.rls import Kind, act_as
from tests.cast import HERE, REGENCY, staff
from tests.isolating import (
    ARRIVAL,
    WAYAN_NIK,
    a_house,
    a_reservation,
    a_stay,
    book,
    days,
    row_of,
)

NOON = datetime(ARRIVAL.year, ARRIVAL.month, ARRIVAL.day, 12, tzinfo=WIB)
WAYAN = Guest("Wayan", "L", None, nik=WAYAN_NIK)
MADE = Guest("Made", "P", None, nik="3510094205920003")
KETUT = Guest("Ketut", "L", None, nik="3510091203910002")
BABY = Guest("Bayi Wayan", "P", ARRIVAL)
WELL = Screened(Health(temperature=Decimal("36.6")))
ILL = Screened(Health(temperature=Decimal("38.4")))
TOLD = Told(contact_name="Komang, adik", contact_phone="", consent_by="Wayan")


def rights(account: Staff) -> Actor:
    """Return the rights of an account on the day of arrival."""
    return actor_for(account, on=ARRIVAL)


def gatekeeper(username: str = "gede") -> Staff:
    """Make the officer at the ferry, who sends people to the whole regency."""
    return staff(username, Role.CHECKPOINT_OFFICER, REGENCY, name="Gede Artana")


def a_party(*guests: Guest, beds: int = 4, **fields: Any) -> tuple[Reservation, str]:
    """Book the guests (Wayan) into a house of Sumberwangi; return row and code."""
    act_as(Kind.JOB)
    if fields.get("setting") != "home" and "house_id" not in fields:
        fields["house_id"] = a_house(beds=beds).pk
    booked = book(guests=guests or (WAYAN,), **fields)
    return row_of(booked), booked.code


def stays_of(party: Reservation) -> list[Stay]:
    """Return the people of a party in the order of booking."""
    return list(party.stays.order_by("pk"))


def through(
    party: Reservation,
    by: Actor,
    *how: Screened,
    form_id: uuid.UUID | None = None,
    at: datetime = NOON,
) -> list[Advice]:
    """Let a party through; those for whom nothing is said are well."""
    people = stays_of(party)
    measured = [*how, *[WELL] * (len(people) - len(how))]
    screened = {stay.pk: one for stay, one in zip(people, measured, strict=True)}
    gate = Gate(form_id or uuid.uuid4(), "ketapang", screened)
    return list(let_through(party=party, gate=gate, by=by, at=at).values())


def let_in(
    party: Reservation,
    by: Actor,
    *,
    at: datetime = NOON,
    beds: Mapping[int, int | None] | None = None,
) -> list[Stay]:
    """Let a party in, each into the bed that was kept unless ``beds`` says."""
    if beds is None:
        beds = {stay.pk: None for stay in stays_of(party)}
    return check_in(party=party, beds=beds, told=TOLD, by=by, at=at)


def secluded(region: str, name: str) -> Stay:
    """Let somebody be present at home in a region, today."""
    act_as(Kind.JOB)
    on = now().date()
    party = a_reservation(region_code=region, arrives_on=on, state="arrived")
    stay = a_stay(party, name=name, during=days(on), state="present", present_at=now())
    return Stay.objects.get(pk=stay.pk)


def visited(stay: Stay, photo_id: uuid.UUID) -> SupervisionVisit:
    """Let the Babinsa have come by with a photo."""
    officer = rights(staff("babinsa-rudi", Role.BABINSA, HERE))
    seen = Seen(Found.PRESENT, position=(-8.2, 114.3), photo_id=photo_id)
    return visit(form_id=uuid.uuid4(), stay=stay, seen=seen, by=officer, at=now())


def gone(stay: Stay) -> Departure:
    """Let somebody be missed."""
    officer = rights(Staff.objects.get(username="babinsa-rudi"))
    return report_left(stay=stay, words="Tidak ada.", by=officer, at=now())
