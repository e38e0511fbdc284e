"""The kecamatan signs, too: the file that it read, and as somebody else."""

from typing import Any

import pytest
from django.db import transaction
from django.http import Http404

from smartkampung.letters.requests import files
from smartkampung.letters.requests.actions import signing
from smartkampung.letters.requests.actions.ending import refuse
from smartkampung.letters.requests.actions.history import locked
from smartkampung.letters.requests.actions.refusals import (
    CannotStep,
)
from smartkampung.letters.requests.actions.signing import cosign
from smartkampung.letters.requests.models import (
    BookEntry,
    Letter,
    LetterRequest,
)
from smartkampung.letters.requests.queries.letters import letter_for
from smartkampung.letters.requests.register import REGISTER
from smartkampung.letters.requests.rules.steps import Bar, State
from smartkampung.letters.signing.actions.sign import unlock
from smartkampung.letters.signing.errors import SigningUnavailable
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
from tests.cast import camat
from tests.domain.letters_requests.test_signing import text_of
from tests.signing import PASSPHRASE

pytestmark = pytest.mark.django_db
TODAY = MORNING.date()


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
    assert "Tanda tangan elektronik kedua" in words


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
        answer = signing._cosign(pen, locked(stale), by, LATER)
    assert isinstance(answer, CannotStep)


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
        def sign(self, *_args: Any, **_more: Any) -> None:
            raise SigningUnavailable("timeout")

    monkeypatch.setattr(signing, "unlock", lambda **_: Broken())
    with pytest.raises(SigningUnavailable):
        cosign(request=row, by=by, passphrase=PASSPHRASE, at=LATER)
    assert Letter.objects.get().issued_at is None
