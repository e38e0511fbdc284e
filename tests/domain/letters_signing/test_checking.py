"""A file is believed only as it was signed, by whom it says, when it says."""

import io
import random
from collections.abc import Mapping
from datetime import datetime, timedelta

import pgtrigger
import pytest
from cryptography.x509 import load_pem_x509_certificate
from pypdf import PdfReader, PdfWriter

from smartkampung.kernel.sealed import Sealed
from smartkampung.letters.signing import x509
from smartkampung.letters.signing.checking import check_pdf
from smartkampung.letters.signing.models import (
    KEY_PURPOSE,
    Authority,
    SigningCertificate,
)
from smartkampung.letters.signing.queries.authority import trusted
from smartkampung.letters.signing.rules.reports import Fault, Report
from tests import cast, signing
from tests.signing import AT, PASSPHRASE, letter, sign_letter
from tests.signing import cheap_guesses as cheap_guesses

pytestmark = pytest.mark.django_db
PROOF = "HTTPS://SK.EXAMPLE/V/AE"


@pytest.fixture
def sari_signs() -> SigningCertificate:
    """Give Sari a certificate."""
    signing.authority()
    return signing.signer(cast.sari())


def signed(by: SigningCertificate, pdf: bytes = b"", at: datetime = AT) -> bytes:
    """Sign a letter."""
    return sign_letter(
        pdf or letter(),
        staff_id=by.staff_id,
        passphrase=PASSPHRASE,
        at=at,
        proof=PROOF,
    ).pdf


def check(pdf: bytes, revoked: Mapping[int, datetime] | None = None) -> Report | None:
    """Check a file against our roots."""
    return check_pdf(pdf, roots=trusted(), revoked=revoked or {})


def fault(pdf: bytes, revoked: Mapping[int, datetime] | None = None) -> Fault | None:
    """Return what is wrong with the first signature."""
    report = check(pdf, revoked)
    assert report
    return report.signatures[0].fault


def test_a_sound_letter_says_who_signed_it(sari_signs: SigningCertificate) -> None:
    report = check(signed(sari_signs))
    assert report
    assert report.sound
    assert report.proof == PROOF
    (one,) = report.signatures
    assert (one.name, one.title) == ("Sari Wulandari", "Perangkat Desa")
    assert (one.office, one.at, one.own_time) == ("Desa Sumberwangi", AT, True)


def test_a_second_signature_leaves_the_first_sound(
    sari_signs: SigningCertificate,
) -> None:
    report = check(signed(signing.signer(cast.camat()), signed(sari_signs)))
    assert report
    assert report.sound
    assert [one.name for one in report.signatures] == [
        "Sari Wulandari",
        "Endang Lestari",
    ]


def test_no_bit_can_be_changed_unnoticed(sari_signs: SigningCertificate) -> None:
    pdf = signed(sari_signs)
    chance = random.Random(10)
    for _ in range(25):
        place = chance.randrange(len(letter()))
        altered = bytearray(pdf)
        altered[place] ^= 1 << chance.randrange(8)
        report = check(bytes(altered))
        assert report is None or not report.sound, place


@pytest.mark.parametrize("share", [0.1, 0.5, 0.8, 0.999])
def test_a_file_cut_off_is_not_believed(
    sari_signs: SigningCertificate, share: float
) -> None:
    pdf = signed(sari_signs)
    report = check(pdf[: int(len(pdf) * share)])
    assert report is None or not report.sound


def test_what_is_written_on_top_afterwards_shows(
    sari_signs: SigningCertificate,
) -> None:
    pdf = signed(sari_signs)
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf)))
    writer.add_blank_page(100, 100)
    other = io.BytesIO()
    writer.write(other)
    report = check(other.getvalue())
    assert report is None or not report.sound


def test_what_hangs_on_behind_the_end_shows(sari_signs: SigningCertificate) -> None:
    report = check(signed(sari_signs) + b"<!-- and twenty million rupiah -->")
    assert report
    assert (report.altered, report.sound) == (True, False)


@pytest.mark.parametrize("file", [b"", b"hello", b"%PDF-1.7\n%%EOF", b"%PDF-" * 9])
def test_what_is_no_pdf_gets_an_answer(file: bytes) -> None:
    assert check_pdf(file, roots=[], revoked={}) is None


def test_a_letter_without_signature_is_not_sound() -> None:
    report = check_pdf(letter(), roots=[], revoked={})
    assert report
    assert not report.sound


def test_a_stranger_with_our_names_is_a_stranger(
    sari_signs: SigningCertificate,
) -> None:
    pdf = signed(sari_signs)
    other = x509.new_root("Kabupaten Blambangan", at=AT).certificate
    report = check_pdf(pdf, roots=[other], revoked={})
    assert report
    assert not report.sound


def test_the_root_of_a_clock_vouches_for_no_signer(
    sari_signs: SigningCertificate,
) -> None:
    pdf, roots = signed(sari_signs), trusted()
    by_clock = check_pdf(pdf, roots=[], clocks=roots, revoked={})
    outside = check_pdf(pdf, roots=[], outside=roots, revoked={})
    ours = check_pdf(pdf, roots=roots, revoked={})
    assert by_clock
    assert outside
    assert ours
    assert by_clock.signatures[0].fault is Fault.STRANGER
    assert (outside.sound, outside.ours, ours.ours) == (True, False, True)


def test_a_letter_signed_before_the_revocation_stays_sound(
    sari_signs: SigningCertificate,
) -> None:
    pdf = signed(sari_signs)
    serial = int(sari_signs.serial, 16)
    assert fault(pdf, {serial: AT + timedelta(days=1)}) is None
    assert fault(pdf, {serial: AT - timedelta(days=1)}) is Fault.REVOKED


def test_a_letter_outlives_the_certificate(sari_signs: SigningCertificate) -> None:
    last = sari_signs.valid_until - timedelta(minutes=1)
    assert fault(signed(sari_signs, at=last)) is None


def test_a_new_authority_leaves_old_letters_sound(
    sari_signs: SigningCertificate,
) -> None:
    pdf = signed(sari_signs)
    signing.authority(at=AT + timedelta(days=1))
    assert Authority.objects.count() == 2
    assert fault(pdf) is None
    root = Authority.objects.latest("pk").root_pem
    only_new = [load_pem_x509_certificate(root.encode())]
    report = check_pdf(pdf, roots=only_new, revoked={})
    assert report
    assert not report.sound


def test_an_officer_signs_on_after_a_new_authority_was_made(
    sari_signs: SigningCertificate,
) -> None:
    later = AT + timedelta(days=1)
    signing.authority(at=later)
    budi = signing.signer(cast.budi(), at=later)
    both = signed(budi, signed(sari_signs, at=later), at=later)
    report = check(both)
    assert report
    assert [one.fault for one in report.signatures] == [None, None]


def test_the_key_of_the_root_stays_shut(sari_signs: SigningCertificate) -> None:
    with pgtrigger.ignore():
        Authority.objects.update(root_key=Sealed.of("no key", KEY_PURPOSE))
    assert fault(signed(sari_signs)) is None
