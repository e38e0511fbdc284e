"""What a school takes home, to check letters without a line."""

import json
from base64 import b64decode
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from cryptography import x509 as certificates

from smartkampung.intake.rules import Limit
from smartkampung.letters.signing.actions.certificates import revoke_certificate
from smartkampung.letters.signing.models import Authority
from smartkampung.letters.signing.queries.keys import public_keys
from smartkampung.letters.signing.rules import revoked
from smartkampung.letters.signing.rules.verdicts import Standing
from smartkampung.web.letters_open import downloads, pages
from tests import cast, signing
from tests.signing import cheap_guesses as cheap_guesses
from tests.web.test_letters_open import CODE, NOW, Kept, school
from tests.web.test_letters_open import kept as kept

pytestmark = pytest.mark.django_db


def test_what_was_revoked_can_be_taken_home(kept: Kept) -> None:
    sari = signing.signer(cast.sari())
    revoke_certificate(certificate=sari, reason="Lost", by="sari", at=NOW)
    assert kept.letter
    kept.letter = replace(kept.letter, standing=Standing.REVOKED)
    told = revoked.read(school().get("/v/revoked/").content.decode(), public_keys().get)
    assert told.codes == {CODE}
    assert list(told.certificates) == [int(sari.serial, 16)]
    listed = certificates.load_der_x509_crl(school().get("/v/crl/").content)
    assert listed.get_revoked_certificate_by_serial_number(int(sari.serial, 16))
    keys = json.loads(school().get("/v/keys/").content)
    assert list(keys["keys"]) == ["1"]
    assert "BEGIN CERTIFICATE" in keys["roots"][0]
    assert "PRIVATE" not in str(keys)


def test_each_authority_lists_what_it_issued(kept: Kept) -> None:
    first = Authority.objects.get()
    sari = signing.signer(cast.sari(), at=NOW)
    signing.authority(at=NOW)
    budi = signing.signer(cast.budi(), at=NOW)
    for row in (sari, budi):
        revoke_certificate(certificate=row, reason="Lost", by="sari", at=NOW)
    second = Authority.objects.exclude(pk=first.pk).get()
    paths = {
        "/v/crl/": sari,
        f"/v/crl/{first.pk}/": sari,
        f"/v/crl/{second.pk}/": budi,
    }
    for path, row in paths.items():
        listed = certificates.load_der_x509_crl(school().get(path).content)
        assert [one.serial_number for one in listed] == [int(row.serial, 16)]
    assert f"/v/crl/{second.pk}/".encode() in b64decode(budi.pem.split("-----")[2])
    assert school().get("/v/crl/999999/").status_code == 404


def test_what_is_revoked_is_on_the_list_within_a_minute(
    kept: Kept, time_machine: Any
) -> None:
    sari = signing.signer(cast.sari())
    for path in ("/v/revoked/", "/v/crl/"):
        assert school().get(path)["Cache-Control"] == "public, max-age=30"
    revoke_certificate(certificate=sari, reason="Lost", by="sari", at=NOW)
    assert kept.letter
    kept.letter = replace(kept.letter, standing=Standing.REVOKED)
    time_machine.move_to(NOW + timedelta(seconds=31), tick=False)
    told = revoked.read(school().get("/v/revoked/").content.decode(), public_keys().get)
    assert told.codes == {CODE}
    assert len(told.certificates) == 1
    assert len(certificates.load_der_x509_crl(school().get("/v/crl/").content)) == 1


def test_a_list_is_signed_once_in_half_a_minute(kept: Kept) -> None:
    # ECDSA never signs twice the same.
    for path in ("/v/crl/", "/v/revoked/"):
        assert school().get(path).content == school().get(path).content


@pytest.mark.parametrize(
    ("view", "path"),
    [
        (downloads.keys, "/v/keys/"),
        (downloads.revoked, "/v/revoked/"),
        (downloads.first_crl, "/v/crl/"),
        (pages.letter, f"/v/{CODE}/"),
        (pages.letter, "/V/MADEUP"),
    ],
    ids=lambda one: one if isinstance(one, str) else "",
)
def test_nothing_is_asked_for_without_end(
    kept: Kept, monkeypatch: pytest.MonkeyPatch, view: Any, path: str
) -> None:
    limit = Limit("letters.test", 1, timedelta(days=1))
    assert view.declared_limits[0].count <= 600
    monkeypatch.setattr(view, "declared_limits", (limit, None))
    assert [school().get(path).status_code for _ in range(2)] == [200, 429]


def test_a_regency_without_authority_says_so() -> None:
    for path in ("/v/revoked/", "/v/crl/"):
        assert school().get(path).status_code == 409
