"""What we ask of whoever makes signatures: ourselves, or the national service."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from smartkampung.letters.signing.rules.levels import Level


class BadPassphrase(Exception):
    """The passphrase does not open the officer's key. It counts."""


class Unavailable(Exception):
    """No signature can be had now; the letter waits. ``code`` is kept and shown."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class NotSigned(Exception):
    """There will be no signature: ``code`` says what somebody must mend."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Signer:
    """Who signs. ``secret`` is the locked key, or the NIK a remote service knows."""

    holder: str
    certificate: str
    secret: bytes = field(repr=False)


@dataclass(frozen=True)
class Room:
    """Room on a page for what a later signer adds: the page from 0, a box in points."""

    page: int
    box: tuple[float, float, float, float]
    words: str = ""


@dataclass(frozen=True)
class Laid:
    """What a later signer adds in the room that was left: in words, and drawn."""

    words: str
    pdf: bytes = field(repr=False)


@dataclass(frozen=True)
class Words:
    """What comes with a signature: why, where, the letter's proof, and what is seen.

    ``proof`` is the address in the square of the paper: a checker reads it from the
    file, where no bit of it can change. The first signature leaves ``room``, a later one
    fills it with what is ``laid`` there.
    """

    reason: str = ""
    place: str = ""
    proof: str = ""
    room: Room | None = None
    laid: Laid | None = None


class Pen(Protocol):
    """An officer's key, opened once for some letters."""

    @property
    def level(self) -> Level:
        """Return what its signatures prove."""

    def sign(self, pdf: bytes, *, words: Words, at: datetime) -> bytes:
        """Return the signed PDF; raise BadPassphrase, Unavailable or NotSigned."""


class SignaturePort(Protocol):
    """One maker of signatures."""

    def open(self, signer: Signer, passphrase: str, *, at: datetime) -> Pen:
        """Return the officer's pen; raise BadPassphrase when it is known already."""
