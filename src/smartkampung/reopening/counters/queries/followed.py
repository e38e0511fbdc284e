"""The door to a booking for whoever holds its code; and what hangs on the wall."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from smartkampung.intake.queries import case_by_code
from smartkampung.reopening.counters.models import Booking, Counter
from smartkampung.reopening.counters.rules.slots import MISSED_DAYS
from smartkampung.reopening.counters.rules.states import State

CASE_KIND = "counter"
SHOWN_CALLED = 4


@dataclass(frozen=True)
class Wall:
    """What everybody in the room may read: numbers, and nobody's name."""

    called: Sequence[Booking]
    waiting: Sequence[Booking]


def booking_by_code(typed: str, *, at: datetime) -> Booking | None:
    """Return the booking that a code opens; None for one that opens nothing now."""
    case = case_by_code(typed, at=at)
    if case is None or case.kind != CASE_KIND:
        return None
    rows = Booking.objects.filter(code_hash=case.code_hash)
    return rows.select_related("slot", "counter__region").first()


def counter_on_the_wall(counter_id: int) -> Counter | None:
    """Return a counter by its number, open or not."""
    return Counter.objects.filter(pk=counter_id).select_related("region").first()


def wall_of(counter: Counter, on: date) -> Wall:
    """Return the numbers that were called last, and those who wait in order."""
    rows = Booking.objects.filter(counter=counter, on=on).select_related("slot")
    waiting = sorted(
        rows.filter(state=State.ARRIVED),
        key=lambda row: (row.first == "", row.slot.starts_at, row.place),
    )
    called = rows.filter(state=State.CALLED).order_by("-called_at")
    return Wall(list(called[:SHOWN_CALLED]), waiting)


def missed_lately(phones: Sequence[bytes], *, on: date) -> int:
    """Return how often a phone (by its fingerprints) booked in the last 30 days and nobody came."""
    return Booking.objects.filter(
        phone_index__in=phones,
        state=State.MISSED,
        on__gt=on - MISSED_DAYS,
    ).count()
