"""Take a place, move to another, or give it back: never more people than places."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from functools import partial

from django.utils.translation import gettext_lazy as _

from smartkampung.audit.actions import record
from smartkampung.intake.actions.answers import answer_once, was_answered
from smartkampung.intake.actions.cases import code_hash, open_case, reach_step
from smartkampung.intake.actions.limits import over
from smartkampung.intake.rules import Limit
from smartkampung.kernel.clock import day
from smartkampung.kernel.errors import Refused
from smartkampung.kernel.sealed import Sealed, blind_index, blind_indexes
from smartkampung.notify.actions import send
from smartkampung.reopening.counters.actions.slots import watch, with_slots
from smartkampung.reopening.counters.models import Booking, Slot
from smartkampung.reopening.counters.queries.capacity import Asked, with_capacity
from smartkampung.reopening.counters.queries.followed import CASE_KIND, missed_lately
from smartkampung.reopening.counters.queries.places import holders, places_of
from smartkampung.reopening.counters.rules.slots import lowest_free, same_day_only
from smartkampung.reopening.counters.rules.states import First, State, Way

PUBLIC, PHONE, SCOPE = "public", "phone", "counters.book"
TEXTS = Limit("counters.text", 5, timedelta(days=1))


class SlotFull(Refused):
    """The slot has no place left for this person."""

    code = "slot_full"


class SlotGone(Refused):
    """The slot has begun, or is no longer there."""

    code = "slot_gone"


class NotServed(Refused):
    """The counter does not serve this."""

    code = "not_served"


class BookedAlready(Refused):
    """The phone has an open booking there on that day."""

    code = "booked_already"


class TodayOnly(Refused):
    """Who did not come twice books for the same day only."""

    code = "today_only"


class TooLate(Refused):
    """The booking can no longer be changed."""

    code = "too_late"


@dataclass(frozen=True)
class Wish:
    """What somebody asks for."""

    slot_id: int
    service: str
    name: str
    phone: str = ""
    first: First | None = None
    language: str = "id"


@dataclass(frozen=True)
class Booked:
    """The code is shown once and never kept."""

    code: str
    booking_id: int


def book(
    wish: Wish, *, key: str, at: datetime, by: str = PUBLIC, way: Way = Way.PAGE
) -> Booked:
    """Take a place in a slot; the same key gets the same answer.

    Raises SlotFull, SlotGone, NotServed, BookedAlready, TodayOnly, Busy, KeyReused.
    """
    asked = None
    if not was_answered(scope=SCOPE, key=key):
        # Whoever is late is told so without waiting in the line for the lock.
        slot = _slot(wish.slot_id, at, way)
        _check(wish, slot, at)
        asked = _asked(slot)
        slot.percent = asked.percents[slot.on]
        _check_free(with_capacity(slot), wish.first, at)
    answer = answer_once(
        scope=SCOPE,
        key=key,
        body=asdict(wish),
        at=at,
        make=lambda: with_slots(
            [wish.slot_id],
            partial(_book, wish, asked, at, by, way),
            refusals=_refusals(),
        ),
    )
    code, pk = json.loads(answer.text)
    return Booked(code, pk)


def _refusals() -> dict[str, Refused]:
    return {
        "booking_within_capacity": _full(),
        "booking_place_once": _full(),
        "booking_once_a_day": BookedAlready(
            _(
                "This phone has a booking at this counter on that day. Open it with its"
                " code to move it, or choose another day."
            )
        ),
    }


def _full() -> SlotFull:
    return SlotFull(
        _("The last place at this time was just taken. Please choose another time.")
    )


def _slot(slot_id: int, at: datetime, way: Way = Way.PAGE) -> Slot:
    slot = Slot.objects.select_related("counter").filter(pk=slot_id).first()
    ends = None if slot is None else slot.ends_at if way == Way.WALK_IN else None
    if slot is None or not slot.counter.is_open or (ends or slot.starts_at) <= at:
        raise SlotGone(
            _("This time has begun, or is no longer offered. Please choose another.")
        )
    return slot


def _check(wish: Wish, slot: Slot, at: datetime) -> None:
    if wish.service not in slot.counter.services:
        raise NotServed(_("This counter does not serve that. Choose from its list."))
    _check_missed(blind_indexes(wish.phone, PHONE) if wish.phone else [], slot, at)


def _check_missed(phones: Sequence[bytes], slot: Slot, at: datetime) -> None:
    today = day(at)
    if slot.on > today and same_day_only(missed_lately(phones, on=today)):
        raise TodayOnly(
            _(
                "Twice in the last 30 days a time was booked with this phone and nobody"
                " came. That happens. For now you can book for the same day only, or"
                " simply walk in."
            )
        )


def _check_free(slot: Slot, first: str | None, at: datetime) -> None:
    places = places_of(slot, holders([slot.pk]))
    if places.free(first=bool(first), released=at >= slot.kept_until) < 1:
        raise _full()


def _asked(slot: Slot) -> Asked:
    """Return what the phase allows; asked before the lock, others need not wait for it."""
    return Asked.of(slot.counter.region_id, [slot.on])


def _book(wish: Wish, asked: Asked | None, at: datetime, by: str, way: Way) -> str:
    slot = _fresh(wish.slot_id, asked, at, way)
    _check_free(slot, wish.first, at)
    counter = slot.counter
    code = open_case(
        kind=CASE_KIND,
        region_code=counter.region_id,
        first_step=State.BOOKED,
        due_on=slot.on,
        at=at,
    )
    arrived = way == Way.WALK_IN
    row = Booking.objects.create(
        slot=slot,
        counter=counter,
        on=slot.on,
        place=_place(slot),
        state=State.ARRIVED if arrived else State.BOOKED,
        arrived_at=at if arrived else None,
        service=wish.service,
        name=wish.name,
        phone=Sealed.of(wish.phone, PHONE) if wish.phone else None,
        phone_index=blind_index(wish.phone, PHONE) if wish.phone else None,
        language=wish.language,
        first=wish.first or "",
        way=way,
        code_hash=code_hash(code),
        by=by,
        made_at=at,
    )
    record("counters.booked", target=row, by=by, region_code=counter.region_id, way=way)
    _tell(row, wish.phone, code, at)
    return json.dumps([code, row.pk])


def _fresh(
    slot_id: int, asked: Asked | None, at: datetime, way: Way = Way.PAGE
) -> Slot:
    """Return a locked slot with the capacity that the phase allows at this moment.

    The job that fits all slots may not have come by since the phase changed.
    """
    slot = _slot(slot_id, at, way)
    percent = asked.still().percents.get(slot.on) if asked else None
    if percent is not None and percent != slot.percent:
        slot.percent = percent
        with_capacity(slot).save()
        watch(slot)
    return slot


def _place(slot: Slot) -> int:
    rows = slot.bookings.exclude(state=State.CANCELLED)
    return lowest_free(rows.values_list("place", flat=True))


def _tell(row: Booking, phone: str, code: str, at: datetime) -> None:
    """Send the code, and nothing of whom or what it is about."""
    if row.phone is None or over(TEXTS, key=phone, at=at):
        return
    send(
        key=f"counters.booking:{row.pk}",
        to=row.phone,
        template="counter_booked",
        secret=code,
        language=row.language,
    )


def move(*, booking: Booking, slot_id: int, at: datetime, by: str = PUBLIC) -> None:
    """Move a booking to another time of the same counter; the old place is free then.

    Moving to where it is already is done. Raises SlotFull, SlotGone, BookedAlready,
    TodayOnly, TooLate, Busy; then the old time stands.
    """
    asked = _asked(_slot(slot_id, at)) if slot_id != booking.slot_id else None
    with_slots(
        [booking.slot_id, slot_id],
        partial(_move, booking.pk, slot_id, asked, at, by),
        refusals=_refusals(),
    )
    booking.refresh_from_db()


def _locked(booking_id: int) -> Booking:
    """Return a booking that nobody marks, moves or cancels meanwhile."""
    rows = Booking.objects.select_related("slot__counter")
    return rows.select_for_update(no_key=True, of=("self",)).get(pk=booking_id)


def _move(
    booking_id: int, slot_id: int, asked: Asked | None, at: datetime, by: str
) -> None:
    row = _locked(booking_id)
    if row.slot_id == slot_id:
        return
    before, slot = row.slot, _fresh(slot_id, asked, at)
    if slot.counter_id != row.counter_id:
        raise SlotGone(_("This time is of another counter. Please book there anew."))
    if row.state != State.BOOKED or before.starts_at <= at:
        raise _too_late()
    _check_missed([bytes(row.phone_index)] if row.phone_index else [], slot, at)
    _check_free(slot, row.first, at)
    row.slot, row.on, row.place = slot, slot.on, _place(slot)
    row.moved_from = [*row.moved_from, before.starts_at]
    row.save(update_fields=["slot", "on", "place", "moved_from"])
    reach_step(code_hashes=[bytes(row.code_hash)], step="moved", at=at)
    record("counters.moved", target=row, by=by, region_code=row.counter.region_id)
    watch(before)


def _too_late() -> TooLate:
    return TooLate(
        _(
            "This booking can no longer be changed. Ask at the counter; walking in is"
            " always possible."
        )
    )


def cancel(*, booking: Booking, at: datetime, by: str = PUBLIC) -> None:
    """Give the place back; cancelling twice is cancelling once. Raises TooLate, Busy."""
    with_slots([booking.slot_id], partial(_cancel, booking.pk, at, by))
    booking.refresh_from_db()


def _cancel(booking_id: int, at: datetime, by: str) -> None:
    row = _locked(booking_id)
    if row.state == State.CANCELLED:
        return
    if row.state != State.BOOKED:
        raise _too_late()
    row.state, row.ended_at = State.CANCELLED, at
    row.save(update_fields=["state", "ended_at"])
    reach_step(code_hashes=[bytes(row.code_hash)], step=State.CANCELLED, at=at)
    record("counters.cancelled", target=row, by=by, region_code=row.counter.region_id)
    watch(row.slot)
