"""The words for where a house, a reservation and a stay stand."""

from datetime import date, timedelta
from enum import StrEnum

# Returnees of 2020 stayed 14 days (local rule); the bed is cleaned on the next.
ISOLATION_DAYS = 14
CLEANING_DAYS = 1


class Setting(StrEnum):
    """Where somebody isolates."""

    HOUSE = "house"
    HOME = "home"


class HouseKind(StrEnum):
    """What an isolation house was before."""

    VILLAGE_HALL = "village_hall"
    SCHOOL = "school"
    PRIVATE_HOUSE = "private_house"
    HOMESTAY = "homestay"
    OTHER = "other"


class EntryPoint(StrEnum):
    """Where people come into the regency."""

    KETAPANG = "ketapang"  # ferry from Bali
    AIRPORT = "airport"
    WONGSOREJO = "wongsorejo"  # road from the north
    KALIBARU = "kalibaru"  # road from the west
    OTHER = "other"


class Need(StrEnum):
    """What a place must have for somebody to stay there."""

    OWN_BATHROOM = "own_bathroom"
    WOMEN_ONLY = "women_only"
    WHEELCHAIR = "wheelchair"
    KITCHEN = "kitchen"
    COT = "cot"


class Document(StrEnum):
    """What somebody without a NIK shows."""

    PASSPORT = "passport"
    DRIVING_LICENCE = "driving_licence"
    OTHER = "other"


class ReservationState(StrEnum):
    """Where a reservation stands; only ``held``, ``booked`` and ``arrived`` take beds."""

    WAITING = "waiting"  # no bed was free: in the order of asking
    HELD = "held"  # offered from the waiting list, until ``held_until``
    BOOKED = "booked"
    ARRIVED = "arrived"
    ENDED = "ended"
    CANCELLED = "cancelled"
    EXPIRED = "expired"  # offered, and not taken up in time
    NO_SHOW = "no_show"


class StayState(StrEnum):
    """Where the stay of one person stands."""

    EXPECTED = "expected"
    PRESENT = "present"
    HOSPITAL = "hospital"  # referred; the bed is given back
    RELEASED = "released"
    LOST = "lost"
    CANCELLED = "cancelled"
    NO_SHOW = "no_show"


LIVE_RESERVATIONS = (
    ReservationState.WAITING,
    ReservationState.HELD,
    ReservationState.BOOKED,
    ReservationState.ARRIVED,
)
UNSURE = (ReservationState.WAITING, ReservationState.HELD)
LIVE_STAYS = (StayState.EXPECTED, StayState.PRESENT)


def stay_days(arrives_on: date, days: int = ISOLATION_DAYS) -> tuple[date, date]:
    """Return the half-open days of a stay: day 1 is the day of arrival.

    The exit check is on day ``days``; the person leaves on the morning after.
    """
    return arrives_on, arrives_on + timedelta(days=days)


def taken_days(since: date, until: date) -> tuple[date, date]:
    """Return the half-open days that a bed is taken: the stay, and the cleaning."""
    return since, until + timedelta(days=CLEANING_DAYS)
