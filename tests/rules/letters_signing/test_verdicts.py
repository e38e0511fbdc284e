"""What is said about a letter, with and without the register."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from smartkampung.letters.signing.rules.payload import Payload
from smartkampung.letters.signing.rules.revoked import BadList, read, write
from smartkampung.letters.signing.rules.verdicts import (
    Proof,
    Standing,
    Verdict,
    judged,
)

SAID = Payload(
    "K7Q2",
    "35.10.09.2003",
    "sktm",
    "401/1",
    date(2026, 8, 1),
    date(2026, 8, 31),
    b"p" * 16,
)
KEPT = Proof(
    "K7Q2",
    Standing.VALID,
    SAID.kind,
    SAID.village_code,
    SAID.number,
    SAID.issued_on,
    SAID.valid_until,
    SAID.facts_print,
)
LAST, AFTER = date(2026, 8, 31), date(2026, 9, 1)
KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
KEYS = {3: KEY.public_key().public_bytes_raw()}


@pytest.mark.parametrize(
    ("payload", "proof", "on", "ended", "verdict"),
    [
        (SAID, KEPT, LAST, None, Verdict.VALID),
        (None, KEPT, LAST, None, Verdict.VALID),
        (SAID, KEPT, AFTER, None, Verdict.EXPIRED),
        (SAID, replace(KEPT, standing=Standing.REVOKED), LAST, None, Verdict.REVOKED),
        (SAID, replace(KEPT, standing=Standing.REPLACED), LAST, None, Verdict.REPLACED),
        (SAID, replace(KEPT, facts_print=b"q" * 16), LAST, None, Verdict.ALTERED),
        (SAID, replace(KEPT, number="401/2"), LAST, None, Verdict.ALTERED),
        (SAID, None, LAST, None, Verdict.SIGNED),
        (SAID, None, AFTER, None, Verdict.SIGNED_EXPIRED),
        (SAID, None, LAST, False, Verdict.VALID),
        (SAID, None, AFTER, False, Verdict.EXPIRED),
        (SAID, None, LAST, True, Verdict.REVOKED),
        (replace(SAID, valid_until=None), None, AFTER, False, Verdict.VALID),
        (None, None, LAST, None, Verdict.UNKNOWN),
    ],
    ids=[
        "both agree",
        "code typed",
        "over",
        "revoked",
        "replaced",
        "other facts",
        "other number",
        "register away",
        "register away and over",
        "not in the list",
        "not in the list and over",
        "in the list",
        "for ever",
        "nothing known",
    ],
)
def test_a_letter_is_judged(
    payload: Payload | None,
    proof: Proof | None,
    on: date,
    ended: bool | None,
    verdict: Verdict,
) -> None:
    assert judged(payload, proof, on=on, ended=ended) is verdict


def test_a_list_of_revoked_letters_is_read_again() -> None:
    at = datetime(2026, 8, 1, tzinfo=UTC)
    text = write(["B", "A"], {255: at}, at=at, key_number=3, key=KEY)
    told = read(text, KEYS.get)
    assert (told.at, sorted(told.codes)) == (at, ["A", "B"])
    assert told.certificates == {255: at}


def test_a_list_cannot_be_shortened() -> None:
    text = write(
        ["A", "B"], {}, at=datetime(2026, 8, 1, tzinfo=UTC), key_number=3, key=KEY
    )
    told = json.loads(text)
    told["list"] = told["list"].replace('"A", ', "")
    for bad in (
        json.dumps(told),
        text[:-9],
        "{}",
        "[]",
        text.replace('"key": 3', '"key": 4'),
    ):
        with pytest.raises(BadList):
            read(bad, KEYS.get)
