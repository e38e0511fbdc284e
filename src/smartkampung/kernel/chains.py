"""What chains of signatures share: how a time is signed, and what can be wrong with one.

Pure: the rules of ledger and diary are made of it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Protocol

# ``text_of_moment`` in kernel/snapshot.py writes the same in the database.
MOMENT = "%Y-%m-%dT%H:%M:%S.%f"


class Wrong(StrEnum):
    """A way in which somebody may have tampered, and its words.

    A chain names its own; those below can happen to every chain.
    """

    says: str

    def __new__(cls, value: str, says: str = "") -> "Wrong":
        one = str.__new__(cls, value)
        one._value_, one.says = value, says
        return one


CHANGED = ("changed", "says something else than what was signed")
UNSIGNED = ("unsigned", "was not written by this program")
DELETED = ("deleted", "was deleted")
SEAL_BROKEN = ("seal_broken", "does not fit what it seals, or the seal before it")
SEAL_MISSING = ("seal_missing", "is missing")
CUT_OFF = ("cut_off", "was there at the checkpoint and is gone")
REWRITTEN = ("rewritten", "is another one than at the checkpoint")


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong: what it is about (kind of row and its number or name)."""

    kind: Wrong
    subject: str
    number: int | str

    @property
    def words(self) -> str:
        """Return the fault as a sentence."""
        return f"{self.subject} {self.number} {self.kind.says}"


class Seal(Protocol):
    """A seal as it stands in the database, or as somebody kept it elsewhere."""

    @property
    def number(self) -> int:
        """Return its place: seals have no gaps."""


def moment(at: datetime) -> str:
    """Return a time as it is signed."""
    return at.astimezone(UTC).strftime(MOMENT)


def against_kept(
    kept: Iterable[Seal], now: Mapping[int, Seal], *, kinds: type[Wrong], subject: str
) -> Iterable[Fault]:
    """Yield what differs from seals that somebody kept outside the database."""
    for seal in kept:
        here = now.get(seal.number)
        if here is None:
            yield Fault(kinds(CUT_OFF[0]), subject, seal.number)
        elif here != seal:
            yield Fault(kinds(REWRITTEN[0]), subject, seal.number)
