"""Signatures of what message services send to us: receipts, and messages in.

HMAC-SHA256 of ``<timestamp>.<body>`` under the secret that both sides know, in
hexadecimal. The timestamp (seconds since 1970) keeps an old letter from being sent
again.
"""

import hmac
from datetime import datetime

WINDOW_SECONDS = 300


def signature_of(*, secret: str, timestamp: str, body: bytes) -> str:
    """Return the signature of a body at a moment."""
    signed = timestamp.encode() + b"." + body
    return hmac.new(secret.encode(), signed, "sha256").hexdigest()


def is_signed(
    *, secret: str, timestamp: str, body: bytes, signature: str, at: datetime
) -> bool:
    """Say whether a body was signed within five minutes; never without a secret."""
    if not (secret and timestamp.isascii() and timestamp.isdigit()):
        return False
    if len(timestamp) > len("1234567890") + 1:
        return False
    if abs(at.timestamp() - int(timestamp)) > WINDOW_SECONDS:
        return False
    right = signature_of(secret=secret, timestamp=timestamp, body=body)
    return hmac.compare_digest(right.encode(), signature.lower().encode())
