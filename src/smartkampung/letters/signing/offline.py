"""Judges a letter by what was taken home: no database, no network."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from cryptography.x509 import Certificate

from smartkampung.kernel.clock import day
from smartkampung.letters.signing.checked import checked
from smartkampung.letters.signing.rules import payload as square
from smartkampung.letters.signing.rules.reports import Signature
from smartkampung.letters.signing.rules.revoked import RevokedList
from smartkampung.letters.signing.rules.verdicts import (
    FROM_PAYLOAD,
    Verdict,
    judged,
    no_letter,
)
from smartkampung.letters.signing.x509 import LIST_LIVES


@dataclass(frozen=True)
class Taken:
    """Keys, roots, and what was revoked when they were fetched."""

    keys: Mapping[int, bytes]
    roots: list[Certificate]
    revoked: RevokedList | None
    outside: Sequence[Certificate] = ()
    clocks: Sequence[Certificate] = ()
    distrusted: Collection[int] = ()
    villages: Mapping[str, str] = field(default_factory=dict)


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
    if payload.key_number in taken.distrusted:
        return Judged(Verdict.DISTRUSTED)
    ended = _ended(payload, taken.revoked, on)
    return Judged(judged(payload, None, on=on, ended=ended), payload)


def judged_pdf(pdf: bytes, taken: Taken, *, on: date) -> Judged:
    """Judge a file by its signatures and by the square that they carry."""
    certificates = taken.revoked.certificates if taken.revoked else {}
    report = checked(
        pdf,
        roots=taken.roots,
        revoked=certificates,
        outside=taken.outside,
        clocks=taken.clocks,
    )
    if report is None:
        return Judged(Verdict.NOT_OURS)
    # Without the register, only our own word for the signer ties square and file.
    verdict = no_letter(report) or (None if report.ours else Verdict.NOT_TIED)
    if verdict:
        return Judged(verdict, signatures=report.signatures)
    by_square = judged_text(report.proof, taken, on=on)
    return Judged(by_square.verdict, by_square.payload, report.signatures)


def is_old(listed: RevokedList, *, on: date) -> bool:
    """Say whether a list was taken home too long ago to say that a letter still holds."""
    return on - day(listed.at) > LIST_LIVES


def _ended(
    payload: square.Payload, listed: RevokedList | None, on: date
) -> bool | None:
    """Say whether a list knows that a letter ended; None when it cannot know."""
    if listed is None:
        return None
    if payload.code in listed.codes:
        return True
    # A letter of the list's own day may have been revoked later that day.
    known = payload.issued_on < day(listed.at) and not is_old(listed, on=on)
    return False if known else None
