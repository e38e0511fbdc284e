"""How events are written as text to be signed, and what can be wrong with the diary.

Every event is signed when it is written. Minutes later a *seal* signs a stretch of them
and the seal before it, so that nobody who acts waits for the chain.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from smartkampung.kernel import chains
from smartkampung.kernel.chains import Fault, Wrong, against_kept, moment

# What is signed, so that no signature can stand for another thing.
EVENT, SEAL = "audit.event", "audit.seal"


class Said(NamedTuple):
    """All that an event says; ``at`` as text, ``detail`` as JSON has it."""

    at: str
    name: str
    by: str
    target_kind: str
    target_id: str
    region_code: str
    detail: Any

    @property
    def text(self) -> str:
        """Return what is signed, in one way only."""
        return json.dumps(
            self, sort_keys=True, ensure_ascii=False, separators=(",", ":")
        )


@dataclass(frozen=True)
class SealFacts:
    """One seal as it stands in the database, or as somebody kept it elsewhere."""

    number: int
    count: int
    sealed_at: datetime
    mac: str


class Kind(Wrong):
    """The ways in which somebody may have tampered with the diary, and their words."""

    CHANGED = chains.CHANGED
    UNSIGNED = chains.UNSIGNED
    DELETED = chains.DELETED
    REPEATED = "repeated", "stands under two seals"
    SEAL_BROKEN = chains.SEAL_BROKEN
    SEAL_MISSING = chains.SEAL_MISSING
    CUT_OFF = chains.CUT_OFF
    REWRITTEN = chains.REWRITTEN


@dataclass(frozen=True)
class Proof:
    """What a whole look at the diary found. ``waiting`` events have no seal yet."""

    events: int
    seals: int
    waiting: int
    faults: tuple[Fault, ...]

    @property
    def whole(self) -> bool:
        """Say whether nothing is wrong."""
        return not self.faults


def seal_text(*, number: int, at: datetime, events: str, before: str) -> str:
    """Return what a seal says: its stretch (a digest of it) and the seal before it."""
    return json.dumps([number, moment(at), events, before])


def line(number: int, mac: bytes) -> bytes:
    """Return what a seal takes up of one event: its number and its signature."""
    return f"{number}:{mac.hex()}\n".encode()


def read_seals(content: Any) -> list[SealFacts]:
    """Return the seals of the diary that a checkpoint holds.

    One that was made before there were any holds none. Raises ValueError in words.
    """
    rows = content.get("event_seals", []) if isinstance(content, dict) else None
    try:
        return [
            SealFacts(
                number=int(row["number"]),
                count=int(row["count"]),
                sealed_at=datetime.fromisoformat(row["sealed_at"]),
                mac=str(row["mac"]),
            )
            for row in rows or []
        ]
    except (KeyError, TypeError, ValueError):
        raise ValueError(
            "one of its event_seals lacks number, count, sealed_at or mac"
        ) from None


def against_checkpoint(
    kept: Iterable[SealFacts], now: Mapping[int, SealFacts]
) -> Iterable[Fault]:
    """Return what differs from seals that somebody kept outside the database."""
    return against_kept(kept, now, kinds=Kind, subject="event seal")
