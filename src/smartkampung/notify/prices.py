"""What a message costs, as the operator's contract says."""

from django.conf import settings

WHOLE = frozenset({"whatsapp"})  # paid by the message, however long


def price(parts: int, *, channel: str, to: str = "") -> int:
    """Return the price in rupiah; e-mail costs nothing."""
    if "@" in to or channel == "email":
        return 0
    prices = settings.MESSAGE_PRICES
    each: int = prices.get(channel, prices["sms"])
    return each if channel in WHOLE else each * parts


def at_most(parts: int, *, channels: list[str]) -> int:
    """Return what a message costs at most: each channel may be tried and paid once."""
    return sum(price(parts, channel=name) for name in channels)
