"""The order among equals by lot: HMAC-SHA-256 of a public number under a public seed.

Whoever has the seed and the list of numbers finds the same order with any program
that computes HMACs; docs/how-to/targeting.md shows how.
"""

import hmac
from collections.abc import Iterable
from hashlib import sha256

BLOCK = 64
INNER, OUTER = 0x36, 0x5C


def lot(seed: str, number: str) -> str:
    """Return the lot of a number, in hex: the lowest comes first."""
    return hmac.new(seed.encode(), number.encode(), sha256).hexdigest()


def pads(seed: str) -> tuple[bytes, bytes]:
    """Return the two blocks with which plain SHA-256 computes the same (RFC 2104).

    ``sha256(outer || sha256(inner || number))``: PostgreSQL has that without any
    extension.
    """
    key = seed.encode()
    key = (sha256(key).digest() if len(key) > BLOCK else key).ljust(BLOCK, b"\0")
    return (
        bytes(byte ^ INNER for byte in key),
        bytes(byte ^ OUTER for byte in key),
    )


def drawn(seed: str, rows: Iterable[tuple[int, str]]) -> list[tuple[int, str]]:
    """Return (tier, number) in order of place: tiers as they are, equals by lot."""
    return sorted(rows, key=lambda row: (row[0], lot(seed, row[1])))
