"""Wayan's letter, at a school that was never told about it."""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError
from django.test import Client

from smartkampung.kernel.clock import WIB
from smartkampung.letters.signing import checked, x509
from smartkampung.letters.signing.actions.authority import distrust_letter_key
from smartkampung.letters.signing.actions.proving import seal_payload
from smartkampung.letters.signing.models import Authority
from smartkampung.letters.signing.rules.payload import facts_print
from smartkampung.letters.signing.rules.verdicts import Proof, Standing
from smartkampung.letters.signing.x509 import pem
from smartkampung.web.letters_open import pages
from smartkampung.web.letters_open.forms import squeezed
from tests import cast, signing
from tests.cast import HERE
from tests.hostile import HOSTILE
from tests.signing import PASSPHRASE, letter, sign_letter
from tests.signing import cheap_guesses as cheap_guesses

pytestmark = pytest.mark.django_db
NIK = "3510094212950001"
PRINT = facts_print({"subject.nik": NIK}, salt=b"salt")
NOW = datetime(2026, 3, 3, 9, 30, tzinfo=WIB)
CODE, HOLDER, NUMBER = "K7Q2M9XW4T", "B7K2QM", "401/0123/429.509.3/III/2026"
LINES = [("Nama", "Wayan Sukarta"), ("NIK", NIK)]


class Kept:
    """A register of one letter."""

    def __init__(self) -> None:
        self.letter: Proof | None = Proof(
            CODE,
            Standing.VALID,
            "sktm",
            HERE,
            NUMBER,
            date(2026, 3, 2),
            date(2026, 6, 2),
            PRINT,
        )
        self.down = False

    def proof(self, code: str) -> Proof | None:
        """Return the letter."""
        if self.down:
            raise OperationalError("the line is down")
        return self.letter if code == CODE else None

    def printed(
        self, code: str, holder_code: str, lang: str
    ) -> Sequence[tuple[str, str]] | None:
        """Return what stands on it."""
        return LINES if (code, holder_code) == (CODE, HOLDER) else None

    def revoked(self) -> Sequence[str]:
        """Return nothing, or the letter."""
        ended = self.letter and self.letter.standing is not Standing.VALID
        return [CODE] if ended else []


REGISTER = Kept()


@pytest.fixture
def kept(settings: Any, time_machine: Any, monkeypatch: pytest.MonkeyPatch) -> Kept:
    """Make places, keys and a register with Wayan's letter."""
    time_machine.move_to(NOW, tick=False)
    cast.places()
    signing.authority()
    kept = Kept()
    monkeypatch.setattr("tests.web.test_letters_open.REGISTER", kept)
    settings.LETTER_REGISTER = "tests.web.test_letters_open.REGISTER"
    return kept


def square(**other: Any) -> str:
    """Return the address in the square of Wayan's letter."""
    said: dict[str, Any] = {
        "code": CODE,
        "village_code": HERE,
        "kind": "sktm",
        "number": NUMBER,
        "issued_on": date(2026, 3, 2),
        "valid_until": date(2026, 6, 2),
        "facts_print": PRINT,
    }
    return seal_payload(**(said | other))


def path_of(address: str) -> str:
    """Return the path of an address."""
    return "/" + address.split("/", 3)[3]


def school() -> Client:
    """Return somebody who reads English and is nobody here."""
    return cast.english(Client())


def read(answer: Any) -> str:
    """Return the words of a page."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())).split())


def test_the_square_says_that_the_letter_is_valid(kept: Kept) -> None:
    words = read(school().get(path_of(square())))
    assert "This letter is valid" in words
    for each in (NUMBER, "Sumberwangi", "2 March 2026", "2 June 2026"):
        assert each in words
    assert "Wayan" not in words
    assert NIK not in words


def test_the_code_says_the_same(kept: Kept) -> None:
    answer = school().post("/v/", {"code": "k7q2-m9xw 4t"}, follow=True)
    assert answer.redirect_chain == [(f"/v/{CODE}/", 302)]
    assert "This letter is valid" in read(answer)


def test_the_text_of_a_square_may_be_pasted(kept: Kept) -> None:
    answer = school().post("/v/", {"code": square()}, follow=True)
    assert answer.redirect_chain[0][0] == path_of(square())
    assert "This letter is valid" in read(answer)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"standing": Standing.REVOKED, "ended_on": date(2026, 3, 3)}, "was revoked"),
        ({"standing": Standing.REPLACED}, "was replaced"),
        ({"valid_until": date(2026, 3, 2)}, "has expired"),
        ({"facts_print": b"q" * 16}, "This was altered"),
        ({"standing": Standing.NOT_ISSUED}, "has not been issued"),
    ],
    ids=["revoked", "replaced", "expired", "altered", "not issued"],
)
def test_the_register_has_the_last_word(
    kept: Kept, change: dict[str, Any], words: str
) -> None:
    assert kept.letter
    kept.letter = replace(kept.letter, **change)
    until = change.get("valid_until", date(2026, 6, 2))
    assert words in read(school().get(path_of(square(valid_until=until))))


def test_without_the_register_the_signature_still_proves(kept: Kept) -> None:
    kept.down = True
    words = read(school().get(path_of(square())))
    assert "Checked by its signature" in words
    assert "not known here" in words
    assert NUMBER in words
    kept.down, kept.letter = False, None
    assert "No letter has this code" in read(school().get(path_of(square())))


def test_a_stolen_key_proves_nothing_by_itself(kept: Kept) -> None:
    path = path_of(square())
    distrust_letter_key(number=1, by="cli:test", at=NOW)
    assert "This letter is valid" in read(school().get(path))
    kept.down = True
    words = read(school().get(path))
    assert "not trusted any more" in words
    assert NUMBER not in words


def test_an_altered_square_proves_nothing(kept: Kept) -> None:
    path = path_of(square())
    for place in (5, 60, -3):
        sign = "A" if path[place] != "A" else "B"
        other = path[:place] + sign + path[place:][1:]
        words = read(school().get(other))
        assert "This was altered" in words or "no letter of this regency" in words
        assert NUMBER not in words
    # A square that our key signed, of a letter that the register does not know.
    other = square(code="B3Q2M9XW4T", number="401/0999/429.509.3/III/2026")
    assert "No letter has this code" in read(school().get(path_of(other)))


def test_a_code_that_does_not_exist_is_told(kept: Kept) -> None:
    assert "No letter has this code" in read(school().get("/v/NOSUCHCODE/"))


def test_the_holder_reads_what_is_printed(kept: Kept) -> None:
    answer = school().post(f"/v/{CODE}/holder/", {"holder_code": "b7k-2qm"})
    words = read(answer)
    assert "Wayan Sukarta" in words
    assert NIK in words
    assert NIK not in answer.request["PATH_INFO"]


def test_a_passer_by_does_not_close_a_letter_to_the_school(kept: Kept) -> None:
    for _ in range(20):
        school().post(f"/v/{CODE}/holder/", {"holder_code": "AAAAAA"})
    answer = school().post(
        f"/v/{CODE}/holder/", {"holder_code": HOLDER}, REMOTE_ADDR="10.1.2.3"
    )
    assert answer.status_code == 200


def test_a_wrong_holder_code_shows_nothing_and_tries_end(
    kept: Kept, monkeypatch: pytest.MonkeyPatch
) -> None:
    few = replace(pages.HOLDERS_OF_ONE, count=10)
    monkeypatch.setattr(pages, "HOLDERS_OF_ONE", few)
    for _ in range(10):
        answer = school().post(f"/v/{CODE}/holder/", {"holder_code": "AAAAAA"})
        assert answer.status_code == 409
        assert "Wayan" not in read(answer)
    # Even the right one, from whoever it may be, waits for tomorrow.
    answer = school().post(
        f"/v/{CODE}/holder/", {"holder_code": HOLDER}, REMOTE_ADDR="10.1.2.3"
    )
    assert answer.status_code == 429
    assert "Hand in its PDF instead" in read(answer)


def test_only_wrong_tries_are_counted_and_look_alikes_are_read_as_meant(
    kept: Kept,
) -> None:
    for each in range(12):
        answer = school().post(
            f"/v/{CODE}/holder/",
            {"holder_code": HOLDER},
            REMOTE_ADDR=f"10.1.2.{each}",
        )
        assert answer.status_code == 200
    assert squeezed("o1-Ib lq") == "011B1Q"


@pytest.mark.parametrize(
    ("typed", "words"), [("", "six signs"), ("ABC", "3 were typed")]
)
def test_a_holder_code_has_six_signs(kept: Kept, typed: str, words: str) -> None:
    answer = school().post(f"/v/{CODE}/holder/", {"holder_code": typed})
    assert answer.status_code == 422
    assert words in read(answer)


@pytest.mark.parametrize("typed", ["", NIK, "---"], ids=["nothing", "a NIK", "dashes"])
def test_a_number_of_a_person_is_not_asked_for(kept: Kept, typed: str) -> None:
    answer = school().post("/v/", {"code": typed})
    assert answer.status_code == 422


def hand_in(pdf: bytes) -> Any:
    """Hand a file in."""
    file = SimpleUploadedFile("surat.pdf", pdf, content_type="application/pdf")
    return school().post("/v/file/", {"file": file})


@pytest.fixture
def signed(kept: Kept) -> bytes:
    """Return the file of Wayan's letter."""
    sari = signing.signer(cast.sari())
    pdf = sign_letter(
        letter(), staff_id=sari.staff_id, passphrase=PASSPHRASE, at=NOW, proof=square()
    ).pdf
    assert kept.letter
    kept.letter = replace(kept.letter, sha256=hashlib.sha256(pdf).digest())
    return pdf


def test_the_file_says_who_signed_it_and_how_the_letter_stands(
    kept: Kept, signed: bytes
) -> None:
    words = read(hand_in(signed))
    assert "This letter is valid" in words
    assert "Sari Wulandari" in words
    assert "time told by the issuing system itself" in words
    assert kept.letter
    kept.letter = replace(kept.letter, standing=Standing.REVOKED)
    answer = hand_in(signed)
    words = read(answer)
    # A clerk who stops at the first box reads the last word.
    assert answer.content.count(b'<div class="notice') == 1
    assert "This letter was revoked" in words
    assert "The file is as it was signed" not in words


def test_a_copied_square_makes_no_letter(kept: Kept, signed: bytes) -> None:
    camat = signing.signer(cast.camat())
    other = sign_letter(
        letter("Surat lain"),
        staff_id=camat.staff_id,
        passphrase=PASSPHRASE,
        at=NOW,
        proof=square(),
    ).pdf
    words = read(hand_in(other))
    assert "not known as a letter from here" in words
    assert "This letter is valid" not in words


def test_a_signer_from_outside_is_not_tied_to_a_square_without_the_register(
    kept: Kept, signed: bytes, settings: Any, tmp_path: Path
) -> None:
    settings.BSRE_ROOTS = str(tmp_path / "outside.pem")
    rows = Authority.objects.all()
    Path(settings.BSRE_ROOTS).write_text(rows.get().root_pem)
    kept.down = True
    assert "Checked by its signature" in read(hand_in(signed))
    rows.update(root_pem=pem(x509.new_root("Kabupaten Lain", at=NOW).certificate))
    words = read(hand_in(signed))
    assert "not known as a letter from here" in words
    assert "Checked by its signature" not in words


def test_an_altered_file_is_refused(signed: bytes) -> None:
    pdf = bytearray(signed)
    pdf[len(letter()) // 2] ^= 1
    words = read(hand_in(bytes(pdf)))
    assert "The file is as it was signed" not in words
    assert "This letter is valid" not in words


def test_what_hangs_on_behind_the_end_has_one_answer(kept: Kept, signed: bytes) -> None:
    answer = hand_in(signed + b"and twenty million rupiah")
    assert answer.content.count(b'<div class="notice') == 1
    assert "This was altered" in read(answer)


def test_a_file_that_nobody_could_look_at_is_called_neither_good_nor_bad(
    monkeypatch: pytest.MonkeyPatch, signed: bytes
) -> None:
    monkeypatch.setattr(checked, "WAITS", 0.01)
    answer = hand_in(signed)
    assert answer.status_code == 503
    words = read(answer)
    assert "nothing is known of it" in words
    assert "no PDF" not in words


def test_a_file_without_signature_is_told(kept: Kept) -> None:
    assert "This file is not signed" in read(hand_in(letter()))


def test_a_file_that_is_tied_to_no_letter_is_never_called_good(kept: Kept) -> None:
    sari = signing.signer(cast.sari())
    pdf = sign_letter(
        letter(), staff_id=sari.staff_id, passphrase=PASSPHRASE, at=NOW
    ).pdf
    answer = hand_in(pdf)
    assert answer.content.count(b'<div class="notice late') == 1
    assert b'<div class="notice ok' not in answer.content
    assert "not known as a letter from here" in read(answer)


@pytest.mark.parametrize(
    "content",
    [b"", b"hello", HOSTILE["a stream cut off"]],
    ids=["empty", "no PDF", "hostile"],
)
def test_what_is_no_letter_is_told(kept: Kept, content: bytes) -> None:
    assert hand_in(content).status_code == 422
