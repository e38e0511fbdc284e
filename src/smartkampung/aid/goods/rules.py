"""Where goods may go, and the accounts that hold them."""

from enum import StrEnum

MONEY = "IDR"


class Kind(StrEnum):
    """What happened to goods in a warehouse."""

    RECEIVED = "received"
    SENT = "sent"
    SPOILED = "spoiled"


def stock(item: str, region: str) -> str:
    """Return the account of what a warehouse holds."""
    return f"stock/{item}/{region}"


def counter(name: str, item: str) -> str:
    """Return an account beside the warehouses: supplied, moving, given, spoiled, lost."""
    return f"{name}/{item}"


def is_one_step(first: str, second: str) -> bool:
    """Say whether one region lies directly in the other: goods skip no warehouse."""
    above, below = sorted((first, second), key=len)
    return below.rpartition(".")[0] == above
