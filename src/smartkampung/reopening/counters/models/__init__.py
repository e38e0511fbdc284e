"""Tables of counters."""

from smartkampung.reopening.counters.models.bookings import Booking, Slot
from smartkampung.reopening.counters.models.offices import ClosedDay, Counter, Opening

__all__ = ["Booking", "ClosedDay", "Counter", "Opening", "Slot"]
