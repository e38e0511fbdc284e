"""Counters and bookings in words."""

from datetime import datetime
from typing import Any

from smartkampung.kernel.clock import WIB
from smartkampung.kernel.wording import hour
from smartkampung.reopening.counters.rules.states import State
from smartkampung.reopening.counters.words import CALLED_OFF, COLOURS, STATES

KINDS = {"desa": "Desa", "kelurahan": "Kelurahan", "kecamatan": "Kecamatan"}


def office_of(counter: Any) -> str:
    """Return the office of a counter: "Desa Sumberwangi"."""
    kind = KINDS.get(counter.region.kind, "")
    return f"{kind} {counter.region.name}".strip()


def name_of(counter: Any) -> str:
    """Return office and counter in a line."""
    return f"{office_of(counter)}: {counter.name}"


def span(starts_at: datetime, ends_at: datetime) -> str:
    """Return "08.00–08.30 WIB"."""
    return f"{hour(starts_at).removesuffix(' WIB')}–{hour(ends_at)}"


def number_of(booking: Any) -> str:
    """Return the number by which somebody is called: the time and their place in it."""
    return f"{booking.slot.starts_at.astimezone(WIB):%H.%M}-{booking.place}"


def tag_of(booking: Any) -> dict[str, Any]:
    """Return the state of a booking as a tag."""
    state = State(booking.state)
    words = CALLED_OFF if booking.called_off else STATES[state]
    return {"state": COLOURS[state], "text": words}
