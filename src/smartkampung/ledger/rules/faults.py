"""What can be wrong with a ledger, and which row it is about."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from smartkampung.ledger.rules.chain import SealFacts


class Kind(StrEnum):
    """The ways in which somebody may have tampered. Words: ``WORDS``."""

    CHANGED = "changed"
    UNSIGNED = "unsigned"
    DELETED = "deleted"
    GAP = "gap"
    MOVED = "moved"
    SEAL_BROKEN = "seal_broken"
    SEAL_MISSING = "seal_missing"
    CUT_OFF = "cut_off"
    REWRITTEN = "rewritten"
    UNBALANCED = "unbalanced"
    ORPHAN = "orphan"
    REPEATED = "repeated"
    BALANCE = "balance"
    BELOW_ZERO = "below_zero"
    GUARD = "guard"


WORDS = {
    Kind.CHANGED: "says something else than what was signed",
    Kind.UNSIGNED: "was not written by this program",
    Kind.DELETED: "was deleted",
    Kind.GAP: "is missing from the chain",
    Kind.MOVED: "is not where it was put in the chain",
    Kind.SEAL_BROKEN: "does not fit what it seals, or the seal before it",
    Kind.SEAL_MISSING: "is missing",
    Kind.CUT_OFF: "was there at the checkpoint and is gone",
    Kind.REWRITTEN: "is another one than at the checkpoint",
    Kind.UNBALANCED: "does not sum to zero",
    Kind.ORPHAN: "belongs to no transfer",
    Kind.REPEATED: "was done before: another transfer has its key",
    Kind.BALANCE: "holds another amount than its entries say",
    Kind.BELOW_ZERO: "is below zero and may not be",
    Kind.GUARD: "no longer guards the ledger as it should",
}


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong: what it is about (kind of row and its number or name)."""

    kind: Kind
    subject: str
    number: int | str

    @property
    def words(self) -> str:
        """Return the fault as a sentence."""
        return f"{self.subject} {self.number} {WORDS[self.kind]}"


@dataclass(frozen=True)
class Proof:
    """What a whole look at the ledger found. ``waiting`` transfers have no seal yet."""

    transfers: int
    seals: int
    waiting: int
    faults: tuple[Fault, ...]

    @property
    def whole(self) -> bool:
        """Say whether nothing is wrong."""
        return not self.faults


def gaps(positions: Iterable[int], *, last: int) -> Iterable[Fault]:
    """Yield a fault for each position up to ``last`` that nobody holds."""
    expected = 1
    for position in positions:
        yield from (Fault(Kind.GAP, "link", n) for n in range(expected, position))
        expected = position + 1
    yield from (Fault(Kind.GAP, "link", n) for n in range(expected, last + 1))


def against_checkpoint(
    kept: Iterable[SealFacts], now: Mapping[int, SealFacts]
) -> Iterable[Fault]:
    """Yield what differs from seals that somebody kept outside the database."""
    for seal in kept:
        here = now.get(seal.number)
        if here is None:
            yield Fault(Kind.CUT_OFF, "seal", seal.number)
        elif here != seal:
            yield Fault(Kind.REWRITTEN, "seal", seal.number)
