"""How many people counters of villages served, for whoever compares villages."""

from datetime import date

from smartkampung.reopening.counters.models import Booking, Slot
from smartkampung.reopening.counters.rules.states import State


def served(village: str, since: date, until: date) -> int | None:
    """Return how many were served at a village's counters (half-open).

    None where no counter had hours in that time: nobody counted there.
    """
    days = {"counter__region": village, "on__gte": since, "on__lt": until}
    if not Slot.objects.filter(**days).exists():
        return None
    return Booking.objects.filter(**days, state=State.SERVED).count()
