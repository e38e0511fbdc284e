"""Take a party elsewhere, add somebody to it, or write down that nobody comes."""

from collections.abc import Sequence
from datetime import datetime

from django.db.backends.postgresql.psycopg_any import DateRange

from smartkampung.accounts.actor import Actor
from smartkampung.audit.actions import record
from smartkampung.isolation.actions.beds import (
    Ending,
    HouseFull,
    free_from,
    relocate,
)
from smartkampung.isolation.actions.claiming import lay_in, with_houses
from smartkampung.isolation.actions.intake import check_intake, intake_locks
from smartkampung.isolation.actions.waiting import close
from smartkampung.isolation.actions.wish import DOCUMENT, NIK, Guest
from smartkampung.isolation.arrival.actions.gate import CannotArrive
from smartkampung.isolation.arrival.queries.beds import room_for_one_more
from smartkampung.isolation.arrival.rules.coming import Bar, bars_to_arrive
from smartkampung.isolation.arrival.words import NO_BED_LEFT
from smartkampung.isolation.models import BedUse, House, Reservation, Stay
from smartkampung.isolation.rules.states import (
    LIVE_STAYS,
    Need,
    ReservationState,
    StayState,
    stay_days,
    taken_days,
)
from smartkampung.kernel.claim import Lock, Rank
from smartkampung.kernel.clock import day
from smartkampung.kernel.rls import as_job
from smartkampung.kernel.sealed import Sealed
from smartkampung.regions.codes import ancestor


def take_elsewhere(
    *, party: Reservation, house_id: int, by: Actor, at: datetime
) -> str:
    """Give a party beds in another house from today; return the name of the house.

    Who waited for a bed is booked there. Whoever sends them may not see them any
    more. Raises HouseFull, IntakeFull, CannotMove and Busy; then nothing has changed.
    """
    with as_job():
        relocate(party, house_id=house_id, on=day(at), at=at, by=by.username)
        return House.objects.get(pk=house_id).name


def admit(*, party: Reservation, guest: Guest, by: Actor, at: datetime) -> Stay:
    """Take one more person in than was booked: with their own party, if it fits.

    The fourteen days of that person begin today, or when the party comes. Raises
    CannotArrive, HouseFull, IntakeFull and Busy; then nothing has changed.
    """
    village = ancestor(party.region_code, "village")
    centre = party.centre_id
    return with_houses(
        [party.house_id] if party.house_id else [],
        lambda: _admit(party.pk, guest, by, at),
        people=[Lock(Rank.PERSON, Reservation.objects.filter(pk=party.pk))],
        quotas=intake_locks(village=village, centre=centre) if centre else (),
    )


def _admit(party_id: int, guest: Guest, by: Actor, at: datetime) -> Stay:
    row = Reservation.objects.get(pk=party_id)
    for bar in bars_to_arrive(row.state):
        raise CannotArrive(bar)
    since, until = stay_days(max(day(at), row.arrives_on))
    if row.centre_id:
        check_intake(
            village=ancestor(row.region_code, "village"),
            centre=row.centre_id,
            people=1,
            since=since,
            until=until,
        )
    stay = Stay.objects.create(
        reservation=row,
        during=DateRange(since, until),
        name=guest.name,
        sex=guest.sex,
        born_on=guest.born_on,
        nik=Sealed.of(guest.nik, NIK) if guest.nik else None,
        document_kind=guest.document_kind,
        document=Sealed.of(guest.document, DOCUMENT) if guest.document else None,
        identity=guest.identity,
    )
    lay_down(stay, row)
    record("isolation.joined", target=stay, by=by.username, region_code=row.region_code)
    return stay


def lay_down(stay: Stay, row: Reservation) -> None:
    """Give one more person a bed: in the room of the party, else as anybody else.

    Under the lock of the house. Raises HouseFull.
    """
    if row.house_id is None:
        return
    since = stay.during.lower
    bed = room_for_one_more(row, stay, since=since)
    if bed is not None:
        BedUse.objects.create(
            stay=stay,
            bed_id=bed,
            during=(since, stay.during.upper),
            taken=taken_days(since, stay.during.upper),
        )
        return
    needs = frozenset(Need(need) for need in row.needs)
    if not lay_in([stay], row.house_id, since=since, needs=needs):
        raise HouseFull(NO_BED_LEFT)


def not_coming(
    *, party: Reservation, people: Sequence[int], by: Actor, at: datetime
) -> None:
    """Write down who of a party is not coming; their beds go to who waits.

    Where nobody of the party came or comes, the booking ends. Raises CannotArrive,
    CannotMove and Busy.
    """
    alive = list(party.stays.filter(state__in=LIVE_STAYS))
    gone = [stay for stay in alive if stay.pk in people]
    if not gone:
        raise CannotArrive(Bar.NOBODY)
    if any(stay.state != StayState.EXPECTED for stay in gone):
        raise CannotArrive(Bar.NOT_EXPECTED)
    if len(gone) == len(alive) and party.state != ReservationState.ARRIVED:
        close(party, ReservationState.NO_SHOW, at=at, by=by.username)
        return
    for stay in gone:
        on = stay.during.lower
        free_from(stay, Ending(on, at, by.username, state=StayState.NO_SHOW))
