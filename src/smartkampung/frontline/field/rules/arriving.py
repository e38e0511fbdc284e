"""When something happened by our clock, and what becomes of what arrives."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from smartkampung.kernel.clock import day

# A clock that is so far off is noted beside the record.
NOTED = timedelta(minutes=10)
# What the column holds, some 68 years; a clock that is off by more is no clock.
MOST_OFF_S = 2**31 - 1
# Nobody is a week without a signal by accident, and no clock wanders by an hour.
LONGEST_WAY = timedelta(hours=72)
JUMP = timedelta(hours=1)


class State(StrEnum):
    """Where a record stands."""

    DONE = "done"  # it is what it says: the action took it
    REVIEW = "review"  # it is whole, and a colleague says whether it counts
    SET_ASIDE = "set_aside"  # a colleague said that it does not
    HELD = "held"  # not readable, contradicts another, or the device was ended
    SENT_BACK = "sent_back"  # whoever filled it in puts an answer right


WAITING = (State.REVIEW, State.HELD)
# Whoever sent it may never come back to it: a colleague may decide all the same.
DECIDABLE = (*WAITING, State.SENT_BACK)


@dataclass(frozen=True)
class Moment:
    """When something was saved, by our clock, and how far the device's was off."""

    happened_at: datetime
    clock_off_s: int | None


def moment(
    saved_at: datetime | None, *, device_time: datetime | None, at: datetime
) -> Moment:
    """Return when a record was saved by our clock; never later than now.

    The device tells its time when it sends: what it is off now, it was off before.
    """
    if device_time is None or saved_at is None:
        return Moment(at, None)
    off = device_time - at
    happened = min(saved_at - off, at)
    seconds = max(-MOST_OFF_S, min(round(off.total_seconds()), MOST_OFF_S))
    return Moment(happened, seconds if abs(off) > NOTED else None)


def too_early(happened_at: datetime, *, enrolled_at: datetime) -> bool:
    """Say whether something was saved before its device was there to save it."""
    return happened_at < enrolled_at - NOTED


def before(happened_at: datetime, begins_on: date) -> bool:
    """Say whether something was saved before the day on which it could begin."""
    return day(happened_at + NOTED) < begins_on


def long_ago(happened_at: datetime, *, at: datetime) -> bool:
    """Say whether something was saved so long ago that a human looks at it."""
    return at - happened_at > LONGEST_WAY


def jumped(off_s: int | None, *, before_s: int | None) -> bool:
    """Say whether a clock was set differently since the device last sent.

    What is not noted beside a record was not worth noting: nought.
    """
    return abs((off_s or 0) - (before_s or 0)) > JUMP.total_seconds()
