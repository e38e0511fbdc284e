"""Cancel, come on another day, prove who one is: what happens to a reservation."""

from collections.abc import Callable
from datetime import date, datetime
from functools import partial

from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.translation import gettext_lazy as _

from smartkampung.audit.actions import record
from smartkampung.isolation.actions.claiming import give_back, lay_in, with_houses
from smartkampung.isolation.actions.intake import check_intake, intake_locks
from smartkampung.isolation.actions.looking import OTHERS_OFFERED, NoRoom
from smartkampung.isolation.actions.reserve import HOUSES_TRIED, BadDates, Full
from smartkampung.isolation.actions.telling import (
    expect_anew,
    tell_cancelled,
    tell_changed,
)
from smartkampung.isolation.actions.waiting import close, offer_freed, serve
from smartkampung.isolation.models import Reservation, Stay
from smartkampung.isolation.queries.offers import houses_for
from smartkampung.isolation.queries.rooms import Near
from smartkampung.isolation.rules.intake import date_problem
from smartkampung.isolation.rules.rooms import Guest
from smartkampung.isolation.rules.states import (
    Need,
    ReservationState,
    StayState,
    stay_days,
)
from smartkampung.kernel.claim import Lock, Rank
from smartkampung.kernel.clock import day
from smartkampung.kernel.errors import Refused
from smartkampung.regions.codes import ancestor

State = ReservationState


class TooLate(Refused):
    """Who has arrived, or whose booking has ended, arrives on no other day."""

    code = "too_late"


def cancel(reservation: Reservation, *, at: datetime, by: str = "public") -> None:
    """Give the place back; nothing happens to who has arrived or left. Raises Busy.

    The phone is told, so that somebody else's hand does not go unnoticed.
    """
    if close(reservation, State.CANCELLED, at=at, by=by):
        tell_cancelled(reservation)


def change_arrival(
    reservation: Reservation,
    *,
    arrives_on: date,
    at: datetime,
    by: str = "public",
    tell: bool = True,
) -> None:
    """Move a party that has not arrived to other days, in the same house.

    Who waits is offered a bed that is free on the new days, in the order of asking. The
    phone is told, but not where they stand at the door (``tell``).
    Raises BadDates, TooLate, IntakeFull, Busy, and NoRoom; then the old days stand.
    """
    if date_problem(arrives_on, today=day(at)) is not None:
        raise BadDates(_("Please choose today or a day within the next 90 days."))
    _under_own_lock(reservation, partial(_change, arrives_on=arrives_on, at=at, by=by))
    if tell:
        tell_changed(reservation, at=at)
    if reservation.state == State.WAITING:
        _seek(reservation, at)


def _change(row: Reservation, *, arrives_on: date, at: datetime, by: str) -> None:
    if row.state not in (State.WAITING, State.HELD, State.BOOKED):
        raise TooLate(_("The day of this booking cannot be changed any more."))
    stays = list(row.stays.filter(state=StayState.EXPECTED).order_by("pk"))
    give_back(stays, on=row.arrives_on)
    # Out of the count while it is counted.
    row.stays.filter(pk__in=[stay.pk for stay in stays]).update(
        state=StayState.CANCELLED
    )
    since, until = stay_days(arrives_on)
    if row.centre_id and row.state != State.WAITING:
        check_intake(
            village=ancestor(row.region_code, "village"),
            centre=row.centre_id,
            people=len(stays),
            since=since,
            until=until,
        )
    for stay in stays:
        stay.during, stay.state = DateRange(since, until), StayState.EXPECTED
        stay.save(update_fields=["during", "state"])
    needs = frozenset(Need(need) for need in row.needs)
    if row.house_id and not lay_in(stays, row.house_id, since=since, needs=needs):
        raise Full
    row.arrives_on = arrives_on
    row.save(update_fields=["arrives_on"])
    if row.state == State.BOOKED:
        expect_anew(row)
    record("isolation.arrival_changed", target=row, by=by, region_code=row.region_code)
    if row.house_id:
        serve(row.house_id, at=at)


def _seek(reservation: Reservation, at: datetime) -> None:
    """Offer what is free on other days to who waits, as if it had become free now."""
    for near in _houses_for(reservation, most=HOUSES_TRIED):
        if reservation in offer_freed(near.house_id, at=at):
            break
    reservation.refresh_from_db()


def _under_own_lock(
    reservation: Reservation, change: Callable[[Reservation], None]
) -> None:
    """Run a change on the row as it stands once it, its house and its places are locked."""
    mine = Reservation.objects.filter(pk=reservation.pk)
    village, centre = (
        ancestor(reservation.region_code, "village"),
        reservation.centre_id,
    )
    try:
        with_houses(
            mine.values("house_id"),
            lambda: change(mine.get()),
            people=[Lock(Rank.PERSON, mine)],
            quotas=intake_locks(village=village, centre=centre) if centre else (),
        )
    except Full:
        raise NoRoom(_houses_for(reservation, most=OTHERS_OFFERED)) from None
    reservation.refresh_from_db()


def _houses_for(reservation: Reservation, *, most: int) -> list[Near]:
    since, until = stay_days(reservation.arrives_on)
    village = ancestor(reservation.region_code, "village")
    return houses_for(
        village,
        [Guest(stay.sex, stay.born_on) for stay in reservation.stays.order_by("pk")],
        since=since,
        until=until,
        most=most,
        needs=frozenset(Need(need) for need in reservation.needs),
        inside=ancestor(village, "kecamatan"),
        but=reservation.house_id,
    )


def bind(stay: Stay, *, at: datetime, by: str) -> None:
    """Make a stay the one of the person whom it names, after they proved to be it.

    Raises AlreadyStaying when the person is bound to another on these days. Who shows
    no document is bound by being there.
    """
    if stay.identity is None or stay.bound:
        return
    same = Stay.objects.filter(identity=stay.identity)
    with_houses(
        [],
        lambda: Stay.objects.filter(pk=stay.pk).update(bound=True),
        people=[Lock(Rank.PERSON, same)],
    )
    stay.refresh_from_db()
    region = stay.reservation.region_code
    record("isolation.bound", target=stay, by=by, region_code=region)
