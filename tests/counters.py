"""A counter of the village office here, and people who come to it."""

import itertools
from datetime import date, datetime, timedelta

from smartkampung.kernel.clock import WIB, now, start_of_day, today
from smartkampung.reopening.counters.actions.booking import Booked, Wish, book
from smartkampung.reopening.counters.actions.offices import (
    Hours,
    open_counter,
    set_hours,
)
from smartkampung.reopening.counters.models import Booking, Counter, Slot
from smartkampung.reopening.counters.rules.states import First
from smartkampung.reopening.pilots.models import PhaseSpell
from tests import cast

NOW = datetime(2026, 11, 23, 7, 0, tzinfo=WIB)  # a Monday
TODAY = NOW.date()
TUESDAY = TODAY + timedelta(days=1)
LETTER, CARD = "Surat keterangan", "Kartu keluarga"
PHONE = "+6281234567890"  # as a form reads 0812 3456 7890
_keys = itertools.count()


def counter(
    region: str = cast.HERE,
    *,
    name: str = "Pelayanan umum",
    people: int = 8,
    share: int = 0,
    hours: tuple[int, int] = (8 * 60, 10 * 60),
    at: datetime = NOW,
) -> Counter:
    """Make a counter that opens every day in slots of an hour.

    The villages are in their first phase, in which counters take half of the usual.
    """
    cast.places()
    row = open_counter(
        region=region, name=name, services=[LETTER, CARD], by="camat", at=at
    )
    opens, closes = hours
    plan = [
        Hours(day, opens, closes, minutes=60, people=people, share=share)
        for day in range(7)
    ]
    set_hours(counter=row, hours=plan, by="camat", at=at)
    return row


def slot(row: Counter, hour: int = 8, on: date = TODAY) -> Slot:
    """Return the slot of an hour."""
    return Slot.objects.get(
        counter=row, starts_at=datetime(on.year, on.month, on.day, hour, tzinfo=WIB)
    )


def phone() -> str:
    """Return a number that nobody has yet."""
    return f"+62812{next(_keys):08}"


def booked(
    where: Slot,
    *,
    name: str = "Wayan",
    to: str | None = None,
    first: First | None = None,
    at: datetime = NOW,
) -> Booking:
    """Let somebody book by phone page."""
    return Booking.objects.get(
        pk=code_of(where, name=name, to=to, first=first, at=at).booking_id
    )


def code_of(
    where: Slot,
    *,
    name: str = "Wayan",
    to: str | None = None,
    first: First | None = None,
    at: datetime = NOW,
) -> Booked:
    """Let somebody book by phone page; return also the code."""
    wish = Wish(where.pk, LETTER, name, phone() if to is None else to, first)
    return book(wish, key=f"form-{next(_keys)}", at=at)


def phase(
    code: str, *, since: date, village: str = cast.HERE, until: date | None = None
) -> PhaseSpell:
    """Move a village to a phase."""
    return PhaseSpell.objects.create(
        village_id=village,
        phase=code,
        since=since,
        until=until,
        reason="Gerbang terbuka.",
        by="ketut",
        at=NOW,
    )


def a_counter() -> Counter:
    """Return a counter here with a time that is running, whatever day and hour it is."""
    morning = start_of_day(today())
    return counter(name=f"Loket {next(_keys)}", hours=(0, 24 * 60), at=morning)


def a_slot() -> Slot:
    """Return a slot of such a counter, tomorrow."""
    tomorrow = today() + timedelta(days=1)
    rows = Slot.objects.filter(counter=a_counter(), on=tomorrow)
    return rows.order_by("starts_at")[20]


def a_booking() -> Booked:
    """Return a booking at such a counter, for tomorrow."""
    return code_of(a_slot(), name="Ketutjaya", at=now())
