"""The kecamatan signs, too: the file that it read, and as somebody else."""

import io
from hashlib import sha256
from pathlib import Path
from typing import Any

import pypdf
import pytest
from django.db import transaction
from django.http import Http404
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.models import Staff
from smartkampung.letters.catalogue.drawing import Cosigned, render_cosigned
from smartkampung.letters.catalogue.queries import wording_for
from smartkampung.letters.requests import files
from smartkampung.letters.requests.actions import cosigning
from smartkampung.letters.requests.actions.cosigning import cosign
from smartkampung.letters.requests.actions.ending import refuse
from smartkampung.letters.requests.actions.history import locked
from smartkampung.letters.requests.actions.refusals import (
    CannotStep,
)
from smartkampung.letters.requests.models import (
    BookEntry,
    Letter,
    LetterRequest,
)
from smartkampung.letters.requests.queries.letters import (
    letter_for,
    lines_of_book,
    lines_printed,
    register_for,
)
from smartkampung.letters.requests.register import REGISTER
from smartkampung.letters.requests.rules.steps import Bar, State
from smartkampung.letters.signing import room
from smartkampung.letters.signing.actions.sign import unlock
from smartkampung.letters.signing.checking import check_pdf
from smartkampung.letters.signing.errors import SigningRefused, SigningUnavailable
from smartkampung.letters.signing.ports import Laid
from smartkampung.letters.signing.queries.authority import trusted
from smartkampung.letters.signing.rules.reports import Fault
from smartkampung.letters.signing.rules.verdicts import Standing
from tests.asking_letters import (
    LATER,
    MORNING,
    actor,
    checked,
    pen_of,
    read_by,
    signed,
    village_head,
    wayan_with_child,
)
from tests.cast import HERE, KECAMATAN, camat
from tests.domain.letters_catalogue.test_versions import AT as SUNDAY
from tests.domain.letters_catalogue.test_versions import confirmed, written
from tests.domain.letters_requests.test_signing import text_of
from tests.domain.letters_signing.test_signing import by_pyhanko
from tests.signing import PASSPHRASE, needs_pdfsig, pdfsig
from tests.signing import letter as a_page

pytestmark = pytest.mark.django_db
TODAY = MORNING.date()
NIP = "197000001998001001"  # of nobody: there is no month 00
JOKO = Cosigned("401/999/09/XI/2026", "Joko Susilo")


def cosigned() -> LetterRequest:
    """Return a letter that the head signed and the kecamatan has not."""
    row = checked(wayan_with_child()[0])
    row.steps = ["confirm", "check", "sign", "cosign"]
    row.save(update_fields=["steps"])
    signed(row, pen_of(village_head()))
    row.refresh_from_db()
    return row


def test_the_kecamatan_signs_too_and_only_then_it_is_issued() -> None:
    row = cosigned()
    letter = Letter.objects.get()
    assert (row.state, letter.issued_at) == (State.COSIGN, None)
    endang = pen_of(camat())
    by = read_by(row, endang)
    cosign(request=row, by=by, passphrase=PASSPHRASE, at=LATER)
    row.refresh_from_db()
    letter.refresh_from_db()
    assert (row.state, letter.issued_at, letter.cosigner) == (
        State.ISSUED,
        LATER,
        endang,
    )
    assert files.read(letter.file).count(b"/ByteRange") == 2
    with pytest.raises(CannotStep):
        cosign(request=row, by=by, passphrase=PASSPHRASE, at=LATER)


def test_the_page_says_for_which_office_the_kecamatan_signs() -> None:
    cosigned()
    words = text_of(Letter.objects.get())
    assert "Mengetahui" in words
    assert "Camat Lereng" in words
    assert "Nomor, nama dan NIP" not in words, "that stands on the draft"


def both_signed() -> Letter:
    """Return a letter that Darmo signed, and Endang for the kecamatan."""
    row, endang = cosigned(), pen_of(camat(), nip=NIP)
    by = read_by(row, endang)
    return cosign(request=row, by=by, passphrase=PASSPHRASE, at=LATER)


def room_of(pdf: bytes) -> tuple[str, str]:
    """Return what the field of the kecamatan holds, and what of it is seen."""
    reader = pypdf.PdfReader(io.BytesIO(pdf))
    fields = [
        (page, field.get_object())
        for page in reader.pages
        for field in page.get("/Annots", ())
    ]
    (found,) = [(page, one) for page, one in fields if one["/FT"] == "/Tx"]
    page, field = found
    seen = page.extract_xform_text(field["/AP"]["/N"])
    return field["/V"], " ".join(seen.split())


def test_the_paper_names_who_signed_for_the_kecamatan_by_its_own_number() -> None:
    letter = both_signed()
    held, seen = room_of(files.read(letter.file))
    said = ["Nomor: 401/001/09/XI/2026", "Endang Lestari", "NIP 19700000 199800 1 001"]
    assert held.splitlines() == said
    for words in (*said, "Ditandatangani secara elektronik"):
        assert words in seen
    assert [words for _label, words in lines_printed(letter)[-3:]] == said
    assert REGISTER.proof(letter.code)
    entry = BookEntry.objects.get(village_code=KECAMATAN)
    assert (entry.text, letter.cosign_entry) == ("401/001/09/XI/2026", entry)
    lines = lines_of_book(camat_(), register_for(camat_(), KECAMATAN, 2026))
    assert [(one.entry, one.name, one.signer) for one in lines] == [
        (entry, "Wayan Sudarma", "Endang Lestari")
    ]
    (here,) = lines_of_book(camat_(), register_for(camat_(), HERE, 2026))
    assert here.signer == "Darmo Wijoyo"


def camat_() -> Actor:
    return actor(Staff.objects.get(username="endang"))


@needs_pdfsig
def test_both_signatures_hold_for_two_tools_that_know_nothing_of_us(
    tmp_path: Path,
) -> None:
    pdf = files.read(both_signed().file)
    assert pdfsig(pdf, tmp_path).count("Signature is Valid.") == 2
    assert [one.bottom_line for one in by_pyhanko(pdf, at=LATER)] == [True, True]
    report = check_pdf(pdf, roots=trusted(), revoked={})
    assert report
    assert report.sound


def test_nobody_fills_the_room_anew() -> None:
    pdf = files.read(both_signed().file)
    file = IncrementalPdfFileWriter(io.BytesIO(pdf))
    room.fill(file, Laid("Joko Susilo", render_cosigned(JOKO, lang="id", at=LATER)))
    changed = io.BytesIO()
    file.write(changed)
    report = check_pdf(changed.getvalue(), roots=trusted(), revoked={})
    assert report
    assert report.signatures[-1].fault is Fault.ALTERED
    statuses = by_pyhanko(changed.getvalue(), at=LATER)
    assert not all(one.bottom_line for one in statuses)


def test_a_paper_of_before_has_no_room_and_is_given_back() -> None:
    row, endang = cosigned(), pen_of(camat())
    letter = Letter.objects.get()
    pen = unlock(staff_id=village_head_().pk, passphrase=PASSPHRASE, at=LATER)
    old = pen.sign(a_page(), region_code=HERE, at=LATER).pdf
    letter.file, letter.sha256 = files.keep(old, on=TODAY), sha256(old).digest()
    letter.save()
    by = read_by(row, endang)
    with pytest.raises(SigningRefused, match="Kembalikan"):
        cosign(request=row, by=by, passphrase=PASSPHRASE, at=LATER)


def village_head_() -> Staff:
    return Staff.objects.get(username="darmo")


def test_the_kecamatan_signs_the_file_that_it_read() -> None:
    row, endang = cosigned(), pen_of(camat())
    by = read_by(row, endang)
    letter = Letter.objects.get()
    other = files.keep(b"%PDF-1.7 another", on=TODAY)
    Letter.objects.filter(pk=letter.pk).update(file=other)
    with pytest.raises(CannotStep) as told:
        cosign(request=row, by=by, passphrase=PASSPHRASE, at=LATER)
    assert told.value.bars == [Bar.NOT_READ]


def test_what_was_refused_meanwhile_is_not_cosigned() -> None:
    row, endang = cosigned(), pen_of(camat())
    by = read_by(row, endang)
    stale = LetterRequest.objects.get(pk=row.pk)
    refuse(request=row, reason="Data ahli waris kurang.", by=by, at=LATER)
    pen = unlock(staff_id=by.staff_id, passphrase=PASSPHRASE, at=LATER)
    with transaction.atomic():
        answer = cosigning._cosign(pen, locked(stale), by, LATER)
    assert isinstance(answer, CannotStep)


def test_what_the_village_no_longer_writes_is_still_cosigned() -> None:
    row, endang = cosigned(), pen_of(camat())
    by = read_by(row, endang)
    confirmed(written(code="sktm", offered=False))
    assert wording_for("sktm", HERE, SUNDAY.date()) is None
    letter = cosign(request=row, by=by, passphrase=PASSPHRASE, at=SUNDAY)
    assert letter.issued_at == SUNDAY


def test_who_signed_does_not_cosign() -> None:
    row = cosigned()
    endang = pen_of(camat())
    LetterRequest.objects.filter(pk=row.pk).update(signed_by=endang.username)
    row.refresh_from_db()
    by = read_by(row, endang)
    with pytest.raises(CannotStep) as told:
        cosign(request=row, by=by, passphrase=PASSPHRASE, at=LATER)
    assert told.value.bars == [Bar.SIGNED_IT]


def test_what_the_kecamatan_refuses_leaves_a_void_number_in_the_book() -> None:
    row = cosigned()
    refuse(request=row, reason="Data ahli waris kurang.", by=actor(camat()), at=LATER)
    entry = BookEntry.objects.get()
    assert (entry.number, entry.voided_by) == (1, "endang")
    assert Letter.objects.get().given_up_at == LATER


def test_what_the_kecamatan_did_not_sign_proves_nothing() -> None:
    row = cosigned()
    letter, endang = Letter.objects.get(), actor(camat())
    with pytest.raises(Http404):
        letter_for(endang, letter.pk)
    waiting = REGISTER.proof(letter.code)
    refuse(request=row, reason="Data ahli waris kurang.", by=endang, at=LATER)
    refused = REGISTER.proof(letter.code)
    assert waiting
    assert refused
    assert {waiting.standing, refused.standing} == {Standing.NOT_ISSUED}
    assert REGISTER.revoked() == [letter.code]


def test_a_kecamatan_whose_key_fails_leaves_the_letter_as_it_was(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    row = cosigned()
    by = read_by(row, pen_of(camat()))

    class Broken:
        nip = ""

        def sign(self, *_args: Any, **_more: Any) -> None:
            raise SigningUnavailable("timeout")

    monkeypatch.setattr(cosigning, "unlock", lambda **_: Broken())
    with pytest.raises(SigningUnavailable):
        cosign(request=row, by=by, passphrase=PASSPHRASE, at=LATER)
    assert Letter.objects.get().issued_at is None
    assert BookEntry.objects.filter(village_code=KECAMATAN).count() == 0
    monkeypatch.undo()
    cosign(request=row, by=by, passphrase=PASSPHRASE, at=LATER)
    assert BookEntry.objects.get(village_code=KECAMATAN).number == 1, "given back"
