"""Let people into the house, or into isolation at home."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from smartkampung.accounts.actor import Actor
from smartkampung.audit.actions import record
from smartkampung.intake.actions.cases import reach_step
from smartkampung.isolation.actions.beds import move
from smartkampung.isolation.actions.change import change_arrival
from smartkampung.isolation.actions.telling import EXPECTED
from smartkampung.isolation.arrival.actions.gate import BUSY, CannotArrive, prove
from smartkampung.isolation.arrival.actions.late import begin_today
from smartkampung.isolation.arrival.models import CheckIn
from smartkampung.isolation.arrival.queries.parties import bed_of
from smartkampung.isolation.arrival.rules.coming import (
    Bar,
    bars_to_arrive,
    may_check_in,
)
from smartkampung.isolation.models import Reservation, Stay
from smartkampung.isolation.models.stays import PHONE
from smartkampung.isolation.rules.states import ReservationState, StayState
from smartkampung.kernel.claim import Busy, Lock, Rank, claim_scarce
from smartkampung.kernel.clock import day
from smartkampung.kernel.sealed import Sealed
from smartkampung.worklist.actions import close_work


@dataclass(frozen=True)
class Told:
    """What a party says at the door, the same for all who come in together."""

    contact_name: str
    contact_phone: str
    consent_by: str
    belongings: str = ""


def check_in(
    *,
    party: Reservation,
    beds: Mapping[int, int | None],
    told: Told,
    by: Actor,
    at: datetime,
) -> list[Stay]:
    """Let in those of a party who are here; return their stays.

    ``beds`` holds for each of them the chosen bed, or None to keep the booked one.
    Who comes early or late begins the fourteen days today: the whole party, or, where
    others of it are here already or come on their day, only who comes now. Raises CannotArrive,
    BoundElsewhere, BedTaken, NoRoom (with other houses), HouseFull, IntakeFull and
    Busy; then nothing was written.
    """

    def take() -> list[Stay]:
        row = Reservation.objects.get(pk=party.pk)
        for bar in bars_to_arrive(row.state):
            raise CannotArrive(bar)
        people = list(row.stays.filter(pk__in=beds).order_by("pk"))
        _must_be_expected(row, people)
        for stay in people:
            prove(stay, at=at, by=by.username)
        _begin(row, people, by, at)
        return [_let_in(stay.pk, beds[stay.pk], told, by, at) for stay in people]

    found: list[Stay] = claim_scarce(
        locks=[Lock(Rank.PERSON, Reservation.objects.filter(pk=party.pk))],
        take=take,
        refusals={},
        busy=Busy(BUSY),
    )
    _all_told(party, by, at)
    return found


def _begin(row: Reservation, people: list[Stay], by: Actor, at: datetime) -> None:
    """Move the days of the whole party, or of those alone who come without the rest."""
    rest = row.stays.filter(state=StayState.EXPECTED).exclude(
        pk__in=[stay.pk for stay in people]
    )
    if row.state == ReservationState.ARRIVED or rest.exists():
        begin_today(row, people, at=at, by=by.username)
    elif row.arrives_on != day(at):
        change_arrival(row, arrives_on=day(at), at=at, by=by.username, tell=False)


def _must_be_expected(row: Reservation, people: list[Stay]) -> None:
    if not people:
        raise CannotArrive(Bar.NOBODY)
    for stay in people:
        has_bed = bed_of(stay) is not None
        if stay.state != StayState.EXPECTED:
            raise CannotArrive(Bar.NOT_EXPECTED)
        if not may_check_in(state=stay.state, setting=row.setting, has_bed=has_bed):
            raise CannotArrive(Bar.NO_BED)


def _let_in(
    stay_id: int, bed_id: int | None, told: Told, by: Actor, at: datetime
) -> Stay:
    stay = Stay.objects.select_related("reservation").get(pk=stay_id)
    if bed_id is not None:
        move(stay, bed_id=bed_id, on=day(at), at=at, by=by.username)
    stay.state, stay.present_at, stay.consented_at = StayState.PRESENT, at, at
    stay.emergency_contact = told.contact_name
    stay.save(
        update_fields=["state", "present_at", "consented_at", "emergency_contact"]
    )
    phone = told.contact_phone
    CheckIn.objects.create(
        stay=stay,
        bed=bed_of(stay),
        belongings=told.belongings,
        contact_name=told.contact_name,
        contact_phone=Sealed.of(phone, PHONE) if phone else None,
        consent_by=told.consent_by,
        by=by.username,
        at=at,
    )
    region = stay.reservation.region_code
    record("isolation.arrived", target=stay, by=by.username, region_code=region)
    return stay


def _all_told(party: Reservation, by: Actor, at: datetime) -> None:
    """Say on the timeline that they are here; the village expects them no more."""
    party.refresh_from_db()
    if party.state != ReservationState.ARRIVED:
        party.state = ReservationState.ARRIVED
        party.save(update_fields=["state"])
        reach_step(code_hashes=[bytes(party.code_hash)], step="arrived", at=at)
    close_work(target=party, by=by.username, kinds=(EXPECTED,))
