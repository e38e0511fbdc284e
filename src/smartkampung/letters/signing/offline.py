"""Judges a letter by what was taken home: no database, no network."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from cryptography.x509 import Certificate

from smartkampung.letters.signing.rules import payload as square
from smartkampung.letters.signing.rules.reports import Fault, Report, Signature
from smartkampung.letters.signing.rules.revoked import RevokedList
from smartkampung.letters.signing.rules.verdicts import (
    FROM_PAYLOAD,
    Verdict,
    judged,
)


@dataclass(frozen=True)
class Taken:
    """Keys, roots, and what was revoked when they were fetched."""

    keys: Mapping[int, bytes]
    roots: list[Certificate]
    revoked: RevokedList | None
    outside: Sequence[Certificate] = ()
    clocks: Sequence[Certificate] = ()


@dataclass(frozen=True)
class Judged:
    """A verdict, and what it rests on."""

    verdict: Verdict
    payload: square.Payload | None = None
    signatures: tuple[Signature, ...] = ()


def judged_text(typed: str, taken: Taken, *, on: date) -> Judged:
    """Judge the text of a square."""
    try:
        payload = square.read(typed, taken.keys.get)
    except square.BadPayload as bad:
        return Judged(FROM_PAYLOAD[bad.code])
    ended = _ended(payload, taken.revoked)
    return Judged(judged(payload, None, on=on, ended=ended), payload)


def judged_pdf(
    pdf: bytes,
    taken: Taken,
    *,
    check: Callable[..., Report | None],
    on: date,
) -> Judged:
    """Judge a file by its signatures and by the square that they carry.

    ``check`` is ``checking.check_pdf``: handed in, because it takes a second to load.
    """
    certificates = taken.revoked.certificates if taken.revoked else {}
    report = check(
        pdf,
        roots=taken.roots,
        revoked=certificates,
        outside=taken.outside,
        clocks=taken.clocks,
    )
    if report is None or not report.signatures:
        return Judged(Verdict.NOT_OURS)
    if not report.sound:
        strangers = all(one.fault is Fault.STRANGER for one in report.signatures)
        verdict = Verdict.NOT_OURS if strangers else Verdict.ALTERED
        return Judged(verdict, signatures=report.signatures)
    if not (report.proof and report.ours):
        return Judged(Verdict.NOT_TIED, signatures=report.signatures)
    by_square = judged_text(report.proof, taken, on=on)
    return Judged(by_square.verdict, by_square.payload, report.signatures)


def _ended(payload: square.Payload, listed: RevokedList | None) -> bool | None:
    """Say whether a list knows that a letter ended; None when it cannot know."""
    if listed is None:
        return None
    if payload.code in listed.codes:
        return True
    # A letter younger than the list was not there to be revoked.
    return None if payload.issued_on > listed.at.date() else False
