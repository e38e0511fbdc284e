"""The day at the counter: who is there, who is next, and who did not come."""

import json
from dataclasses import replace
from datetime import date, datetime
from typing import NamedTuple

from django.db import transaction
from django.db.models import Case, Value, When
from django.utils.translation import gettext_lazy as _

from smartkampung.audit.actions import record
from smartkampung.intake.actions.answers import answer_once
from smartkampung.kernel.clock import day
from smartkampung.kernel.errors import Refused
from smartkampung.reopening.counters.actions.booking import (
    Booked,
    SlotFull,
    Wish,
    book,
)
from smartkampung.reopening.counters.actions.calling_off import call_off
from smartkampung.reopening.counters.models import Booking, ClosedDay, Counter, Slot
from smartkampung.reopening.counters.rules.states import OPEN, STEPS, First, State, Way

WALK_IN = "counters.walk_in"


class WrongStep(Refused):
    """Somebody else was quicker, or the step does not fit."""

    code = "wrong_step"


class NoPlaceToday(Refused):
    """Every time of today that is left is full, or none is left."""

    code = "no_place_today"


class NobodyWaits(Refused):
    """Nobody who has arrived waits."""

    code = "nobody_waits"


class Ended(NamedTuple):
    """How a day ended: who never came, and who was there and was not served."""

    missed: int
    left: int


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
    body = {"counter": counter.pk, "service": service, "name": name, "first": first}
    answer = answer_once(
        scope=WALK_IN,
        key=key,
        body=body,
        at=at,
        make=lambda: _walk_in(
            counter, Wish(0, service, name, first=first), key, at, by
        ),
    )
    code, pk = json.loads(answer.text)
    return Booked(code, pk)


def _walk_in(counter: Counter, wish: Wish, key: str, at: datetime, by: str) -> str:
    slots = Slot.objects.filter(counter=counter, on=day(at), ends_at__gt=at)
    if not slots:
        raise NoPlaceToday(
            _(
                "No time of today is left: the counter is closed, or its hours are over."
                " Offer a booking for another day."
            )
        )
    for slot_id in slots.order_by("starts_at").values_list("pk", flat=True):
        one = replace(wish, slot_id=slot_id)
        try:
            made = book(one, key=f"{key}:{slot_id}", at=at, by=by, way=Way.WALK_IN)
        except SlotFull:
            continue
        return json.dumps([made.code, made.booking_id])
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
    row.save(update_fields=["state", "arrived_at", "called_at", "ended_at"])
    record(f"counters.{state}", target=row, by=by, region_code=row.counter.region_id)


def end_day(*, counter: Counter, on: date, at: datetime, by: str) -> Ended:
    """Close the queue of a day: who never came missed it, who waited went home.

    Nobody missed a time at which the office was closed, or took nobody.
    Raises NotYet while the last time of the day has not passed.
    """
    if Slot.objects.filter(counter=counter, on=on, ends_at__gt=at).exists():
        raise NotYet(
            _("The last time of the day has not passed yet. Close the day after it.")
        )
    missed = left = 0
    with transaction.atomic():
        day_rows = Booking.objects.filter(counter=counter, on=on)
        closed = ClosedDay.objects.filter(counter=counter, on=on).exists()
        off = day_rows if closed else day_rows.filter(slot__capacity=0)
        call_off(off, at=at, by=by)
        rows = day_rows.filter(state__in=OPEN).select_related("slot")
        for row in rows.select_for_update(no_key=True, of=("self",)).order_by("pk"):
            absent = row.arrived_at is None and not (closed or row.slot.capacity == 0)
            missed += absent
            left += not absent
            _step(row, State.MISSED if absent else State.LEFT, at, by)
    return Ended(missed, left)


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
