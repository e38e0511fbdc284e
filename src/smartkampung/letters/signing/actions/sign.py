"""Signs letters with the key of an officer, who gives the passphrase each time."""

import base64
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction

from smartkampung.audit.actions import record
from smartkampung.letters.signing.adapters import port
from smartkampung.letters.signing.errors import (
    CertificateExpired,
    KeyLocked,
    NoCertificate,
    SigningRefused,
    SigningUnavailable,
    WrongPassphrase,
)
from smartkampung.letters.signing.models import SigningCertificate
from smartkampung.letters.signing.ports import (
    BadPassphrase,
    NotSigned,
    Pen,
    Signer,
    Unavailable,
    Words,
)
from smartkampung.letters.signing.rules.levels import MOST_TRIES, Level, PortName


@dataclass(frozen=True)
class Signed:
    """A signed letter, by which certificate, and what the signature proves."""

    pdf: bytes = field(repr=False)
    certificate_id: int
    signed_at: datetime
    level: Level


@dataclass(frozen=True)
class OpenedPen:
    """An officer's key, opened for the letters of one request or one job."""

    certificate_id: int
    pen: Pen = field(repr=False)

    def sign(
        self,
        pdf: bytes,
        *,
        at: datetime,
        reason: str = "",
        place: str = "",
        proof: str = "",
    ) -> Signed:
        """Return the letter with one more signature; raise as ``sign_letter`` does."""
        words = Words(reason, place, proof)
        try:
            signed = self.pen.sign(pdf, words=words, at=at)
        except BadPassphrase:
            # The national service tells only now.
            raise _wrong(self.certificate_id, at) from None
        except Unavailable as trouble:
            raise SigningUnavailable(trouble.code) from None
        except NotSigned as trouble:
            raise SigningRefused(trouble.code) from None
        _right(self.certificate_id)
        return Signed(signed, self.certificate_id, at, self.pen.level)


def sign_letter(
    pdf: bytes,
    *,
    staff_id: int,
    passphrase: str,
    at: datetime,
    reason: str = "",
    place: str = "",
    proof: str = "",
) -> Signed:
    """Return a letter signed by an officer; ``proof`` is the address in its square.

    Raises NoCertificate, CertificateExpired, KeyLocked, WrongPassphrase,
    SigningUnavailable or SigningRefused. Callers let the transaction commit when the
    passphrase was wrong, or the try would be forgotten.
    """
    pen = unlock(staff_id=staff_id, passphrase=passphrase, at=at)
    return pen.sign(pdf, at=at, reason=reason, place=place, proof=proof)


def unlock(*, staff_id: int, passphrase: str, at: datetime) -> OpenedPen:
    """Open the key of an officer once, for many letters; raise as ``sign_letter``.

    To be called before any savepoint that may be rolled back: a wrong try counts.
    """
    row = _certificate(staff_id, at)
    secret = base64.b64decode(row.key.open()) if row.key else _nik(row)
    signer = Signer(row.pem, secret)
    try:
        pen = port(PortName(row.port)).open(signer, passphrase, at=at)
    except BadPassphrase:
        raise _wrong(row.pk, at) from None
    except Unavailable as trouble:
        raise SigningUnavailable(trouble.code) from None
    if row.port == PortName.LOCAL:
        _right(row.pk)
    return OpenedPen(row.pk, pen)


def _certificate(staff_id: int, at: datetime) -> SigningCertificate:
    rows = SigningCertificate.objects.select_related("request")
    row = rows.filter(staff_id=staff_id, revoked_at=None).first()
    if row is None:
        raise NoCertificate
    if row.valid_until <= at:
        raise CertificateExpired
    if row.locked_at is not None:
        raise KeyLocked
    return row


def _nik(row: SigningCertificate) -> bytes:
    """Return the number by which the national service knows the officer."""
    sealed = row.request.nik
    return sealed.open().encode() if sealed else b""


def _wrong(certificate_id: int, at: datetime) -> WrongPassphrase | KeyLocked:
    """Count a wrong try; the fifth locks the key for good."""
    with transaction.atomic():
        rows = SigningCertificate.objects.select_for_update(no_key=True)
        row = rows.get(pk=certificate_id)
        row.wrong_tries = min(row.wrong_tries + 1, MOST_TRIES)
        if row.wrong_tries == MOST_TRIES and row.locked_at is None:
            row.locked_at = at
            record(
                "letters.key_locked",
                target=row,
                by="system",
                region_code=row.region_code,
            )
        row.save(update_fields=["wrong_tries", "locked_at"])
    if row.locked_at is not None:
        return KeyLocked()
    return WrongPassphrase(MOST_TRIES - row.wrong_tries)


def _right(certificate_id: int) -> None:
    SigningCertificate.objects.filter(
        pk=certificate_id, locked_at=None, wrong_tries__gt=0
    ).update(wrong_tries=0)
