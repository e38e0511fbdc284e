"""Counters of the cast's village and kecamatan, with a day that is under way."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from smartkampung.demo.bulk import settle_history
from smartkampung.demo.cast import KECAMATAN, NEXT_DOOR, VILLAGE
from smartkampung.kernel.clock import day, start_of_day, telling
from smartkampung.reopening.counters.actions.booking import Wish, book
from smartkampung.reopening.counters.actions.offices import (
    Hours,
    open_counter,
    set_hours,
)
from smartkampung.reopening.counters.actions.serving import call_next, mark, walk_in
from smartkampung.reopening.counters.models import Booking, Counter, Slot
from smartkampung.reopening.counters.rules.states import First, State, Way

SERVICES = ("Surat keterangan", "Kartu keluarga", "Perekaman KTP", "Surat pindah")
COUNTERS = (
    (VILLAGE, "Pelayanan umum", "kades"),
    (NEXT_DOOR, "Pelayanan umum", "camat"),
    (KECAMATAN, "Kependudukan", "camat"),
)
NAMES = (
    *("Wayan Sudarma", "Siti Aminah", "Slamet Riyadi", "Ni Made Ayu", "Hasan Basri"),
    *("Sri Wahyuni", "Mbah Karto", "Dewi Lestari", "Imam Syafii", "Yuliana"),
)
FIRSTS = {6: First.ELDERLY, 3: First.PREGNANT}
# Every day from early till late, so that a demo always meets an open counter.
OPENS, CLOSES, MINUTES, PEOPLE = 7 * 60, 23 * 60, 60, 8
SERVED, CALLED, THERE = 3, 4, 7  # of the people of today, in the order of their times


def tell_counters(*, at: datetime) -> None:
    """Open the counters, let people book, and serve the first of today."""
    before = start_of_day(day(at)) - timedelta(hours=12)
    for region, name, by in COUNTERS:
        counter = open_counter(
            region=region, name=name, services=SERVICES, by=by, at=before
        )
        hours = [Hours(d, OPENS, CLOSES, MINUTES, PEOPLE) for d in range(7)]
        set_hours(counter=counter, hours=hours, by=by, at=before)
        if region != NEXT_DOOR:
            _people(counter, at=at, before=before)
    settle_history(before=at)


def _people(counter: Counter, *, at: datetime, before: datetime) -> None:
    today = [_book(counter, number, before) for number in _numbers(counter, at)]
    for row in today[:THERE]:
        mark(booking=row, state=State.ARRIVED, at=at, by="sari")
    for number in range(CALLED):
        row = call_next(counter=counter, at=at, by="sari")
        if number < SERVED:
            mark(booking=row, state=State.SERVED, at=at, by="sari")
    left = Slot.objects.filter(counter=counter, on=day(at), ends_at__gt=at)
    if left.exists():
        walk_in(
            counter=counter,
            service=SERVICES[0],
            name="Ketut Arnawa",
            first=None,
            key=f"demo:{counter.pk}:walk-in",
            at=at,
            by="sari",
        )


def _numbers(counter: Counter, at: datetime) -> Iterator[tuple[int, int]]:
    """Return who books which slot of today: two at each of the first times."""
    slots = Slot.objects.filter(counter=counter, on=day(at)).order_by("starts_at")
    pks = list(slots.values_list("pk", flat=True)[: len(NAMES)])
    return ((number, pks[number // 2]) for number in range(len(NAMES)) if pks)


def _book(counter: Counter, asked: tuple[int, int], before: datetime) -> Booking:
    number, slot_id = asked
    wish = Wish(
        slot_id,
        SERVICES[number % len(SERVICES)],
        NAMES[number],
        phone=f"+62812550{counter.pk % 100:02}{number:03}",
        first=FIRSTS.get(number),
    )
    key = f"demo:{counter.pk}:{number}"
    with telling(before):
        booked = book(wish, key=key, at=before, by="public", way=Way.PAGE)
    return Booking.objects.select_related("slot", "counter").get(pk=booked.booking_id)
