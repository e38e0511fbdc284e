"""What can be wrong with a ledger, and which row it is about."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from smartkampung.kernel import chains
from smartkampung.kernel.chains import Fault, Wrong, against_kept
from smartkampung.ledger.rules.chain import SealFacts


class Kind(Wrong):
    """The ways in which somebody may have tampered with the ledger, and their words."""

    CHANGED = chains.CHANGED
    UNSIGNED = chains.UNSIGNED
    DELETED = chains.DELETED
    GAP = "gap", "is missing from the chain"
    MOVED = "moved", "is not where it was put in the chain"
    SEAL_BROKEN = chains.SEAL_BROKEN
    SEAL_MISSING = chains.SEAL_MISSING
    CUT_OFF = chains.CUT_OFF
    REWRITTEN = chains.REWRITTEN
    UNBALANCED = "unbalanced", "does not sum to zero"
    ORPHAN = "orphan", "belongs to no transfer"
    REPEATED = "repeated", "was done before: another transfer has its key"
    BALANCE = "balance", "holds another amount than its entries say"
    BELOW_ZERO = "below_zero", "is below zero and may not be"
    GUARD = "guard", "no longer guards ledger or diary as it should"


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
    """Return what differs from seals that somebody kept outside the database."""
    return against_kept(kept, now, kinds=Kind, subject="seal")
