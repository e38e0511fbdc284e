"""Make the slots of the coming days, and fit them when hours or the phase change."""

from collections.abc import Callable, Container, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TypeVar

from django.core.cache import caches
from django.utils.translation import gettext_lazy as _

from smartkampung.kernel.claim import Busy, Lock, Rank, claim_scarce
from smartkampung.kernel.clock import WIB, day
from smartkampung.kernel.errors import Refused
from smartkampung.reopening.counters.actions.calling_off import call_off
from smartkampung.reopening.counters.models import (
    Booking,
    ClosedDay,
    Counter,
    Opening,
    Slot,
)
from smartkampung.reopening.counters.queries.capacity import (
    STAMP,
    Asked,
    with_capacity,
)
from smartkampung.reopening.counters.queries.places import holders, places_of
from smartkampung.reopening.counters.rules.slots import AHEAD, times
from smartkampung.reopening.pilots.queries.changes import stamp_of_all
from smartkampung.worklist.actions import close_all_work, open_work

Taken = TypeVar("Taken")
ROBOT = "counters"
OVER = "counters.over"
DAY_SECONDS = 24 * 3600
BUSY = _("Many people are booking at this moment. Please press the button again.")


@dataclass(frozen=True)
class Planned:
    """A slot as hours, closed days and the phase of its day make it."""

    on: date
    starts_at: datetime
    ends_at: datetime
    people: int
    share: int
    percent: int
    released: timedelta

    def write(self, slot: Slot) -> Slot:
        """Write the plan into a slot; say nothing of who booked."""
        slot.on, slot.starts_at, slot.ends_at = self.on, self.starts_at, self.ends_at
        slot.people, slot.share = self.people, self.share
        slot.percent = self.percent
        slot.kept_until = self.starts_at - self.released
        return with_capacity(slot)


def with_slots(
    slots: Iterable[int],
    take: Callable[[], Taken],
    *,
    refusals: dict[str, Refused] | None = None,
) -> Taken:
    """Run ``take`` while some slots are locked; raise Busy, or what it refuses."""
    return claim_scarce(
        locks=[Lock(Rank.QUOTA, Slot.objects.filter(pk__in=sorted(set(slots))))],
        take=take,
        refusals=refusals or {},
        busy=Busy(BUSY),
    )


def refit_all(*, at: datetime) -> None:
    """Fit the slots of every counter; safe to run at any time."""
    for counter in Counter.objects.order_by("pk"):
        refit(counter=counter, at=at)


def refit_changed(*, at: datetime) -> bool:
    """Fit all slots if phases or guidance changed since this last looked; say whether."""
    stamp = stamp_of_all()
    if caches["default"].get(STAMP) == stamp:
        return False
    refit_all(at=at)
    caches["default"].set(STAMP, stamp, DAY_SECONDS)
    return True


def refit(*, counter: Counter, at: datetime) -> None:
    """Make the slots ahead of a counter, and fit those that are there; idempotent.

    Nobody who booked is thrown out while anybody may come. A slot with more people than
    it may now take takes no more, and calling some of them or opening longer becomes
    work of the counter. On a day that the office closes or the phase shuts, bookings
    are called off and people told. Raises Busy.
    """
    days = [day(at) + timedelta(days=number) for number in range(AHEAD.days + 1)]
    asked = Asked.of(counter.region_id, days)
    ahead = Slot.objects.filter(counter=counter, starts_at__gt=at)
    with_slots(
        ahead.values_list("pk", flat=True),
        lambda: _refit(counter, asked.still().percents, at),
    )


def _refit(counter: Counter, percents: Mapping[date, int], at: datetime) -> None:
    closed = ClosedDay.objects.filter(counter=counter, on__in=percents)
    shut = {on for on, percent in percents.items() if percent <= 0}
    shut |= set(closed.values_list("on", flat=True))
    planned = {
        one.starts_at: one
        for one in _plan(counter, percents, shut)
        if one.starts_at > at
    }
    rows = Slot.objects.filter(counter=counter, starts_at__gt=at)
    call_off(Booking.objects.filter(slot__in=rows.filter(on__in=shut)), at=at, by=ROBOT)
    slots = {slot.starts_at: slot for slot in rows.order_by("starts_at")}
    Slot.objects.bulk_create(
        [
            one.write(Slot(counter=counter))
            for start, one in planned.items()
            if start not in slots
        ],
        ignore_conflicts=True,
    )
    held = holders(slot.pk for slot in slots.values())
    for start, slot in slots.items():
        before = _shape(slot)
        if start in planned:
            planned[start].write(slot)
        elif slot.pk not in held and not slot.bookings.exists():
            slot.delete()
            continue
        else:
            slot.people = 0
            with_capacity(slot)
        if _shape(slot) != before:
            slot.save()
    _watch_all(counter, slots.values(), held)


def _shape(slot: Slot) -> tuple[object, ...]:
    return (
        *(slot.ends_at, slot.people, slot.share, slot.percent),
        *(slot.capacity, slot.kept, slot.kept_until),
    )


def _plan(
    counter: Counter, percents: Mapping[date, int], shut: Container[date]
) -> Iterable[Planned]:
    if not counter.is_open:
        return
    openings = list(counter.openings.order_by("weekday", "opens"))
    for on, percent in percents.items():
        todays = [one for one in openings if one.weekday == on.weekday()]
        if on not in shut:
            yield from _slots_of(todays, on, percent)


def _slots_of(openings: list[Opening], on: date, percent: int) -> Iterable[Planned]:
    for one in openings:
        for starts_at, ends_at in times(on, one.opens, one.closes, one.minutes, WIB):
            yield Planned(
                *(on, starts_at, ends_at, one.people, one.share, percent),
                timedelta(hours=one.released),
            )


def watch(slot: Slot) -> None:
    """Make work of a slot with more people than it may take; end it when it is done."""
    _watch_all(slot.counter, [slot], holders([slot.pk]))


def _watch_all(
    counter: Counter, slots: Iterable[Slot], held: dict[int, tuple[int, int]]
) -> None:
    within = []
    for slot in slots:
        if not places_of(slot, held).over:
            within.append(slot)
            continue
        open_work(
            kind=OVER,
            target=slot,
            permission="reopening.counter_serve",
            region_code=counter.region_id,
            due_at=slot.starts_at,
        )
    # A deleted slot has no number, and never had work.
    close_all_work(targets=[slot for slot in within if slot.pk], by=ROBOT)
