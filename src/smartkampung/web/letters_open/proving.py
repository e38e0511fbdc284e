"""Puts together what square and register say about a letter."""

import logging
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.core.cache import caches
from django.db import DatabaseError, transaction
from django.utils.translation import get_language

from smartkampung.letters.catalogue.queries import wording_by
from smartkampung.letters.signing.queries.keys import distrusted_keys, public_keys
from smartkampung.letters.signing.register import register
from smartkampung.letters.signing.rules import payload as square
from smartkampung.letters.signing.rules.verdicts import (
    BELIEVED,
    FROM_PAYLOAD,
    Paper,
    Proof,
    Verdict,
    judged,
    not_the_letter,
)
from smartkampung.letters.signing.words import VERDICTS, Said
from smartkampung.regions.queries import names
from smartkampung.web.letters_open.forms import squeezed

# A new key signs nothing that is read in the same minute by an old process.
KEYS, DISTRUSTED, KEYS_FOR = "letters.keys", "letters.distrusted", 60
TELLS_NOTHING = {Verdict.ALTERED, Verdict.UNKNOWN, Verdict.NOT_ISSUED}
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Shown:
    """A verdict and what may be said beside it: nothing about a person."""

    verdict: Verdict
    typed: str
    code: str = ""
    kind: str = ""
    village: str = ""
    number: str = ""
    issued_on: date | None = None
    valid_until: date | None = None
    ended_on: date | None = None
    in_register: bool = False

    @property
    def said(self) -> Said:
        """Return the words."""
        return VERDICTS[self.verdict]

    @property
    def believed(self) -> bool:
        """Say whether the paper may be accepted, as far as is known."""
        return self.verdict in BELIEVED


def proved(typed: str, *, on: date, paper: Paper | None = None) -> Shown:
    """Judge what was scanned or typed: a square, or a letter's code.

    With the ``paper`` that carries a square, the file has to be the letter, too.
    """
    if not square.looks_like(typed):
        code = squeezed(square.text_of(typed))
        if paper is not None:
            return Shown(Verdict.NOT_TIED, typed)
        proof, answered = _kept(code)
        return _shown(typed, None, proof, on, answered)
    try:
        payload = square.read(typed, known_keys().get)
    except square.BadPayload as bad:
        return Shown(FROM_PAYLOAD[bad.code], typed)
    proof, answered = _kept(payload.code)
    if proof is None and not answered and payload.key_number in _distrusted():
        return Shown(Verdict.DISTRUSTED, typed)
    copied = not_the_letter(paper, proof) if paper else None
    return (
        Shown(copied, typed) if copied else _shown(typed, payload, proof, on, answered)
    )


def known_keys() -> dict[int, bytes]:
    """Return the public keys of the regency, asked for once a minute."""
    kept: dict[int, bytes] | None = caches["local"].get(KEYS)
    if not kept:
        kept = public_keys()
        caches["local"].set(KEYS, kept, KEYS_FOR)
    return kept


def _distrusted() -> frozenset[int]:
    kept: frozenset[int] | None = caches["local"].get(DISTRUSTED)
    if kept is None:
        kept = distrusted_keys()
        caches["local"].set(DISTRUSTED, kept, KEYS_FOR)
    return kept


def _kept(code: str) -> tuple[Proof | None, bool]:
    """Return what the register says, and whether it answers at all."""
    try:
        with transaction.atomic():
            return register().proof(code), bool(settings.LETTER_REGISTER)
    except DatabaseError as error:
        log.warning("the register of letters does not answer: %s", type(error).__name__)
        return None, False


def _shown(
    typed: str,
    payload: square.Payload | None,
    proof: Proof | None,
    on: date,
    answered: bool,
) -> Shown:
    verdict = judged(payload, proof, on=on, answered=answered)
    told = proof or payload
    if told is None or verdict in TELLS_NOTHING:
        return Shown(verdict, typed)
    return Shown(
        verdict=verdict,
        typed=typed,
        code=told.code,
        kind=kind_words(told.kind),
        village=names([told.village_code]).get(told.village_code, told.village_code),
        number=told.number,
        issued_on=told.issued_on,
        valid_until=told.valid_until,
        ended_on=proof.ended_on if proof else None,
        in_register=proof is not None,
    )


def kind_words(kind: str) -> str:
    """Return what a kind of letter is called, in the language of the reader."""
    wording = wording_by(kind, None)
    return wording.kind.title.of(get_language() or "id") if wording else kind.upper()
