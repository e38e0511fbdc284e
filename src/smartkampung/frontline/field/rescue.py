"""Open what a phone saved because it could not send: a rescue file.

The phone encrypts its queue under a key of its own, and that key for ours: a pair on
P-256, made from the key file, so that nothing new has to be kept or backed up.
"""

import base64
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from functools import lru_cache
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.utils.translation import gettext as _

from smartkampung.kernel.errors import Refused
from smartkampung.kernel.sealed import blind_indexes

FORMAT = "smartkampung-field-rescue/2"
# Beside the boxes stood whether a form was finished, and how the clock went: who carries
# the file could change both, so they count for nothing.
EARLIER = "smartkampung-field-rescue/1"
# Phones wrapped their key under this name when they were enrolled.
WRAPPING = EARLIER
FURTHEST = timedelta(days=100 * 365)
CURVE = ec.SECP256R1()
# The order of P-256: private keys are numbers below it.
ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551


NOT_OURS = (
    ValueError,
    KeyError,
    TypeError,
    AttributeError,
    OverflowError,
    RecursionError,
    InvalidTag,
)


class NotARescueFile(Refused):
    """The file is none that the field app made, or it was changed."""

    code = "not_a_rescue_file"


@dataclass
class Rescued:
    """What a phone still held: its token, finished forms, half forms, pictures.

    ``unsure`` are forms that an earlier app kept: nobody knows whether they were finished.
    ``ahead`` is how far its clock was ahead of ours when they last met; None when they
    never did.
    """

    token: str
    ahead: timedelta | None
    queued: list[dict[str, Any]] = field(default_factory=list)
    drafts: list[dict[str, Any]] = field(default_factory=list)
    unsure: list[dict[str, Any]] = field(default_factory=list)
    photos: dict[str, bytes] = field(default_factory=dict)


def public_key() -> str:
    """Return the point that phones encrypt their key for, base64."""
    point = next(_private_keys()).public_key()
    raw = point.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    return base64.b64encode(raw).decode()


def read(content: bytes) -> Rescued:
    """Open a rescue file; raise NotARescueFile with what to do."""
    try:
        file = json.loads(content)
        if file["format"] not in (FORMAT, EARLIER):
            raise KeyError
        return _opened(file)
    except NOT_OURS as error:
        raise NotARescueFile(
            _(
                "This is no rescue file of the field app, or it was changed on its way."
                " Save it again on the phone, and send it as a file, not as text."
            )
        ) from error


def _opened(file: dict[str, Any]) -> Rescued:
    cipher = AESGCM(_phone_key(file["key"]))

    def plain(row: dict[str, Any]) -> bytes:
        place = f"{file['vault']}/{row['place']}".encode()
        return cipher.decrypt(_bytes(row["iv"]), _bytes(row["data"]), place)

    person = json.loads(plain(file["person"]))
    clock = json.loads(plain(file["clock"])) if file.get("clock") else None
    rescued = Rescued(token=str(person["token"]), ahead=_ahead(clock))
    for row in file["records"]:
        # What stands beside the box is for the phone: who carries the file could
        # change it. Whether somebody said "save" lies inside.
        entry = json.loads(plain(row))
        kept = {None: rescued.unsure, "queued": rescued.queued}
        kept.get(entry.get("state"), rescued.drafts).append(entry)
    for row in file["photos"]:
        name = str(row["place"]).removeprefix("photos/")
        rescued.photos[name] = plain(row)
    return rescued


def _ahead(clock: Any) -> timedelta | None:
    if clock is None:
        return None
    ahead = timedelta(milliseconds=float(clock["ahead"]))
    if abs(ahead) > FURTHEST:
        raise OverflowError
    return ahead


def _phone_key(key: dict[str, str]) -> bytes:
    """Return the key of the phone, sealed for us under any live version of ours."""
    point = _bytes(key["point"])
    theirs = ec.EllipticCurvePublicKey.from_encoded_point(CURVE, point)
    for mine in _private_keys():
        secret = mine.exchange(ec.ECDH(), theirs)
        wrapping = HKDF(SHA256(), 32, salt=point, info=WRAPPING.encode()).derive(secret)
        try:
            return AESGCM(wrapping).decrypt(_bytes(key["iv"]), _bytes(key["box"]), None)
        except InvalidTag:
            continue
    raise InvalidTag


def _private_keys() -> Iterator[ec.EllipticCurvePrivateKey]:
    """Make our key of each live version, the current one first."""
    halves = zip(
        blind_indexes("first", WRAPPING), blind_indexes("second", WRAPPING), strict=True
    )
    for first, second in halves:
        yield _private_key(first[1:] + second[1:])


@lru_cache(maxsize=8)
def _private_key(seed: bytes) -> ec.EllipticCurvePrivateKey:
    wide = HKDF(SHA256(), 48, salt=None, info=WRAPPING.encode()).derive(seed)
    return ec.derive_private_key(int.from_bytes(wide) % (ORDER - 1) + 1, CURVE)


def _bytes(text: str) -> bytes:
    return base64.b64decode(text, validate=True)
