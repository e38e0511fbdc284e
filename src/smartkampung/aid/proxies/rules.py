"""How long a proxy may stand, and who may wish for one."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

LONGEST = timedelta(days=365)


class Relation(StrEnum):
    """What the proxy is to the recipient."""

    SAME_CARD = "same_card"
    RELATIVE = "relative"
    NEIGHBOUR = "neighbour"
    CARER = "carer"


class Wish(StrEnum):
    """Who named the proxy: the recipient, or the family's head for the bedridden."""

    RECIPIENT = "recipient"
    HEAD = "head"


class Fault(StrEnum):
    """What is wrong with a proxy that was written down."""

    ENDS_BEFORE_IT_BEGINS = "ends_before_it_begins"
    TOO_LONG = "too_long"
    OVER_ALREADY = "over_already"
    REASON_MISSING = "reason_missing"
    IS_THE_RECIPIENT = "is_the_recipient"


@dataclass(frozen=True)
class Told:
    """What was written down about a proxy."""

    name: str
    relation: Relation
    wish: Wish
    reason: str
    since: date
    until: date


def faults(told: Told, *, is_recipient: bool, today: date) -> list[Fault]:
    """Return everything that is wrong, to be mended at once."""
    found = {
        Fault.ENDS_BEFORE_IT_BEGINS: told.until < told.since,
        Fault.TOO_LONG: told.until > told.since + LONGEST,
        Fault.OVER_ALREADY: told.until < today,
        # Who is bedridden signs nothing: so the family's head says why.
        Fault.REASON_MISSING: told.wish is Wish.HEAD and not told.reason.strip(),
        Fault.IS_THE_RECIPIENT: is_recipient,
    }
    return [fault for fault, holds in found.items() if holds]
