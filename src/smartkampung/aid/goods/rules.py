"""Where goods may go, and the accounts that hold them."""

from enum import StrEnum

MONEY = "IDR"


class Kind(StrEnum):
    """What happened to goods in a warehouse."""

    RECEIVED = "received"
    SENT = "sent"
    SPOILED = "spoiled"


class Cause(StrEnum):
    """Why a shelf holds other than the books say."""

    SPOILED = "spoiled"
    MISSING = "missing"
    FOUND = "found"


# Where a difference goes to, or comes from.
BESIDE = {Cause.SPOILED: "spoiled", Cause.MISSING: "lost", Cause.FOUND: "found"}


class CountFault(StrEnum):
    """What is wrong with a count that was written down."""

    CAUSE_DOES_NOT_FIT = "cause_does_not_fit"
    REASON_MISSING = "reason_missing"


def count_faults(
    *, book: int, counted: int, cause: Cause | None, reason: str
) -> list[CountFault]:
    """Return everything that is wrong with a count; a count that agrees is never."""
    if counted == book:
        return []
    more = counted > book
    found = []
    if cause is None or more != (cause is Cause.FOUND):
        found.append(CountFault.CAUSE_DOES_NOT_FIT)
    if not reason.strip():
        found.append(CountFault.REASON_MISSING)
    return found


def stock(item: str, region: str) -> str:
    """Return the account of what a warehouse holds."""
    return f"stock/{item}/{region}"


def carried(item: str, point: int) -> str:
    """Return the account of what is at a hand-over point."""
    return f"carried/{item}/{point}"


def counter(name: str, item: str) -> str:
    """Return an account beside the warehouses: supplied, moving, given, spoiled, lost."""
    return f"{name}/{item}"


def is_one_step(first: str, second: str) -> bool:
    """Say whether one region lies directly in the other: goods skip no warehouse."""
    above, below = sorted((first, second), key=len)
    return below.rpartition(".")[0] == above
