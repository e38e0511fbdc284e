"""Reads of signing, by topic."""

from smartkampung.letters.signing.queries.certificates import (
    certificate_of,
    ready_to_sign,
)
from smartkampung.letters.signing.queries.keys import read_payload

__all__ = ["certificate_of", "read_payload", "ready_to_sign"]
