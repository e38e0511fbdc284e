"""How long a text is for a phone, what it costs, and when nobody is woken up. Pure."""

import uuid
from datetime import datetime, time, timedelta
from math import ceil

# The alphabet of one byte a sign; signs of the second line take two.
_PLAIN = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_TWICE = frozenset("^{}\\[~]|€\f")
ONE_PLAIN, MORE_PLAIN = 160, 153
ONE_WIDE, MORE_WIDE = 70, 67
QUIET_FROM, QUIET_UNTIL = time(20), time(7)
REFERENCES = uuid.UUID("a8f6b6f0-6a57-4f0c-9d4e-0d3a6a1c7b11")


def sms_parts(text: str) -> int:
    """Return how many text messages a phone company makes of a text."""
    if all(sign in _PLAIN or sign in _TWICE for sign in text):
        length = len(text) + sum(sign in _TWICE for sign in text)
        one, more = ONE_PLAIN, MORE_PLAIN
    else:
        length = len(text.encode("utf-16-le")) // 2
        one, more = ONE_WIDE, MORE_WIDE
    return 1 if length <= one else ceil(length / more)


def is_quiet(at: datetime) -> bool:
    """Say whether a local moment lies between 20.00 and 07.00."""
    return not QUIET_UNTIL <= at.time() < QUIET_FROM


def opens_at(at: datetime) -> datetime:
    """Return when a message that wakes nobody up may go: now, or at seven."""
    if not is_quiet(at):
        return at
    morning = at.replace(hour=QUIET_UNTIL.hour, minute=0, second=0, microsecond=0)
    return morning if at < morning else morning + timedelta(days=1)


def purpose_of(wish: str) -> str:
    """Return what a wish is about: the word that its name begins with."""
    return wish.partition(":")[0]


def reference_of(key: str) -> uuid.UUID:
    """Return the name by which a message service speaks of a message."""
    return uuid.uuid5(REFERENCES, key)
