"""The square on a paper proves what it says, and nothing else."""

from datetime import date

import pytest
import segno
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from smartkampung.letters.signing.rules.payload import (
    PRINT_BYTES,
    BadPayload,
    Payload,
    address,
    facts_print,
    looks_like,
    read,
    seal,
)

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
KEYS = {7: KEY.public_key().public_bytes_raw()}
FACTS = {"subject.name": "Wayan Sukarta", "subject.nik": "3510094212950001"}
SAID = Payload(
    code="K7Q2M9XW4T",
    village_code="35.10.09.2003",
    kind="sktm",
    number="401/0123/429.509.3/VIII/2026",
    issued_on=date(2026, 8, 17),
    valid_until=date(2026, 11, 17),
    facts_print=facts_print(FACTS, salt=b"salt"),
)
TEXT = seal(SAID, key_number=7, key=KEY)
SITE = "https://layanan.blambangankab.go.id"


def test_what_was_sealed_is_read() -> None:
    assert read(TEXT, KEYS.get) == SAID
    assert read(address(SITE, TEXT), KEYS.get) == SAID
    assert read(f" {TEXT[:50].lower()}\n{TEXT[50:]} ", KEYS.get) == SAID


def test_a_letter_may_last_for_ever() -> None:
    said = Payload(**{**SAID.__dict__, "valid_until": None})
    assert read(seal(said, key_number=7, key=KEY), KEYS.get) == said


def test_the_square_stays_small_enough_for_an_old_phone() -> None:
    square = segno.make(address(SITE, TEXT), error="m", micro=False)
    assert square.mode == "alphanumeric"
    assert int(square.version) <= 12


def test_no_number_of_a_person_stands_in_it() -> None:
    assert "3510094212950001" not in TEXT
    assert len(SAID.facts_print) == PRINT_BYTES
    assert facts_print(FACTS, salt=b"other") != SAID.facts_print
    assert facts_print(dict(reversed(FACTS.items())), salt=b"salt") == SAID.facts_print


@given(
    st.integers(0, len(TEXT) - 1), st.sampled_from("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")
)
def test_one_sign_changed_is_refused(place: int, sign: str) -> None:
    other = TEXT[:place] + sign + TEXT[place + 1 :]
    if other == TEXT:
        return
    with pytest.raises(BadPayload):
        read(other, KEYS.get)


@given(st.integers(0, len(TEXT) - 1))
def test_a_text_cut_off_is_refused(length: int) -> None:
    with pytest.raises(BadPayload):
        read(TEXT[:length], KEYS.get)


@given(st.text(max_size=1_200))
def test_any_text_gets_an_answer(text: str) -> None:
    with pytest.raises(BadPayload):
        read(text, KEYS.get)


def test_halves_of_two_letters_do_not_fit() -> None:
    other = seal(
        Payload(**{**SAID.__dict__, "code": "B3Q2M9XW4T"}), key_number=7, key=KEY
    )
    with pytest.raises(BadPayload, match="altered"):
        read(TEXT[: len(TEXT) // 2] + other[len(other) // 2 :], KEYS.get)


def test_another_regency_is_not_ours() -> None:
    stranger = Ed25519PrivateKey.generate()
    with pytest.raises(BadPayload, match="altered"):
        read(seal(SAID, key_number=7, key=stranger), KEYS.get)
    with pytest.raises(BadPayload, match="unknown_key"):
        read(seal(SAID, key_number=8, key=KEY), KEYS.get)


@pytest.mark.parametrize(
    "wrong",
    [
        {"village_code": "35.10"},
        {"facts_print": b"short"},
        {"kind": ""},
        {"number": "9" * 64},
    ],
    ids=["no village", "no print", "no kind", "long number"],
)
def test_only_what_can_be_read_again_is_sealed(wrong: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        seal(Payload(**{**SAID.__dict__, **wrong}), key_number=7, key=KEY)


def test_a_code_that_is_typed_is_no_payload() -> None:
    assert looks_like(address(SITE, TEXT))
    assert not looks_like("K7Q2-M9XW-4T")
