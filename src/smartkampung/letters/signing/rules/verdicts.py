"""What is said to whoever holds a letter in their hand; pure."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from smartkampung.letters.signing.rules.payload import Payload
from smartkampung.letters.signing.rules.reports import Fault, Report


class Standing(StrEnum):
    """How a letter stands in the register of the one who issued it."""

    VALID = "valid"
    REVOKED = "revoked"
    REPLACED = "replaced"
    # The kecamatan has yet to sign, or refused.
    NOT_ISSUED = "not_issued"


class Verdict(StrEnum):
    """The answer to whoever asks whether a paper is to be believed."""

    VALID = "valid"
    EXPIRED = "expired"
    REVOKED = "revoked"
    REPLACED = "replaced"
    # The signature holds; whether it was revoked since, this machine cannot know.
    SIGNED = "signed"
    SIGNED_EXPIRED = "signed_expired"
    ALTERED = "altered"
    NOT_OURS = "not_ours"
    UNKNOWN = "unknown"
    NOT_ISSUED = "not_issued"
    # The key was stolen or lost, and no register is at hand that knows better.
    DISTRUSTED = "distrusted"
    # Signed by somebody, and nothing ties the file to a letter of ours.
    NOT_TIED = "not_tied"
    UNSIGNED = "unsigned"


BELIEVED = frozenset({Verdict.VALID, Verdict.SIGNED})
FROM_PAYLOAD = {
    "altered": Verdict.ALTERED,
    "short": Verdict.ALTERED,
    "unknown_key": Verdict.NOT_OURS,
    "version": Verdict.NOT_OURS,
    "not_ours": Verdict.NOT_OURS,
}


@dataclass(frozen=True)
class Proof:
    """What the register says about a letter. Nothing of it is about a person."""

    code: str
    standing: Standing
    kind: str
    village_code: str
    number: str
    issued_on: date
    valid_until: date | None
    facts_print: bytes
    ended_on: date | None = None
    sha256: bytes = b""


@dataclass(frozen=True)
class Paper:
    """A sound file: its digest, and whether our own authority vouches for who signed."""

    sha256: bytes
    ours: bool


def agrees(payload: Payload, proof: Proof) -> bool:
    """Say whether square and register speak of the same letter."""
    return (
        payload.kind,
        payload.village_code,
        payload.number,
        payload.issued_on,
        payload.valid_until,
        payload.facts_print,
    ) == (
        proof.kind,
        proof.village_code,
        proof.number,
        proof.issued_on,
        proof.valid_until,
        proof.facts_print,
    )


_STANDS = {
    Standing.REVOKED: Verdict.REVOKED,
    Standing.REPLACED: Verdict.REPLACED,
    Standing.NOT_ISSUED: Verdict.NOT_ISSUED,
}


def judged(
    payload: Payload | None,
    proof: Proof | None,
    *,
    on: date,
    ended: bool | None = None,
    answered: bool = False,
) -> Verdict:
    """Judge a letter by its square, by the register, or by both.

    ``ended`` is what a signed list of revoked letters says, where no register is at
    hand; None when there is no list. ``answered`` says that a register was asked, and
    knows no such letter.
    """
    if proof is None:
        if answered:
            return Verdict.UNKNOWN
        return _by_square(payload, on=on, ended=ended)
    if payload is not None and not agrees(payload, proof):
        return Verdict.ALTERED
    if proof.standing is not Standing.VALID:
        return _STANDS[proof.standing]
    return Verdict.EXPIRED if _over(proof.valid_until, on) else Verdict.VALID


def no_letter(report: Report) -> Verdict | None:
    """Say why a file is no letter by what it says itself; None when its square decides."""
    if not report.signatures:
        return Verdict.UNSIGNED
    if not report.sound:
        strangers = all(one.fault is Fault.STRANGER for one in report.signatures)
        return Verdict.NOT_OURS if strangers else Verdict.ALTERED
    return None if report.proof else Verdict.NOT_TIED


def not_the_letter(paper: Paper, proof: Proof | None) -> Verdict | None:
    """Say why a sound file is not the letter whose square it carries; None when it is.

    A square can be copied into any file. The register knows the file that was issued;
    without it, only our own authority's word for the signer ties square and file.
    """
    tied = paper.ours if proof is None else paper.sha256 == proof.sha256
    return None if tied else Verdict.NOT_TIED


def _by_square(payload: Payload | None, *, on: date, ended: bool | None) -> Verdict:
    if payload is None:
        return Verdict.UNKNOWN
    if ended:
        return Verdict.REVOKED
    over = _over(payload.valid_until, on)
    if ended is None:
        return Verdict.SIGNED_EXPIRED if over else Verdict.SIGNED
    return Verdict.EXPIRED if over else Verdict.VALID


def _over(until: date | None, on: date) -> bool:
    return until is not None and until < on
