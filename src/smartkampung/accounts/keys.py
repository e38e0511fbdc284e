"""Random texts that open something, and what is kept of them."""

import hashlib
import secrets

BYTES = 32


def new_key(prefix: str = "") -> str:
    """Return 256 random bits as text; the prefix tells scanners what they found."""
    return prefix + secrets.token_urlsafe(BYTES)


def key_hash(text: str) -> bytes:
    """Return the hash to keep: with 256 random bits a plain one cannot be guessed."""
    return hashlib.sha256(text.encode()).digest()
