"""Signatures made here, by keys that lie here, locked by their officers."""

from dataclasses import dataclass
from datetime import datetime

from smartkampung.letters.signing.adapters.stamps import (
    Authority,
    OutsideClock,
    OwnClock,
    stamp_authority,
)
from smartkampung.letters.signing.checking import check_pdf
from smartkampung.letters.signing.pades import signed_pdf
from smartkampung.letters.signing.passphrases import WrongKey, unlock
from smartkampung.letters.signing.ports import BadPassphrase, Signer, Unavailable, Words
from smartkampung.letters.signing.queries.authority import (
    chain,
    clock_pair,
    issuer_of,
)
from smartkampung.letters.signing.rules.levels import Level
from smartkampung.letters.signing.x509 import BEHIND, Chain, Pair, pair


@dataclass(frozen=True)
class LocalPen:
    """An officer's key, opened."""

    key: Pair
    stamps: Authority | None

    @property
    def level(self) -> Level:
        """Return what its signatures prove: it depends on who tells the time."""
        return Level.LONG_TERM if self.stamps else Level.OWN_TIME

    def sign(self, pdf: bytes, *, words: Words, at: datetime) -> bytes:
        """Return the PDF with one more signature."""
        authority = issuer_of(self.key.certificate)
        clock = (
            OutsideClock(self.stamps)
            if self.stamps
            else OwnClock(clock_pair(authority), at)
        )
        held = chain(authority, at=at)
        signed = signed_pdf(pdf, self.key, held, clock=clock, words=words, at=at)
        if self.stamps and not _witnessed(signed, held, at):
            raise Unavailable("wrong_time")
        return signed


def _witnessed(pdf: bytes, held: Chain, at: datetime) -> bool:
    """Say whether the stamp is of a clock that the operator trusts, and of this moment."""
    report = check_pdf(pdf, roots=[held.root], clocks=held.clocks, revoked={})
    last = report.signatures[-1] if report and report.signatures else None
    if last is None or last.fault is not None or last.at is None:
        return False
    return abs(last.at - at) <= BEHIND


@dataclass(frozen=True)
class LocalPort:
    """Makes signatures with keys that lie here, locked by their officers."""

    stamps: Authority | None = None

    def open(self, signer: Signer, passphrase: str, *, at: datetime) -> LocalPen:
        """Unlock the key; raise BadPassphrase."""
        try:
            key = unlock(signer.secret, passphrase)
        except WrongKey:
            raise BadPassphrase from None
        return LocalPen(pair(signer.certificate, key), self.stamps)


def from_settings() -> LocalPort:
    """Return the port as the operator set it up."""
    return LocalPort(stamp_authority())
