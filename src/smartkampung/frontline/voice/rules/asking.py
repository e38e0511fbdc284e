"""What an announcement asks of its readers, whom it may ask, and when to remind."""

from collections.abc import Sequence
from datetime import date, timedelta
from enum import StrEnum


class Ask(StrEnum):
    """What readers are asked for, each including what stands before it."""

    READ = "read"
    ACKNOWLEDGE = "acknowledge"
    ACT = "act"


class Fault(StrEnum):
    """Why an announcement cannot go out like that."""

    NO_DAY = "no_day"
    DAY_OVER = "day_over"
    NO_OFFICE = "no_office"
    OFFICE_ABOVE = "office_above"
    DANGER_HIDDEN = "danger_hidden"


REMIND_AFTER = (timedelta(days=2), timedelta(days=5))
DAY_BEFORE = timedelta(days=1)


def faults(
    *,
    asks: Ask,
    roles: Sequence[str],
    may_be_asked: Sequence[str],
    due_on: date | None,
    today: date,
    danger: str = "",
    public: bool = False,
) -> list[Fault]:
    """Return every reason why this cannot be announced."""
    found = []
    if due_on is not None and due_on < today:
        found.append(Fault.DAY_OVER)
    if danger and not public:
        found.append(Fault.DANGER_HIDDEN)
    if asks != Ask.ACT:
        return found
    if due_on is None:
        found.append(Fault.NO_DAY)
    if not roles:
        found.append(Fault.NO_OFFICE)
    if any(role not in may_be_asked for role in roles):
        found.append(Fault.OFFICE_ABOVE)
    return found


def reminds_on(*, asks: Ask, said_on: date, due_on: date | None, today: date) -> bool:
    """Say whether who has not answered is reminded today.

    After two and five days, and the day before it is due; never after that day.
    """
    if asks == Ask.READ or (due_on is not None and today > due_on):
        return False
    if due_on is not None and today == due_on - DAY_BEFORE:
        return True
    return today - said_on in REMIND_AFTER
