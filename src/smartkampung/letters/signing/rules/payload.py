"""What the square on a paper says, signed, in so few bytes that a phone reads it.

Laid out as: version, number of the key, letter's code, village, kind, number, day of issue,
last day, print of the facts, Ed25519 signature. Base 32 in capitals, because a square
holds capitals and digits in half the space of small letters; so its address is in
capitals, too. A text has one form only: what decodes to the same bytes but is written
differently is refused.
"""

import base64
import binascii
import hashlib
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import (
    Ed25519PrivateKey,
    Ed25519PublicKey,
)

VERSION = 1
DOMAIN = b"smartkampung.letter\x00"
EPOCH = date(2000, 1, 1)
PRINT_BYTES = 16
SIGNATURE_BYTES = 64
LONGEST_TEXT = 1_000
VILLAGE_BYTES = 5
VILLAGE = re.compile(r"\d\d\.\d\d\.\d\d\.\d{4}")
ADDRESS = "/V/"
_TEXT = re.compile(r"[A-Z2-7]+")


class BadPayload(ValueError):
    """The text is no payload of ours. ``code`` says why; it holds nothing of the text."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Payload:
    """What is said about a letter without asking any database."""

    code: str
    village_code: str
    kind: str
    number: str
    issued_on: date
    valid_until: date | None
    facts_print: bytes
    # Whose signature it is; no part of what is said.
    key_number: int = field(default=0, compare=False)


def facts_print(facts: Mapping[str, str], *, salt: bytes) -> bytes:
    """Return the print of what stands on a paper.

    The salt is random and kept with the facts: without it nobody finds a NIK by
    printing all that there could be.
    """
    said = json.dumps(dict(facts), sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(salt + said.encode()).digest()[:PRINT_BYTES]


def seal(payload: Payload, *, key_number: int, key: Ed25519PrivateKey) -> str:
    """Return the signed text of a payload."""
    body = bytes([VERSION, key_number]) + _packed(payload)
    whole = body + key.sign(DOMAIN + body)
    return base64.b32encode(whole).decode().rstrip("=")


def address(site: str, text: str) -> str:
    """Return what goes into the square: the page that checks the text, in capitals."""
    return f"{site.rstrip('/').upper()}{ADDRESS}{text}"


def text_of(typed: str) -> str:
    """Return the payload within an address, or what was typed, without spaces."""
    text = "".join(typed.split()).upper()
    return text.rpartition(ADDRESS)[2].strip("/")


def read(typed: str, key_of: Callable[[int], bytes | None]) -> Payload:
    """Return what a text says; raise BadPayload unless a key of ours signed it.

    ``key_of`` returns the public key with a number, or None.
    """
    whole = _bytes(text_of(typed))
    if len(whole) < 2 + SIGNATURE_BYTES:
        raise BadPayload("short")
    body, signature = whole[:-SIGNATURE_BYTES], whole[-SIGNATURE_BYTES:]
    if body[0] != VERSION:
        raise BadPayload("version")
    public = key_of(body[1])
    if public is None:
        raise BadPayload("unknown_key")
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, DOMAIN + body)
    except InvalidSignature:
        raise BadPayload("altered") from None
    return replace(_unpacked(body[2:]), key_number=body[1])


def looks_like(typed: str) -> bool:
    """Say whether a text could be a payload; a letter's code is much shorter."""
    text = text_of(typed)
    return len(text) > SIGNATURE_BYTES and _TEXT.fullmatch(text) is not None


def _bytes(text: str) -> bytes:
    if len(text) > LONGEST_TEXT or not _TEXT.fullmatch(text):
        raise BadPayload("not_ours")
    try:
        whole = base64.b32decode(text + "=" * (-len(text) % 8))
    except binascii.Error:
        raise BadPayload("not_ours") from None
    if base64.b32encode(whole).decode().rstrip("=") != text:
        raise BadPayload("altered")
    return whole


def _packed(payload: Payload) -> bytes:
    if not VILLAGE.fullmatch(payload.village_code):
        raise ValueError("a village has a code such as 35.10.09.2003")
    if len(payload.facts_print) != PRINT_BYTES:
        raise ValueError(f"a print has {PRINT_BYTES} bytes")
    village = int(payload.village_code.replace(".", "")).to_bytes(VILLAGE_BYTES, "big")
    return b"".join(
        [
            *(_short(text) for text in (payload.code, payload.kind, payload.number)),
            village,
            _day(payload.issued_on),
            _day(payload.valid_until) if payload.valid_until else b"\x00\x00",
            payload.facts_print,
        ]
    )


def _short(text: str) -> bytes:
    data = text.encode()
    if not 0 < len(data) < 64:
        raise ValueError("code, kind and number have 1 to 63 bytes")
    return bytes([len(data)]) + data


def _day(on: date) -> bytes:
    return (on - EPOCH).days.to_bytes(2, "big")


def _unpacked(body: bytes) -> Payload:
    """Read what we signed ourselves: a fault here is a bug of the writer."""
    texts = []
    for _ in range(3):
        length, body = body[0], body[1:]
        texts.append(body[:length].decode())
        body = body[length:]
    digits = f"{int.from_bytes(body[:VILLAGE_BYTES], 'big'):010d}"
    rest = body[VILLAGE_BYTES:]
    until = int.from_bytes(rest[2:4], "big")
    return Payload(
        code=texts[0],
        kind=texts[1],
        number=texts[2],
        village_code=f"{digits[:2]}.{digits[2:4]}.{digits[4:6]}.{digits[6:]}",
        issued_on=EPOCH + timedelta(days=int.from_bytes(rest[:2], "big")),
        valid_until=EPOCH + timedelta(days=until) if until else None,
        facts_print=rest[4:],
    )
