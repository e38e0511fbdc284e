"""Which slots still have room: as of now, without any name."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Max, Min, Q, QuerySet

from smartkampung.kernel.clock import day
from smartkampung.regions.codes import within
from smartkampung.reopening.counters.models import Booking, Counter, Slot
from smartkampung.reopening.counters.queries.capacity import as_of_now
from smartkampung.reopening.counters.rules.slots import AHEAD, Places
from smartkampung.reopening.counters.rules.states import State


@dataclass(frozen=True)
class Offer:
    """One slot, and how many places somebody may take in it."""

    slot_id: int
    on: date
    starts_at: datetime
    ends_at: datetime
    free: int


def open_counters(*regions: str) -> QuerySet[Counter]:
    """Return the counters inside some regions that take bookings, by office."""
    rows = Counter.objects.filter(within("region__code", regions), is_open=True)
    return rows.select_related("region").order_by("region_id", "name")


def open_counter(counter_id: int) -> Counter | None:
    """Return a counter that takes bookings."""
    rows = Counter.objects.filter(pk=counter_id, is_open=True)
    return rows.select_related("region").first()


def slots_ahead(counter_id: int, *, at: datetime) -> QuerySet[Slot]:
    """Return the slots of a counter that have not begun and can be booked by now."""
    last = day(at) + AHEAD
    rows = Slot.objects.filter(counter=counter_id, starts_at__gt=at, on__lte=last)
    return rows.select_related("counter").order_by("starts_at")


def offers(
    counter_id: int, *, first: bool, at: datetime, but: int | None = None
) -> list[Offer]:
    """Return the slots ahead with what is free in each, the full ones included.

    ``but`` is a booking that is about to move: its own slot is left out.
    """
    slots = list(slots_ahead(counter_id, at=at))
    if but is not None:
        mine = Booking.objects.filter(pk=but).values_list("slot_id", flat=True).first()
        slots = [slot for slot in slots if slot.pk != mine]
    slots = list(as_of_now(slots[0].counter.region_id, slots)) if slots else []
    held = holders(slot.pk for slot in slots)
    return [
        Offer(
            slot.pk,
            slot.on,
            slot.starts_at,
            slot.ends_at,
            places_of(slot, held).free(first=first, released=at >= slot.kept_until),
        )
        for slot in slots
    ]


def holders(slots: Iterable[int]) -> dict[int, tuple[int, int]]:
    """Return how many hold a place in each slot, and how many of them come first."""
    rows = Booking.objects.filter(slot__in=list(slots)).exclude(state=State.CANCELLED)
    counted = rows.values_list("slot_id").annotate(
        held=Count("pk"), first=Count("pk", filter=~Q(first=""))
    )
    return {slot: (held, first) for slot, held, first in counted}


def next_day_of(counter: Counter, on: date) -> date | None:
    """Return the nearest day with a queue: after a day, else before it."""
    rows = Slot.objects.filter(counter=counter, capacity__gt=0)
    after: date | None = rows.filter(on__gt=on).aggregate(on=Min("on"))["on"]
    before: date | None = rows.filter(on__lt=on).aggregate(on=Max("on"))["on"]
    return after or before


def places_of(slot: Slot, held: dict[int, tuple[int, int]]) -> Places:
    """Return what a slot has, with who holds it."""
    return Places(slot.capacity, slot.kept, *held.get(slot.pk, (0, 0)))
