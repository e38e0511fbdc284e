"""Counters of the cast's village and kecamatan, with a day that is under way."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

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
from smartkampung.reopening.counters.actions.slots import refit
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
# Mondays to Fridays. Whatever day and hour a demo begins, there is a queue to see: that
# of today once the counter has opened, else of the last office day; and the next one.
OPENS, CLOSES, MINUTES, PEOPLE = 8 * 60, 15 * 60, 60, 8
OFFICE_DAYS = range(5)
SERVED, CALLED, THERE = 3, 4, 7  # of the people of a day, in the order of their times
AHEAD = 6  # who booked the next office day


def tell_counters(*, at: datetime) -> None:
    """Open the counters, let people book, and serve the first of an office day."""
    on = last_office_day(at)
    before = start_of_day(on) - timedelta(hours=12)
    for region, name, by in COUNTERS:
        counter = open_counter(
            region=region, name=name, services=SERVICES, by=by, at=before
        )
        hours = [Hours(d, OPENS, CLOSES, MINUTES, PEOPLE) for d in OFFICE_DAYS]
        set_hours(counter=counter, hours=hours, by=by, at=before)
        if region != NEXT_DOOR:
            _serve(counter, on, at=at, before=before)
            for asked in _numbers(counter, next_office_day(on), AHEAD):
                _book(counter, asked, before)
        refit(counter=counter, at=at)
    settle_history(before=at)


def last_office_day(at: datetime) -> date:
    """Return today once the counters have opened, else the last day on which they did."""
    opened = day(at - timedelta(minutes=OPENS))
    return opened - timedelta(days=max(0, opened.weekday() - OFFICE_DAYS[-1]))


def next_office_day(on: date) -> date:
    """Return the office day after one."""
    days = (on + timedelta(days=number) for number in range(1, 4))
    return next(one for one in days if one.weekday() in OFFICE_DAYS)


def _serve(counter: Counter, on: date, *, at: datetime, before: datetime) -> None:
    """Tell of a queue as it stood in the middle of a morning, or stands now."""
    rows = [_book(counter, asked, before) for asked in _numbers(counter, on)]
    then = min(at, start_of_day(on) + timedelta(minutes=OPENS + 3 * MINUTES))
    with telling(then):
        for row in rows[:THERE]:
            mark(booking=row, state=State.ARRIVED, at=then, by="sari")
        for number in range(CALLED):
            row = call_next(counter=counter, at=then, by="sari")
            if number < SERVED:
                mark(booking=row, state=State.SERVED, at=then, by="sari")
        walk_in(
            counter=counter,
            service=SERVICES[0],
            name="Ketut Arnawa",
            first=None,
            key=f"demo:{counter.pk}:walk-in",
            at=then,
            by="sari",
        )


def _numbers(
    counter: Counter, on: date, most: int = len(NAMES)
) -> Iterator[tuple[int, int]]:
    """Return who books which slot of a day: two at each of the first times."""
    slots = Slot.objects.filter(counter=counter, on=on).order_by("starts_at")
    pks = list(slots.values_list("pk", flat=True)[: len(NAMES)])
    return ((number, pks[number // 2]) for number in range(most) if pks)


def _book(counter: Counter, asked: tuple[int, int], before: datetime) -> Booking:
    number, slot_id = asked
    wish = Wish(
        slot_id,
        SERVICES[number % len(SERVICES)],
        NAMES[number],
        phone=f"+62812550{counter.pk % 100:02}{number:03}",
        first=FIRSTS.get(number),
    )
    key = f"demo:{counter.pk}:{slot_id}:{number}"
    with telling(before):
        booked = book(wish, key=key, at=before, by="public", way=Way.PAGE)
    return Booking.objects.select_related("slot", "counter").get(pk=booked.booking_id)
