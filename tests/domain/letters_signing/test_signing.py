"""An officer signs a letter, and two tools that know nothing of us agree."""

import base64
import io
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from asn1crypto import x509 as asn1
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.dss import DocumentSecurityStore
from pyhanko.sign.validation.status import PdfSignatureStatus

from smartkampung.audit.models import Event
from smartkampung.letters.signing.actions.certificates import revoke_certificate
from smartkampung.letters.signing.actions.sign import Signed, unlock
from smartkampung.letters.signing.apart import apart
from smartkampung.letters.signing.errors import (
    CertificateExpired,
    KeyLocked,
    NoCertificate,
    SigningRefused,
    WrongPassphrase,
)
from smartkampung.letters.signing.models import Authority, SigningCertificate
from smartkampung.letters.signing.rules.levels import Level
from tests import cast, signing
from tests.cast import HERE
from tests.signing import AT, PASSPHRASE, letter, needs_pdfsig, pdfsig, sign_letter
from tests.signing import cheap_guesses as cheap_guesses

pytestmark = pytest.mark.django_db
PROOF = "HTTPS://SK.EXAMPLE/V/AE"


@pytest.fixture
def sari_signs() -> SigningCertificate:
    """Give Sari a certificate."""
    signing.authority()
    return signing.signer(cast.sari())


def signed(by: SigningCertificate, pdf: bytes = b"") -> Signed:
    """Sign a letter now."""
    return sign_letter(
        pdf or letter(),
        staff_id=by.staff_id,
        passphrase=PASSPHRASE,
        at=AT,
        reason="SKTM 401/1/III/2026",
        place="Sumberwangi",
        proof=PROOF,
    )


def by_pyhanko(pdf: bytes, at: datetime = AT) -> list[PdfSignatureStatus]:
    """Return what pyHanko says of each signature, given our root only."""
    roots = [
        asn1.Certificate.load(_der(pem))
        for pem in Authority.objects.values_list("root_pem", flat=True)
    ]
    reader = PdfFileReader(io.BytesIO(pdf), strict=True)
    held = DocumentSecurityStore.read_dss(reader)
    rules = {
        "trust_roots": roots,
        "allow_fetching": False,
        "moment": at,
        "revocation_mode": "hard-fail",
    }
    return [
        apart(validate_pdf_signature, each, held.as_validation_context(rules))
        for each in reader.embedded_regular_signatures
    ]


def believed_by_pyhanko(pdf: bytes) -> bool:
    """Say whether pyHanko finds a signature, and nothing wrong with any."""
    try:
        found = by_pyhanko(pdf)
    except (PdfError, ValueError):
        return False
    return bool(found) and all(status.bottom_line for status in found)


def _der(text: str) -> bytes:
    return base64.b64decode("".join(text.split("\n")[1:-2]))


def test_a_signed_letter_convinces_pyhanko(sari_signs: SigningCertificate) -> None:
    done = signed(sari_signs)
    (status,) = by_pyhanko(done.pdf)
    assert status.bottom_line
    assert status.trusted
    assert status.intact
    assert status.timestamp_validity
    assert status.timestamp_validity.trusted
    assert status.timestamp_validity.timestamp == AT
    assert status.signer_reported_dt == AT
    assert "Sari Wulandari" in status.signing_cert.subject.human_friendly
    assert done.certificate_id == sari_signs.pk


def test_the_level_says_that_the_time_is_our_own(
    sari_signs: SigningCertificate,
) -> None:
    assert signed(sari_signs).level is Level.OWN_TIME


@needs_pdfsig
def test_a_signed_letter_convinces_pdfsig(
    sari_signs: SigningCertificate, tmp_path: Path
) -> None:
    said = pdfsig(signed(sari_signs).pdf, tmp_path)
    assert "Signature Validation: Signature is Valid." in said
    assert "Signature Type: ETSI.CAdES.detached" in said
    assert "CN=Sari Wulandari,title=Perangkat Desa,O=Desa Sumberwangi" in said


@needs_pdfsig
@pytest.mark.parametrize("place", [0.2, 0.5, 0.9])
def test_one_bit_is_noticed_by_both(
    sari_signs: SigningCertificate, tmp_path: Path, place: float
) -> None:
    pdf = bytearray(signed(sari_signs).pdf)
    content = len(letter())
    pdf[int(content * place)] ^= 1
    assert "Signature is Valid" not in pdfsig(bytes(pdf), tmp_path)
    assert not believed_by_pyhanko(bytes(pdf))


def test_two_officers_sign_one_letter(sari_signs: SigningCertificate) -> None:
    other = signing.signer(cast.camat())
    both = signed(other, signed(sari_signs).pdf)
    assert [status.bottom_line for status in by_pyhanko(both.pdf)] == [True, True]


def test_no_letter_is_signed_without_end(sari_signs: SigningCertificate) -> None:
    pen = unlock(staff_id=sari_signs.staff_id, passphrase=PASSPHRASE, at=AT)
    pdf = letter()
    for _ in range(4):
        pdf = pen.sign(pdf, region_code=HERE, at=AT).pdf
    with pytest.raises(SigningRefused) as refusal:
        pen.sign(pdf, region_code=HERE, at=AT)
    assert refusal.value.why == "signed_often_enough"


def test_what_is_no_pdf_is_not_signed(sari_signs: SigningCertificate) -> None:
    with pytest.raises(SigningRefused) as refusal:
        signed(sari_signs, b"no pdf at all")
    assert refusal.value.why == "not_a_pdf"


def test_a_wrong_passphrase_is_counted_and_forgotten_after_the_right_one(
    sari_signs: SigningCertificate,
) -> None:
    for left in (4, 3):
        with pytest.raises(WrongPassphrase) as refusal:
            unlock(staff_id=sari_signs.staff_id, passphrase="wrong", at=AT)
        assert refusal.value.left == left
    signed(sari_signs)
    sari_signs.refresh_from_db()
    assert sari_signs.wrong_tries == 0


def test_the_fifth_wrong_passphrase_locks_the_key(
    sari_signs: SigningCertificate,
) -> None:
    for _ in range(4):
        with pytest.raises(WrongPassphrase):
            unlock(staff_id=sari_signs.staff_id, passphrase="wrong", at=AT)
    with pytest.raises(KeyLocked):
        unlock(staff_id=sari_signs.staff_id, passphrase="wrong", at=AT)
    # Even the right one opens nothing any more.
    with pytest.raises(KeyLocked):
        signed(sari_signs)
    assert Event.objects.filter(name="letters.key_locked").count() == 1


def test_an_expired_certificate_signs_nothing(sari_signs: SigningCertificate) -> None:
    later = sari_signs.valid_until
    with pytest.raises(CertificateExpired):
        unlock(staff_id=sari_signs.staff_id, passphrase=PASSPHRASE, at=later)
    unlock(
        staff_id=sari_signs.staff_id,
        passphrase=PASSPHRASE,
        at=later - timedelta(seconds=1),
    )


def test_a_revoked_certificate_signs_nothing(sari_signs: SigningCertificate) -> None:
    pen = unlock(staff_id=sari_signs.staff_id, passphrase=PASSPHRASE, at=AT)
    revoke_certificate(certificate=sari_signs, reason="Phone lost", by="sari", at=AT)
    with pytest.raises(NoCertificate):
        signed(sari_signs)
    # Nor does a key that was opened a moment before.
    with pytest.raises(SigningRefused) as refusal:
        pen.sign(letter(), region_code=HERE, at=AT + timedelta(seconds=2))
    assert refusal.value.why == "certificate"


def test_who_has_no_certificate_is_told_where_to_ask() -> None:
    with pytest.raises(NoCertificate, match="Sertifikat saya"):
        unlock(staff_id=cast.sari().pk, passphrase=PASSPHRASE, at=AT)
