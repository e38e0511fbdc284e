"""How transfers are written as text to be signed, and how the signatures hang together.

Every transfer is signed when it is written. Later it gets a position in a chain: a
*link* signs position and transfer, a *seal* signs a stretch of links and the seal
before it. The signing key is not in the database. What somebody who may write
everything there can still do stands in docs/how-to/verify.md, "What it cannot see".
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from smartkampung.kernel.chains import moment

# What is signed, so that no signature can stand for another thing.
TRANSFER, LINK, SEAL = "ledger.transfer", "ledger.link", "ledger.seal"
ACCOUNT = "ledger.account"
PART, WITHIN = "\x1f", "\x1e"
# What stands in the database in place of a separator that somebody wrote into a field:
# it is in no text that was ever signed, so such a row says something else.
FOREIGN = "\x1d"
CHECKPOINT_KIND = "smartkampung ledger checkpoint"


@dataclass(frozen=True)
class SealFacts:
    """One seal as it stands in the database, or as somebody kept it elsewhere."""

    number: int
    first: int
    last: int
    sealed_at: datetime
    mac: str


class BadCheckpoint(ValueError):
    """This file is not a checkpoint; the message says why."""


def transfer_text(
    *, key: str, kind: str, at: datetime, by: str, legs: Iterable[tuple[str, int]]
) -> str:
    """Return what a transfer says, in one way only: the order of legs is no matter.

    Raises ValueError when a field holds a separator: two transfers would say the same.
    """
    legs = sorted(legs)
    for field in (key, kind, by, *(account for account, _amount in legs)):
        _one_field(field)
    entries = [f"{account}{WITHIN}{amount}" for account, amount in legs]
    return PART.join([key, kind, moment(at), by, *entries])


def account_text(*, code: str, commodity: str, may_go_below_zero: bool) -> str:
    """Return what an account says; its balance is what its entries say."""
    allowed = "below zero" if may_go_below_zero else "never below zero"
    return PART.join([_one_field(code), _one_field(commodity), allowed])


def _one_field(field: str) -> str:
    if any(mark in field for mark in (PART, WITHIN, FOREIGN)):
        raise ValueError(f"a separator of the ledger stands in {field!r}")
    return field


def link_text(*, position: int, transfer: int, seal: int, mac: str) -> str:
    """Return what a link says: which transfer, with which contents, stands where."""
    return PART.join([str(position), str(transfer), str(seal), mac])


def seal_text(
    *, number: int, first: int, last: int, at: datetime, links: str, before: str
) -> str:
    """Return what a seal says: its stretch (a digest of it) and the seal before it."""
    stretch = [str(number), str(first), str(last)]
    return PART.join([*stretch, moment(at), links, before])


def read_checkpoint(content: object) -> list[SealFacts]:
    """Return the seals that an auditor kept; raise BadCheckpoint in words."""
    if not isinstance(content, dict) or content.get("kind") != CHECKPOINT_KIND:
        raise BadCheckpoint(f'the file does not say "kind": "{CHECKPOINT_KIND}"')
    rows = content.get("seals")
    if not isinstance(rows, list):
        raise BadCheckpoint('there is no list of "seals"')
    return [_seal(place, row) for place, row in enumerate(rows, start=1)]


def _seal(place: int, row: object) -> SealFacts:
    try:
        if not isinstance(row, dict):
            raise TypeError
        return SealFacts(
            number=int(row["number"]),
            first=int(row["first"]),
            last=int(row["last"]),
            sealed_at=datetime.fromisoformat(row["sealed_at"]),
            mac=str(row["mac"]),
        )
    except (KeyError, TypeError, ValueError):
        raise BadCheckpoint(
            f"seal {place} of the file lacks one of number, first, last, sealed_at, mac"
        ) from None
