"""The list of letters and certificates that ended, signed, for who checks without a line.

Codes of letters are public (they stand in squares), and so are serials of certificates;
the list says nothing else.
"""

import base64
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import (
    Ed25519PrivateKey,
    Ed25519PublicKey,
)

DOMAIN = b"smartkampung.revoked\x00"


class BadList(ValueError):
    """The file is no list of ours, or was altered."""


@dataclass(frozen=True)
class RevokedList:
    """What ended, and until which moment the list knows."""

    at: datetime
    codes: frozenset[str]
    certificates: Mapping[int, datetime]


def write(
    codes: Iterable[str],
    certificates: Mapping[int, datetime],
    *,
    at: datetime,
    key_number: int,
    key: Ed25519PrivateKey,
) -> str:
    """Return the signed list as a file."""
    ended = {f"{serial:x}": when.isoformat() for serial, when in certificates.items()}
    said = json.dumps(
        {"at": at.isoformat(), "codes": sorted(codes), "certificates": ended}
    )
    signature = base64.b64encode(key.sign(DOMAIN + said.encode())).decode()
    return json.dumps({"key": key_number, "list": said, "signature": signature})


def read(text: str, key_of: Callable[[int], bytes | None]) -> RevokedList:
    """Return what a list says; raise BadList unless a key of ours signed it."""
    try:
        told = json.loads(text)
        said, number = str(told["list"]), int(told["key"])
        signature = base64.b64decode(told["signature"], validate=True)
        public = key_of(number)
        if public is None:
            raise BadList("unknown key")
        Ed25519PublicKey.from_public_bytes(public).verify(
            signature, DOMAIN + said.encode()
        )
        inner = json.loads(said)
        ended = inner["certificates"].items()
        return RevokedList(
            datetime.fromisoformat(inner["at"]),
            frozenset(inner["codes"]),
            {int(serial, 16): datetime.fromisoformat(when) for serial, when in ended},
        )
    except (ValueError, TypeError, KeyError, AttributeError, InvalidSignature) as error:
        raise BadList(type(error).__name__) from None
