"""The day at the counter: who is there, who is next, and who did not come."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import Case, Value, When
from django.utils.translation import gettext_lazy as _

from smartkampung.audit.actions import record
from smartkampung.kernel.clock import day
from smartkampung.kernel.errors import Refused
from smartkampung.reopening.counters.actions.booking import (
    Booked,
    SlotFull,
    Wish,
    book,
)
from smartkampung.reopening.counters.models import Booking, Counter, Slot
from smartkampung.reopening.counters.rules.states import STEPS, First, State, Way


class WrongStep(Refused):
    """Somebody else was quicker, or the step does not fit."""

    code = "wrong_step"


class NoPlaceToday(Refused):
    """Every time of today that is left is full."""

    code = "no_place_today"


class NobodyWaits(Refused):
    """Nobody who has arrived waits."""

    code = "nobody_waits"


class NotYet(Refused):
    """Nobody has missed a time that has not passed."""

    code = "not_yet"


def walk_in(
    *,
    counter: Counter,
    service: str,
    name: str,
    first: First | None,
    key: str,
    at: datetime,
    by: str,
) -> Booked:
    """Give somebody at the door the earliest place of today, and let them wait.

    The same key gets the same place. Raises NoPlaceToday, NotServed, Busy, KeyReused.
    """
    slots = Slot.objects.filter(counter=counter, on=day(at), ends_at__gt=at)
    for slot_id in slots.order_by("starts_at").values_list("pk", flat=True):
        wish = Wish(slot_id, service, name, first=first)
        try:
            return book(wish, key=f"{key}:{slot_id}", at=at, by=by, way=Way.WALK_IN)
        except SlotFull:
            continue
    raise NoPlaceToday(
        _(
            "Every time that is left today is full. Offer a booking for the next day,"
            " or open longer."
        )
    )


def call_next(*, counter: Counter, at: datetime, by: str) -> Booking:
    """Call who is next of those who have arrived: who comes first, then by time.

    Two officers who call at once get two people. Raises NobodyWaits.
    """
    last = Case(When(first="", then=Value(1)), default=Value(0))
    with transaction.atomic():
        rows = Booking.objects.filter(
            counter=counter, on=day(at), state=State.ARRIVED
        ).order_by(last, "slot__starts_at", "place")
        row = rows.select_for_update(
            no_key=True, skip_locked=True, of=("self",)
        ).first()
        if row is None:
            raise NobodyWaits(
                _("Nobody who has arrived is waiting. Mark who is there first.")
            )
        _step(row, State.CALLED, at, by)
    return row


def mark(*, booking: Booking, state: State, at: datetime, by: str) -> None:
    """Mark somebody as arrived, called, served, missed or gone; twice is once.

    Raises WrongStep, and NotYet for a miss before the time has passed.
    """
    with transaction.atomic():
        row = Booking.objects.select_for_update(no_key=True, of=("self",)).get(
            pk=booking.pk
        )
        if row.state != state:
            if state == State.MISSED and row.slot.ends_at > at:
                raise NotYet(_("Their time has not passed yet. Call others meanwhile."))
            _step(row, state, at, by)
    booking.refresh_from_db()


def _step(row: Booking, state: State, at: datetime, by: str) -> None:
    if state not in STEPS[State(row.state)]:
        raise WrongStep(
            _("Somebody changed this a moment ago. Please look at the queue again.")
        )
    row.state = state
    if state == State.ARRIVED:
        row.arrived_at, row.ended_at = row.arrived_at or at, None
    elif state == State.CALLED:
        row.called_at = at
    else:
        row.ended_at = at
    row.save()
    record(f"counters.{state}", target=row, by=by, region_code=row.counter.region_id)


def end_day(*, counter: Counter, on: date, at: datetime, by: str) -> int:
    """Close the queue of a day: who never came missed it, who waited went home.

    Returns how many missed. Raises NotYet while the last time of the day has not passed.
    """
    if Slot.objects.filter(counter=counter, on=on, ends_at__gt=at).exists():
        raise NotYet(
            _("The last time of the day has not passed yet. Close the day after it.")
        )
    missed = 0
    with transaction.atomic():
        rows = Booking.objects.filter(
            counter=counter,
            on=on,
            state__in=[State.BOOKED, State.ARRIVED, State.CALLED],
        )
        for row in rows.select_for_update(no_key=True, of=("self",)).order_by("pk"):
            came = row.arrived_at is not None
            missed += not came
            _step(row, State.LEFT if came else State.MISSED, at, by)
    return missed


def read_phone(*, booking: Booking, by: str) -> str:
    """Return the phone of a booking, and write down who looked; empty if there is none."""
    if booking.phone is None:
        return ""
    record(
        "counters.phone_read",
        target=booking,
        by=by,
        region_code=booking.counter.region_id,
    )
    return str(booking.phone.open())
