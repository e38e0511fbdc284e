"""The waiting list: freed beds go to who asked first, and an offer has an end."""

from datetime import date, datetime

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from smartkampung.audit.actions import record
from smartkampung.intake.actions.cases import reach_step
from smartkampung.isolation.actions.claiming import (
    find_beds,
    give_back,
    take_beds,
    with_houses,
)
from smartkampung.isolation.actions.crowding import crowded
from smartkampung.isolation.actions.intake import IntakeFull, check_intake
from smartkampung.isolation.actions.telling import expect, tell_news
from smartkampung.isolation.models import House, Reservation, Stay
from smartkampung.isolation.rules.intake import NO_SHOW_AFTER, OFFER_LASTS
from smartkampung.isolation.rules.rooms import Guest
from smartkampung.isolation.rules.states import Need, ReservationState, StayState
from smartkampung.kernel.claim import Lock, Rank
from smartkampung.kernel.clock import day, end_of_day
from smartkampung.kernel.errors import Refused
from smartkampung.regions.codes import ancestor, within
from smartkampung.worklist.actions import close_work

ROBOT = "isolation"
ANY = Q()
State = ReservationState


class OfferGone(Refused):
    """The place was offered until a moment that has passed."""

    code = "offer_gone"


def serve(house_id: int, *, at: datetime) -> list[Reservation]:
    """Offer the free beds of a locked house to who waits, in the order of asking.

    Whoever does not fit keeps the place in the order. Asked as a job, in the very
    transaction that frees a bed, so that no newcomer slips in between. Rows that
    somebody else holds are passed over: waiting for them here would cross the order
    of locks.
    """
    house = House.objects.get(pk=house_id)
    waiting = (
        Reservation.objects.filter(
            within("region_code", [ancestor(house.village_id, "kecamatan")]),
            state=State.WAITING,
            arrives_on__gte=day(at),
        )
        .order_by("waits_since", "pk")
        .select_for_update(skip_locked=True, no_key=True)
    )
    return [row for row in waiting if _offer(row, house, at)]


def _offer(row: Reservation, house: House, at: datetime) -> bool:
    stays = list(row.stays.order_by("pk"))
    since, until = row.arrives_on, stays[0].during.upper
    beds = find_beds(
        [Guest(stay.sex, stay.born_on) for stay in stays],
        house.pk,
        since=since,
        until=until,
        needs=frozenset(Need(need) for need in row.needs),
    )
    if beds is None or not _has_hands(house, len(stays), since, until):
        return False
    named = [bytes(one.identity) for one in stays if one.identity is not None]
    if not row.walked_in and crowded(named, but=row.pk):
        return False
    take_beds(stays, beds, since=since)
    row.state, row.house, row.centre_id = State.HELD, house, house.centre_id
    row.region_code = house.place_id
    row.held_until = min(at + OFFER_LASTS, end_of_day(row.arrives_on))
    row.save()
    reach_step(code_hashes=[bytes(row.code_hash)], step="offered", at=at)
    record("isolation.offered", target=row, by=ROBOT, region_code=row.region_code)
    tell_news(row, "offered")
    return True


def _has_hands(house: House, people: int, since: date, until: date) -> bool:
    try:
        check_intake(
            village=house.village_id,
            centre=house.centre_id,
            people=people,
            since=since,
            until=until,
        )
    except IntakeFull:
        return False
    return True


def offer_freed(house_id: int, *, at: datetime) -> list[Reservation]:
    """Offer what a house has free to who waits: after it opened or got a bed."""
    return with_houses([house_id], lambda: serve(house_id, at=at))


def take_up(reservation: Reservation, *, at: datetime) -> None:
    """Turn an offer into a booking; raise OfferGone when it has ended."""
    mine = Reservation.objects.filter(
        pk=reservation.pk, state=State.HELD, held_until__gt=at
    )
    if not mine.update(state=State.BOOKED, held_until=None):
        raise OfferGone(
            _("This offer has ended. Please book again, or ask the village office.")
        )
    reservation.refresh_from_db()
    expect(reservation)
    reach_step(code_hashes=[bytes(reservation.code_hash)], step="booked", at=at)
    record(
        "isolation.offer_taken_up",
        target=reservation,
        by="public",
        region_code=reservation.region_code,
    )


def close(
    reservation: Reservation,
    state: ReservationState,
    *,
    at: datetime,
    by: str,
    while_: Q = ANY,
) -> bool:
    """End a reservation of people who never came; their beds go to who waits.

    Does nothing, and says so, when it ended meanwhile or ``while_`` is true no more:
    that is asked of the locked row. Raises Busy.
    """
    mine = Reservation.objects.filter(pk=reservation.pk)
    closed = with_houses(
        mine.values("house_id"),
        lambda: _close(mine.filter(while_).first(), state, at, by),
        people=[Lock(Rank.PERSON, mine)],
    )
    reservation.refresh_from_db()
    return closed


def _close(
    row: Reservation | None, state: ReservationState, at: datetime, by: str
) -> bool:
    if row is None or row.state not in (State.WAITING, State.HELD, State.BOOKED):
        return False
    stays = list(row.stays.filter(state=StayState.EXPECTED))
    give_back(stays, on=row.arrives_on)
    gone = StayState.NO_SHOW if state == State.NO_SHOW else StayState.CANCELLED
    Stay.objects.filter(pk__in=[stay.pk for stay in stays]).update(
        state=gone, ended_at=at
    )
    row.state, row.ended_at, row.held_until = state, at, None
    row.save()
    close_work(target=row, by=by)
    reach_step(code_hashes=[bytes(row.code_hash)], step=state.value, at=at)
    record(f"isolation.{state.value}", target=row, by=by, region_code=row.region_code)
    if row.house_id:
        serve(row.house_id, at=at)
    return True


def expire_offers(*, at: datetime) -> int:
    """End the offers that nobody took up in time, and the waiting that came to nothing."""
    late = Q(state=State.HELD, held_until__lte=at)
    past = Q(state=State.WAITING, arrives_on__lt=day(at))
    return _close_each(late | past, State.EXPIRED, at)


def release_no_shows(*, at: datetime) -> int:
    """Give away the beds of people who did not come; return how many parties."""
    missing = Q(state=State.BOOKED, arrives_on__lt=day(at) - NO_SHOW_AFTER)
    return _close_each(missing, State.NO_SHOW, at)


def _close_each(why: Q, state: ReservationState, at: datetime) -> int:
    """Close what a test holds for, if it still does once the row is locked."""
    closed = 0
    for row in Reservation.objects.filter(why).order_by("pk"):
        if close(row, state, at=at, by=ROBOT, while_=why):
            tell_news(row, state.value)
            closed += 1
    return closed
