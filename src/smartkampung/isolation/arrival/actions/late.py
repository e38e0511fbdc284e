"""Somebody of a party comes on a later day than the others, or does not come at all."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db.backends.postgresql.psycopg_any import DateRange

from smartkampung.audit.actions import record
from smartkampung.isolation.actions.beds import Ending, free_from
from smartkampung.isolation.actions.claiming import give_back, with_houses
from smartkampung.isolation.actions.waiting import ROBOT, serve
from smartkampung.isolation.arrival.actions.moving import lay_down
from smartkampung.isolation.models import Reservation, Stay
from smartkampung.isolation.rules.intake import NO_SHOW_AFTER, is_no_show
from smartkampung.isolation.rules.states import (
    ReservationState,
    StayState,
    stay_days,
)
from smartkampung.kernel.claim import Lock, Rank
from smartkampung.kernel.clock import day


def begin_today(
    row: Reservation, people: Sequence[Stay], *, at: datetime, by: str
) -> None:
    """Let the fourteen days of people whose party is here begin today.

    Nobody else of the party is moved, and the day of its arrival stands. They keep to
    the room of their party where it has a bed until their own last day, else get
    another of the house. Raises HouseFull and Busy; then nothing has changed.
    """
    late = [stay for stay in people if stay.during.lower != day(at)]
    if late:
        with_houses(
            [row.house_id] if row.house_id else [],
            lambda: _begin(row, late, day(at), at, by),
        )


def _begin(
    row: Reservation, late: Sequence[Stay], on: date, at: datetime, by: str
) -> None:
    for stay in late:
        give_back([stay], on=stay.during.lower)
    for stay in late:
        stay.during = DateRange(*stay_days(on))
        stay.save(update_fields=["during"])
        lay_down(stay, row)
        record("isolation.came_later", target=stay, by=by, region_code=row.region_code)
    if row.house_id:
        serve(row.house_id, at=at)


def release_latecomers(*, at: datetime) -> int:
    """Give away the beds of people whose party came without them; return how many."""
    late = Stay.objects.filter(
        state=StayState.EXPECTED,
        reservation__state=ReservationState.ARRIVED,
        during__startswith__lt=day(at) - NO_SHOW_AFTER,
    )
    return sum(_release(stay, at) for stay in late.order_by("pk"))


def _release(stay: Stay, at: datetime) -> bool:
    party = Reservation.objects.filter(pk=stay.reservation_id)
    return with_houses(
        party.values("house_id"),
        lambda: _stays_away(Stay.objects.get(pk=stay.pk), at),
        people=[Lock(Rank.PERSON, party)],
    )


def _stays_away(stay: Stay, at: datetime) -> bool:
    """Free the bed of somebody who is still awaited, now that the party is locked."""
    on = stay.during.lower
    if stay.state != StayState.EXPECTED or not is_no_show(on, today=day(at)):
        return False
    free_from(stay, Ending(on, at, ROBOT, state=StayState.NO_SHOW))
    return True
