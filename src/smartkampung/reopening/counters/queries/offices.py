"""Counters as their offices see them: inside one's own area, else 404."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.http import Http404

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.roles import Permission
from smartkampung.regions.codes import within
from smartkampung.reopening.counters.models import (
    Booking,
    ClosedDay,
    Counter,
    Opening,
    Slot,
)
from smartkampung.reopening.counters.queries.places import holders, places_of
from smartkampung.reopening.counters.rules.slots import Places
from smartkampung.reopening.counters.rules.states import State

OPEN_FIRST = (State.CALLED, State.ARRIVED, State.BOOKED)
SERVE, MANAGE = Permission.COUNTER_SERVE, Permission.COUNTER_MANAGE


@dataclass(frozen=True)
class Filled:
    """A slot with its places, and who holds them in the order of their numbers."""

    slot: Slot
    places: Places
    bookings: Sequence[Booking]


def counters_for(actor: Actor, permission: Permission = SERVE) -> QuerySet[Counter]:
    """Return the counters of an officer's area."""
    rows = Counter.objects.filter(
        within("region__code", actor.regions_where(permission))
    ).select_related("region")
    return rows.order_by("region_id", "name")


def counter_for(
    actor: Actor, counter_id: int, permission: Permission = SERVE
) -> Counter:
    """Return one counter of an officer's area; 404 for any other."""
    row = counters_for(actor, permission).filter(pk=counter_id).first()
    if row is None:
        raise Http404
    return row


def slot_for(actor: Actor, slot_id: int) -> Slot:
    """Return a slot of a counter of an officer's area; 404 for any other."""
    mine = counters_for(actor).values("pk")
    row = Slot.objects.filter(pk=slot_id, counter__in=mine)
    found = row.select_related("counter__region").first()
    if found is None:
        raise Http404
    return found


def booking_for(actor: Actor, booking_id: int) -> Booking:
    """Return a booking at a counter of an officer's area; 404 for any other."""
    rows = Booking.objects.filter(
        pk=booking_id, counter__in=counters_for(actor).values("pk")
    )
    row = rows.select_related("slot", "counter__region").first()
    if row is None:
        raise Http404
    return row


def queue_of(counter: Counter, on: date) -> list[Booking]:
    """Return the queue of a day: who is called or waits, who is to come, who is done.

    Among each of these stands who comes first before the others, then by time.
    """
    rows = Booking.objects.filter(counter=counter, on=on).exclude(state=State.CANCELLED)
    done = len(OPEN_FIRST)
    return sorted(
        rows.select_related("slot"),
        key=lambda row: (
            OPEN_FIRST.index(row.state) if row.state in OPEN_FIRST else done,
            row.first == "",
            row.slot.starts_at,
            row.place,
        ),
    )


def day_of(counter: Counter, on: date) -> list[Filled]:
    """Return the slots of a day with who holds them."""
    slots = list(Slot.objects.filter(counter=counter, on=on).order_by("starts_at"))
    held = holders(slot.pk for slot in slots)
    return [_filled(slot, held) for slot in slots]


def filled(slot: Slot) -> Filled:
    """Return one slot with who holds it."""
    return _filled(slot, holders([slot.pk]))


def _filled(slot: Slot, held: dict[int, tuple[int, int]]) -> Filled:
    rows = slot.bookings.exclude(state=State.CANCELLED).order_by("place")
    return Filled(slot, places_of(slot, held), list(rows))


def openings_of(counter: Counter) -> list[Opening]:
    """Return the hours of a counter in the order of the week."""
    return list(counter.openings.order_by("weekday", "opens"))


def closed_days_of(counter: Counter, *, since: date) -> list[ClosedDay]:
    """Return the days ahead on which a counter stays closed."""
    return list(counter.closed_days.filter(on__gte=since).order_by("on"))
