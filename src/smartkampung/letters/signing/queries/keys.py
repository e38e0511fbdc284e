"""The keys behind the squares on papers."""

import base64

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from smartkampung.letters.signing.errors import NoAuthority
from smartkampung.letters.signing.models import LetterKey


def public_keys() -> dict[int, bytes]:
    """Return every public key by its number, those retired, too."""
    rows = LetterKey.objects.order_by("number").values_list("number", "public")
    return {number: bytes(public) for number, public in rows}


def distrusted_keys() -> frozenset[int]:
    """Return the numbers of keys that were stolen or lost: their squares prove nothing."""
    rows = LetterKey.objects.exclude(distrusted_at=None)
    return frozenset(rows.values_list("number", flat=True))


def key_in_use() -> tuple[int, Ed25519PrivateKey]:
    """Return the key that signs now; raise NoAuthority when there is none yet."""
    row = LetterKey.objects.filter(retired_at=None).first()
    if row is None:
        raise NoAuthority
    private = Ed25519PrivateKey.from_private_bytes(base64.b64decode(row.key.open()))
    return row.number, private
