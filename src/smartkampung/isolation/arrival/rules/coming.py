"""When a party comes, and what keeps it from being let in."""

from datetime import date, timedelta
from enum import StrEnum

from smartkampung.isolation.rules.states import ReservationState, Setting, StayState

# Who is later than this is called before the bed is given away.
SHOWN_AHEAD = timedelta(days=7)


class Timing(StrEnum):
    """How the day of arrival stands to today."""

    EARLY = "early"
    TODAY = "today"
    LATE = "late"


def timing(arrives_on: date, *, today: date) -> Timing:
    """Say whether people who come today are early, expected or late."""
    if today < arrives_on:
        return Timing.EARLY
    return Timing.LATE if today > arrives_on else Timing.TODAY


class Bar(StrEnum):
    """Why people cannot be let through or in now."""

    WAITING = "waiting"
    OFFER_OPEN = "offer_open"
    OVER = "over"
    NOBODY = "nobody"  # of the party was ticked
    NOT_EXPECTED = "not_expected"  # one of them came, left or was cancelled
    NO_BED = "no_bed"


def bars_to_arrive(state: str) -> list[Bar]:
    """Return every reason against letting a party in; none means that it may come."""
    if state == ReservationState.WAITING:
        return [Bar.WAITING]
    if state == ReservationState.HELD:
        return [Bar.OFFER_OPEN]
    if state in (ReservationState.BOOKED, ReservationState.ARRIVED):
        return []
    return [Bar.OVER]


def may_check_in(*, state: str, setting: str, has_bed: bool) -> bool:
    """Say whether one person can be checked in: expected, with a bed in a house."""
    return state == StayState.EXPECTED and (setting == Setting.HOME or has_bed)
