"""Signatures and time stamps from services outside, which really answer over HTTP."""

import base64
import io
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from smartkampung.letters.signing.actions.certificates import (
    answer_request,
    ask_for_certificate,
    make_certificate,
)
from smartkampung.letters.signing.adapters import bsre as adapter
from smartkampung.letters.signing.errors import (
    SigningRefused,
    SigningUnavailable,
    WrongPassphrase,
)
from smartkampung.letters.signing.models import SigningCertificate
from smartkampung.letters.signing.ports import Laid, Room
from smartkampung.letters.signing.queries.files import report_of
from smartkampung.letters.signing.rules.levels import Level, PortName
from smartkampung.letters.signing.rules.reports import Report
from smartkampung.letters.signing.simulators import bsre, tsa
from smartkampung.letters.signing.x509 import new_root
from tests import cast, signing
from tests.cast import KECAMATAN
from tests.signing import AT, PASSPHRASE, letter, needs_pdfsig, pdfsig, sign_letter
from tests.signing import cheap_guesses as cheap_guesses
from tests.signing_services import BORN, NIK
from tests.signing_services import clock as clock
from tests.signing_services import service as service

pytestmark = pytest.mark.django_db


def endang(nik: str = NIK) -> SigningCertificate:
    """Let Endang sign through the service."""
    asked = ask_for_certificate(
        staff=cast.camat(),
        title="Camat",
        region_code=KECAMATAN,
        office="Kecamatan Lereng",
        at=AT,
        port=PortName.BSRE,
        nik=nik,
    )
    answer_request(request=asked, yes=True, by="indra", at=AT)
    return make_certificate(request=asked, passphrase="", by="endang", at=AT)


def sign(by: SigningCertificate, passphrase: str = PASSPHRASE) -> Any:
    """Sign a letter."""
    return sign_letter(letter(), staff_id=by.staff_id, passphrase=passphrase, at=AT)


def test_a_time_stamp_from_outside_is_a_witness(clock: tsa.Clock) -> None:
    signing.authority()
    done = sign(signing.signer(cast.sari()))
    assert done.level is Level.LONG_TERM
    assert clock.asked >= 1
    assert b"Simulator" in done.pdf or clock.asked


@pytest.mark.parametrize("mode", ["down", "garbled"])
def test_nothing_is_signed_without_the_time_stamp(clock: tsa.Clock, mode: str) -> None:
    signing.authority()
    sari = signing.signer(cast.sari())
    clock.mode = mode
    with pytest.raises(SigningUnavailable) as refusal:
        sign(sari)
    assert refusal.value.why == "no_time_stamp"


def test_a_clock_that_goes_wrong_is_no_witness(clock: tsa.Clock) -> None:
    signing.authority()
    sari = signing.signer(cast.sari())
    clock.mode = "yesterday"
    with pytest.raises(SigningUnavailable) as refusal:
        sign(sari)
    assert refusal.value.why == "wrong_time"


def test_a_clock_that_the_operator_did_not_name_is_no_witness(
    clock: tsa.Clock, settings: Any
) -> None:
    signing.authority()
    sari = signing.signer(cast.sari())
    Path(settings.TSA_ROOTS).write_text(tsa.Clock(BORN).trusted)
    with pytest.raises((SigningUnavailable, SigningRefused)):
        sign(sari)


def test_a_request_that_is_no_request_is_rejected() -> None:
    clock = tsa.Clock(BORN, at=AT)
    assert b"granted" not in clock.stamp(b"no request")
    assert len(clock.stamp(b"\x30\x00")) < 40


@needs_pdfsig
def test_the_national_service_signs(service: bsre.Service, tmp_path: Path) -> None:
    done = sign(endang())
    assert done.level is Level.REMOTE
    said = pdfsig(done.pdf, tmp_path)
    assert "Signature is Valid." in said
    assert "CN=Endang Lestari,title=Camat" in said


def test_a_wrong_passphrase_there_is_counted_here(service: bsre.Service) -> None:
    row = endang()
    with pytest.raises(WrongPassphrase):
        sign(row, "another one")
    row.refresh_from_db()
    assert row.wrong_tries == 1
    sign(row)
    row.refresh_from_db()
    assert row.wrong_tries == 0


def test_who_is_not_known_there_is_told_so(service: bsre.Service) -> None:
    with pytest.raises(SigningRefused) as refusal:
        sign(endang("3510094212950002"))
    assert refusal.value.why == "not_enrolled"
    assert "3510094212950002" not in str(refusal.value)


def test_an_expired_certificate_there_is_told(service: bsre.Service) -> None:
    service.people[NIK].expired = True
    with pytest.raises(SigningRefused) as refusal:
        sign(endang())
    assert refusal.value.why == "certificate"


def test_a_service_without_https_is_told_nothing(
    service: bsre.Service, settings: Any
) -> None:
    settings.DEMO = False
    with pytest.raises(SigningUnavailable) as refusal:
        sign(endang())
    assert (refusal.value.why, service.asked) == ("not_safe", 0)


def test_a_service_whose_root_is_not_known_is_not_asked(
    service: bsre.Service, settings: Any
) -> None:
    settings.BSRE_ROOTS = ""
    with pytest.raises(SigningUnavailable):
        sign(endang())
    assert service.asked == 0


@pytest.mark.parametrize("mode", ["unsigned", "overwritten", "twice", "somebody"])
def test_only_the_officers_one_signature_is_taken(
    service: bsre.Service, mode: str
) -> None:
    service.mode = mode
    with pytest.raises(SigningRefused) as refusal:
        sign(endang())
    assert refusal.value.why == "another_signature"


def test_a_stranger_behind_the_address_is_not_believed(
    service: bsre.Service, settings: Any
) -> None:
    other = new_root("Another", at=BORN)
    Path(settings.BSRE_ROOTS).write_text(other.pem)
    with pytest.raises(SigningRefused):
        sign(endang())


ROOM = Room(0, (100.0, 100.0, 300.0, 180.0), "Camat Lereng")


def test_the_service_signs_behind_our_own_signature_in_the_room_that_it_left(
    service: bsre.Service,
) -> None:
    signing.authority()
    sari = signing.signer(cast.sari())
    first = sign_letter(
        letter(), staff_id=sari.staff_id, passphrase=PASSPHRASE, at=AT, room=ROOM
    ).pdf
    service.at = AT + timedelta(minutes=1)
    done = sign_letter(
        first,
        staff_id=endang().staff_id,
        passphrase=PASSPHRASE,
        at=AT + timedelta(minutes=1),
        laid=Laid("Endang Lestari", letter("Endang Lestari")),
    )
    report = report_of(done.pdf)
    assert report
    assert report.sound
    assert [one.ours for one in report.signatures] == [True, False]
    fields = PdfReader(io.BytesIO(done.pdf)).get_fields() or {}
    assert fields["Cosigned"]["/V"] == "Endang Lestari"


def test_a_village_head_of_the_service_leaves_room_for_the_kecamatan(
    service: bsre.Service,
) -> None:
    signing.authority()
    row = endang()
    first = sign_letter(
        letter(), staff_id=row.staff_id, passphrase=PASSPHRASE, at=AT, room=ROOM
    ).pdf
    sari = signing.signer(cast.sari())
    later = AT + timedelta(minutes=1)
    done = sign_letter(
        first,
        staff_id=sari.staff_id,
        passphrase=PASSPHRASE,
        at=later,
        laid=Laid("Sari Wulandari", letter("Sari Wulandari")),
    )
    report = report_of(done.pdf)
    assert report
    assert report.sound


def test_a_reader_that_died_is_no_word_about_what_came_back(
    service: bsre.Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(adapter, "report_of", lambda *_file, **_sent: None)
    with pytest.raises(SigningUnavailable) as refusal:
        sign(endang())
    assert refusal.value.why == "not_looked_at"


def test_one_letter_is_read_by_one_child(
    service: bsre.Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[int] = []

    def counted(pdf: bytes, **sent: int) -> Report | None:
        read.append(len(pdf))
        return report_of(pdf, **sent)

    monkeypatch.setattr(adapter, "report_of", counted)
    sign(endang())
    assert len(read) == 1


@pytest.mark.parametrize("mode", ["down", "garbled", "another"])
def test_a_service_in_trouble_leaves_the_letter_waiting(
    service: bsre.Service, mode: str
) -> None:
    service.mode = mode
    with pytest.raises(SigningUnavailable):
        sign(endang())


def test_a_service_that_is_not_set_up_is_told() -> None:
    with pytest.raises(SigningUnavailable):
        sign(endang())


def test_the_number_of_the_officer_is_sealed(service: bsre.Service) -> None:
    row = endang()
    assert NIK.encode() not in bytes(row.request.nik.box)
    assert NIK not in repr(row.request.nik)
    assert base64.b64encode(NIK.encode()) not in bytes(row.request.nik.box)
