"""Signs letters with the key of an officer, who gives the passphrase each time."""

import base64
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from smartkampung.audit.actions import record
from smartkampung.kernel.clock import day
from smartkampung.kernel.errors import Refused
from smartkampung.letters.signing.adapters import port
from smartkampung.letters.signing.errors import (
    AnotherOffice,
    CertificateExpired,
    KeyLocked,
    NoCertificate,
    OfficeOver,
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
from smartkampung.letters.signing.queries.offices import holds_office
from smartkampung.letters.signing.rules.levels import MOST_TRIES, Level, PortName

NO_WORDS = Words()


@dataclass(frozen=True)
class Signed:
    """A signed letter, by which certificate, and what the signature proves."""

    pdf: bytes = field(repr=False)
    certificate_id: int
    signed_at: datetime
    level: Level


@dataclass(frozen=True)
class OpenedPen:
    """An officer's key, opened for the letters of one request or one job.

    ``region_code`` is the place of the office that its certificate names.
    """

    certificate_id: int
    region_code: str
    pen: Pen = field(repr=False)
    nip: str = ""  # the number of a civil servant, where the officer is one

    @property
    def remote(self) -> bool:
        """Say whether each signature is asked for elsewhere."""
        return self.pen.level is Level.REMOTE

    def sign(
        self,
        pdf: bytes,
        *,
        region_code: str,
        at: datetime,
        words: Words = NO_WORDS,
    ) -> Signed:
        """Return a letter with one more signature, in the name of an office there.

        Raises AnotherOffice, KeyLocked, WrongPassphrase, SigningUnavailable or
        SigningRefused.
        """
        if region_code != self.region_code:
            raise AnotherOffice
        # The national service tells of a wrong passphrase only now: see ``unlock``.
        with transaction.atomic():
            answer = self._signed(pdf, words, at)
        if isinstance(answer, Refused):
            raise answer
        return Signed(answer, self.certificate_id, at, self.pen.level)

    def _signed(self, pdf: bytes, words: Words, at: datetime) -> bytes | Refused:
        row = _locked().get(pk=self.certificate_id)
        if row.revoked_at is not None:
            return SigningRefused("certificate")
        if row.locked_at is not None:
            return KeyLocked()
        try:
            signed = self.pen.sign(pdf, words=words, at=at)
        except BadPassphrase:
            return _wrong(row, at)
        except Unavailable as trouble:
            return SigningUnavailable(trouble.code)
        except NotSigned as trouble:
            return SigningRefused(trouble.code)
        _right(row)
        return signed


def unlock(*, staff_id: int, passphrase: str, at: datetime) -> OpenedPen:
    """Open the key of an officer once, for many letters.

    Raises NoCertificate, CertificateExpired, OfficeOver, KeyLocked, WrongPassphrase or
    SigningUnavailable. To be called before any savepoint that may be rolled back, and
    callers let the transaction commit: a wrong try counts.
    """
    # One try after the other, under the lock of the certificate: tries side by side
    # would all be made before the first is counted. What is refused is raised behind
    # the savepoint, which would undo the count.
    with transaction.atomic():
        answer = _opened(staff_id, passphrase, at)
    if isinstance(answer, Refused):
        raise answer
    return answer


def _opened(staff_id: int, passphrase: str, at: datetime) -> OpenedPen | Refused:
    row = _certificate(staff_id, at)
    secret = base64.b64decode(row.key.open()) if row.key else _nik(row)
    signer = Signer(row.holder, row.pem, secret)
    try:
        pen = port(PortName(row.port)).open(signer, passphrase, at=at)
    except BadPassphrase:
        return _wrong(row, at)
    except Unavailable as trouble:
        return SigningUnavailable(trouble.code)
    if row.port == PortName.LOCAL:
        _right(row)
    return OpenedPen(row.pk, row.region_code, pen, row.request.nip)


def _locked() -> QuerySet[SigningCertificate]:
    rows = SigningCertificate.objects.select_related("request")
    return rows.select_for_update(of=("self",), no_key=True)


def _certificate(staff_id: int, at: datetime) -> SigningCertificate:
    row = _locked().filter(staff_id=staff_id, revoked_at=None).first()
    if row is None:
        raise NoCertificate
    if row.valid_until <= at:
        raise CertificateExpired
    if row.locked_at is not None:
        raise KeyLocked
    if not holds_office(row, on=day(at)):
        raise OfficeOver
    return row


def _nik(row: SigningCertificate) -> bytes:
    """Return the number by which the national service knows the officer."""
    sealed = row.request.nik
    return sealed.open().encode() if sealed else b""


def _wrong(row: SigningCertificate, at: datetime) -> WrongPassphrase | KeyLocked:
    """Count a wrong try; the fifth locks the key for good."""
    row.wrong_tries += 1
    if row.wrong_tries >= MOST_TRIES:
        row.locked_at = at
        record(
            "letters.key_locked", target=row, by="system", region_code=row.region_code
        )
    row.save(update_fields=["wrong_tries", "locked_at"])
    if row.locked_at is not None:
        return KeyLocked()
    return WrongPassphrase(MOST_TRIES - row.wrong_tries)


def _right(row: SigningCertificate) -> None:
    if row.wrong_tries:
        row.wrong_tries = 0
        row.save(update_fields=["wrong_tries"])
