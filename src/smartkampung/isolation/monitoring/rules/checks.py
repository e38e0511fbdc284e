"""What is due on the days of a stay, and what counts as done. Days are local (WIB)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from enum import StrEnum

EVENING_FROM = time(15)
DAY = timedelta(days=1)


class Slot(StrEnum):
    """Which look of a day this is."""

    DAY = "day"
    EVENING = "evening"  # a second look at who is ill
    EXIT = "exit"  # the compulsory one on the last day


class Outcome(StrEnum):
    """What came of trying to see somebody; says nothing about health."""

    SEEN = "seen"
    CALLED = "called"  # by phone: says how they are, and not where
    REPORTED = "reported"  # by themselves, with the link
    ABSENT = "absent"
    REFUSED = "refused"
    NOT_ATTEMPTED = "not_attempted"


FOLLOWED = (Outcome.SEEN, Outcome.CALLED, Outcome.REPORTED)


@dataclass(frozen=True)
class Due:
    """One look that is due, in a half-open window of time."""

    day_index: int
    slot: Slot
    opens_at: datetime
    closes_at: datetime


def day_number(since: date, until: date, *, on: date) -> int:
    """Return which day of a stay it is; the last one stays the last."""
    return min((on - since).days + 1, (until - since).days)


def slots(*, last: bool, ill: bool) -> tuple[Slot, ...]:
    """Return the looks of one day: one, a second for who is ill, the exit at the end."""
    if last:
        return (Slot.EXIT,)
    return (Slot.DAY, Slot.EVENING) if ill else (Slot.DAY,)


def window(on: date, slot: Slot, zone: tzinfo) -> tuple[datetime, datetime]:
    """Return when a look may be made: until midnight of its local day."""
    begins = EVENING_FROM if slot == Slot.EVENING else time()
    return (
        datetime.combine(on, begins, tzinfo=zone),
        datetime.combine(on + DAY, time(), tzinfo=zone),
    )


def due_looks(
    since: date, until: date, *, ill_on: Iterable[date] = (), zone: tzinfo
) -> list[Due]:
    """Return every look of the half-open days of a stay; day 1 is the first."""
    ill = set(ill_on)
    return [
        Due(number + 1, slot, *window(on, slot, zone))
        for number in range((until - since).days)
        for on in [since + number * DAY]
        for slot in slots(last=on + DAY == until, ill=on in ill)
    ]


def follows(slot: Slot, outcome: Outcome) -> bool:
    """Say whether an outcome does what was due: an exit needs somebody who looks."""
    return outcome == Outcome.SEEN if slot == Slot.EXIT else outcome in FOLLOWED


def missed(*, closes_at: datetime, followed: bool, at: datetime) -> bool:
    """Say whether a look was missed: nobody made it before the window closed."""
    return not followed and at >= closes_at


def streak(followed: Iterable[bool]) -> int:
    """Return how many looks were missed in a row, the latest first."""
    count = 0
    for done in followed:
        if done:
            break
        count += 1
    return count


class CannotCheck(StrEnum):
    """Why a look cannot be written down."""

    TOO_EARLY = "too_early"
    TOO_LATE = "too_late"
    NOT_PRESENT = "not_present"


def hindrances(
    *, opens_at: datetime, open_until: datetime, present: bool, at: datetime
) -> list[CannotCheck]:
    """Return every reason why a look at ``at`` does not count."""
    reasons = []
    if at < opens_at:
        reasons.append(CannotCheck.TOO_EARLY)
    if at >= open_until:
        reasons.append(CannotCheck.TOO_LATE)
    if not present:
        reasons.append(CannotCheck.NOT_PRESENT)
    return reasons
