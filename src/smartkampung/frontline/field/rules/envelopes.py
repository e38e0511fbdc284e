"""What a phone sends: read without trust, and fingerprinted as the phone does it."""

import json
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from hashlib import sha256
from typing import Any

HASHED = ("kind", "target", "opened_at", "body", "photos", "signature")
# Names of what has no readable id: equal content gets an equal one.
UNNAMED = uuid.UUID("0c6ab2b2-8f5b-4b8a-9a36-5f7a0e6f9d11")
MOST_PHOTOS = 10
LONGEST_KIND, LONGEST_TARGET = 30, 60


class Fault(StrEnum):
    """What makes a record unreadable as a whole."""

    NO_OBJECT = "no_object"
    ID = "id"
    KIND = "kind"
    TARGET = "target"
    SAVED_AT = "saved_at"
    POSITION = "position"
    PHOTOS = "photos"
    SIGNATURE = "signature"
    BODY = "body"


@dataclass(frozen=True)
class Position:
    """Where the phone was, in degrees, and how many metres that may be off."""

    lat: float
    lng: float
    accuracy: float


@dataclass(frozen=True)
class Envelope:
    """One record as it came. ``raw`` is kept; the rest is what could be read of it."""

    form_id: uuid.UUID
    body_hash: str
    raw: Any
    kind: str = ""
    target: str = ""
    body: Mapping[str, Any] | None = None
    saved_at: datetime | None = None
    position: Position | None = None
    photos: tuple[uuid.UUID, ...] = ()
    signature: uuid.UUID | None = None
    faults: tuple[Fault, ...] = ()

    def __repr__(self) -> str:
        """Name the form only: a record in a log must not tell about anybody."""
        return f"<Envelope {self.form_id}>"


def hash_of(raw: Mapping[str, Any]) -> str:
    """Return the fingerprint of a record: SHA-256 over its canonical JSON."""
    return sha256(_canonical({name: raw.get(name) for name in HASHED})).hexdigest()


def _canonical(value: Any) -> bytes:
    text = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return text.encode("utf-8", "surrogatepass")


def envelope_of(raw: Any) -> Envelope:
    """Return what can be read of a record, whatever it is."""
    if not isinstance(raw, dict):
        plain = _canonical(raw)
        name = uuid.uuid5(UNNAMED, sha256(plain).hexdigest())
        return Envelope(name, sha256(plain).hexdigest(), raw, faults=(Fault.NO_OBJECT,))
    body_hash = hash_of(raw)
    faults: list[Fault] = []
    form_id = _uuid(raw.get("id"))
    if form_id is None:
        faults.append(Fault.ID)
        form_id = uuid.uuid5(UNNAMED, body_hash)
    return Envelope(
        form_id,
        body_hash,
        raw,
        kind=_word(raw.get("kind"), LONGEST_KIND, Fault.KIND, faults),
        target=_word(raw.get("target") or "", LONGEST_TARGET, Fault.TARGET, faults),
        body=_body(raw, faults),
        saved_at=_moment(raw.get("saved_at"), faults),
        position=_position(raw.get("position"), faults),
        photos=_photos(raw.get("photos"), faults),
        signature=_signature(raw.get("signature"), faults),
        faults=tuple(faults),
    )


def read_moment(value: Any) -> datetime | None:
    """Return a moment with its time zone, or None when it is none."""
    try:
        found = datetime.fromisoformat(value)
    except (TypeError, ValueError):
        return None
    return found if found.tzinfo is not None and 2000 <= found.year < 2200 else None


def read_uuid(value: Any) -> uuid.UUID | None:
    """Return an id as programs make them, or None."""
    return _uuid(value)


def _uuid(value: Any) -> uuid.UUID | None:
    try:
        return uuid.UUID(value) if isinstance(value, str) else None
    except ValueError:
        return None


def _word(value: Any, most: int, fault: Fault, faults: list[Fault]) -> str:
    if (
        not isinstance(value, str)
        or len(value) > most
        or not (value.isascii() and value.isprintable())
    ):
        faults.append(fault)
        return ""
    return value


def _body(raw: Mapping[str, Any], faults: list[Fault]) -> Mapping[str, Any] | None:
    body = raw.get("body")
    if isinstance(body, dict):
        return body
    faults.append(Fault.BODY)
    return None


def _moment(value: Any, faults: list[Fault]) -> datetime | None:
    found = read_moment(value)
    if found is None:
        faults.append(Fault.SAVED_AT)
    return found


def _position(value: Any, faults: list[Fault]) -> Position | None:
    if value is None:
        return None
    try:
        lat, lng = float(value["lat"]), float(value["lon"])
        accuracy = float(value.get("accuracy") or 0)
    except (TypeError, KeyError, ValueError, AttributeError, OverflowError):
        faults.append(Fault.POSITION)
        return None
    if not (-90 <= lat <= 90 and -180 <= lng <= 180):
        faults.append(Fault.POSITION)
        return None
    return Position(lat, lng, accuracy)


def _photos(value: Any, faults: list[Fault]) -> tuple[uuid.UUID, ...]:
    named = value if isinstance(value, list) else [] if value is None else [None]
    found = [_uuid(one) for one in named]
    if len(found) > MOST_PHOTOS or None in found:
        faults.append(Fault.PHOTOS)
    return tuple(one for one in found[:MOST_PHOTOS] if one is not None)


def _signature(value: Any, faults: list[Fault]) -> uuid.UUID | None:
    found = _uuid(value)
    if found is None and value is not None:
        faults.append(Fault.SIGNATURE)
    return found
