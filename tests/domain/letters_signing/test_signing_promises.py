"""What the database promises about keys and certificates."""

import base64
from datetime import timedelta

import pgtrigger
import pytest
from django.db import IntegrityError, connection, transaction

from smartkampung.kernel.errors import constraint_name
from smartkampung.kernel.sealed import Sealed
from smartkampung.letters.signing.actions.authority import (
    NoSuchKey,
    distrust_letter_key,
    new_letter_key,
)
from smartkampung.letters.signing.actions.certificates import (
    AlreadyAnswered,
    AlreadyAsked,
    NotConfirmed,
    OwnRequest,
    WeakPassphrase,
    answer_request,
    ask_for_certificate,
    make_certificate,
    revoke_certificate,
)
from smartkampung.letters.signing.models import (
    KEY_PURPOSE,
    Authority,
    KeyRequest,
    LetterKey,
    SigningCertificate,
)
from smartkampung.letters.signing.passphrases import WrongKey, lock, unlock
from smartkampung.letters.signing.queries.keys import (
    distrusted_keys,
    key_in_use,
    public_keys,
)
from tests import cast, signing
from tests.cast import NEXT_DOOR
from tests.races import at_once
from tests.signing import AT, PASSPHRASE
from tests.signing import cheap_guesses as cheap_guesses

pytestmark = pytest.mark.django_db


@pytest.fixture
def certificate() -> SigningCertificate:
    """Give Sari a certificate."""
    signing.authority()
    return signing.signer(cast.sari())


def asked() -> KeyRequest:
    """Let Budi ask."""
    return ask_for_certificate(
        staff=cast.budi(),
        title="Perangkat Desa",
        region_code=NEXT_DOOR,
        office="Karangjati",
        at=AT,
    )


def refused_by(
    name: str, row: SigningCertificate | KeyRequest, **changes: object
) -> None:
    """Expect the database to refuse a change that no action makes."""
    with pytest.raises(IntegrityError) as error, transaction.atomic():
        type(row)._default_manager.filter(pk=row.pk).update(**changes)
    assert constraint_name(error.value) == name


def test_key_request_nip_is_whole() -> None:
    refused_by("key_request_never_changes", asked(), nip="197000001998001001")
    with pytest.raises(IntegrityError, match="key_request_nip_is_whole"):
        asked_with("19700000")


def asked_with(nip: str) -> None:
    """Let Endang ask with a number that no form lets pass."""
    with transaction.atomic():
        ask_for_certificate(
            staff=cast.camat(),
            title="Camat",
            region_code=cast.KECAMATAN,
            office="Lereng",
            nip=nip,
            at=AT,
        )


def test_authority_one_in_use(certificate: SigningCertificate) -> None:
    signing.authority(at=AT)
    assert Authority.objects.filter(retired_at=None).count() == 1
    with pytest.raises(IntegrityError, match="authority_one_in_use"):
        Authority.objects.update(retired_at=None)


def test_letter_key_one_in_use(certificate: SigningCertificate) -> None:
    new_letter_key(by="cli:test", at=AT)
    assert sorted(public_keys()) == [1, 2]
    with pytest.raises(IntegrityError, match="letter_key_one_in_use"):
        LetterKey.objects.update(retired_at=None)


def test_letter_key_number_fits(certificate: SigningCertificate) -> None:
    with pytest.raises(IntegrityError, match="letter_key_number_fits"):
        LetterKey.objects.update(number=256)


def test_letter_key_distrust_is_final(certificate: SigningCertificate) -> None:
    distrust_letter_key(number=1, by="cli:test", at=AT)
    assert sorted(public_keys()) == [1, 2]
    assert distrusted_keys() == {1}
    assert key_in_use()[0] == 2
    with pytest.raises(NoSuchKey):
        distrust_letter_key(number=1, by="cli:test", at=AT)
    for change in ({"retired_at": None}, {"distrusted_at": None}):
        with (
            pytest.raises(IntegrityError, match="signs no more"),
            transaction.atomic(),
        ):
            LetterKey.objects.filter(number=1).update(**change)


@pytest.mark.django_db(transaction=True)
def test_two_new_keys_at_once_come_one_after_the_other() -> None:
    signing.authority()
    at_once(3, lambda: new_letter_key(by="cli:test", at=AT))
    assert sorted(public_keys()) == [1, 2, 3, 4]


def test_key_request_answered_by_another() -> None:
    request = asked()
    with pytest.raises(OwnRequest):
        answer_request(request=request, yes=True, by="budi", at=AT)
    request.refresh_from_db()
    assert request.answer == ""


def test_key_request_answer_is_signed() -> None:
    refused_by("key_request_answer_is_signed", asked(), answer="yes")


def test_key_request_one_open_each() -> None:
    request = asked()
    with pytest.raises(AlreadyAsked):
        ask_for_certificate(
            staff=request.staff,
            title="Perangkat Desa",
            region_code=NEXT_DOOR,
            office="K",
            at=AT,
        )
    answer_request(request=request, yes=False, by="indra", at=AT)
    ask_for_certificate(
        staff=request.staff,
        title="Perangkat Desa",
        region_code=NEXT_DOOR,
        office="K",
        at=AT,
    )


def test_key_request_never_changes() -> None:
    request, name = asked(), "key_request_never_changes"
    refused_by(name, request, title="Camat")
    refused_by(name, request, holder="Somebody")
    answer_request(request=request, yes=True, by="indra", at=AT)
    refused_by(name, request, answer="no")
    KeyRequest.objects.update(used_at=AT)
    refused_by(name, request, used_at=None)


def test_the_first_answer_holds() -> None:
    request = asked()
    answer_request(request=request, yes=False, by="indra", at=AT)
    with pytest.raises(AlreadyAnswered):
        answer_request(request=request, yes=True, by="endang", at=AT)
    request.refresh_from_db()
    assert (request.answer, request.answered_by) == ("no", "indra")


def test_nobody_gets_a_certificate_unconfirmed() -> None:
    with pytest.raises(NotConfirmed):
        make_certificate(request=asked(), passphrase=PASSPHRASE, by="budi", at=AT)


def test_signing_certificate_follows_a_confirmation(
    certificate: SigningCertificate,
) -> None:
    request = asked()
    with pytest.raises(IntegrityError) as error, transaction.atomic():
        SigningCertificate.objects.create(
            staff=request.staff,
            request=request,
            port="bsre",
            serial="made-up",
            valid_from=AT,
            valid_until=AT + timedelta(days=1),
        )
    name = "signing_certificate_follows_a_confirmation"
    assert constraint_name(error.value) == name


def test_signing_certificate_serial_once(certificate: SigningCertificate) -> None:
    other = signing.signer(cast.budi())
    name = "signing_certificate_serial_once"
    with pgtrigger.ignore():
        refused_by(name, other, serial=certificate.serial)


def test_signing_certificate_one_in_force(certificate: SigningCertificate) -> None:
    newer = signing.signer(certificate.staff, at=AT + timedelta(days=1))
    certificate.refresh_from_db()
    assert (certificate.revoke_reason, certificate.key) == ("superseded", None)
    other = signing.signer(cast.budi())
    with pgtrigger.ignore():
        refused_by("signing_certificate_one_in_force", other, staff=newer.staff)


def test_signing_certificate_tries_are_counted(certificate: SigningCertificate) -> None:
    refused_by("signing_certificate_tries_are_counted", certificate, wrong_tries=6)


def test_signing_certificate_revocation_is_signed(
    certificate: SigningCertificate,
) -> None:
    refused_by("signing_certificate_revocation_is_signed", certificate, revoked_at=AT)


def test_signing_certificate_has_its_key(certificate: SigningCertificate) -> None:
    refused_by("signing_certificate_has_its_key", certificate, key=None)


def test_signing_certificate_never_changes(certificate: SigningCertificate) -> None:
    name = "signing_certificate_never_changes"
    refused_by(name, certificate, pem="another")
    refused_by(name, certificate, holder="Somebody")
    refused_by(name, certificate, title="Camat")
    refused_by(name, certificate, region_code=NEXT_DOOR)
    refused_by(name, certificate, valid_until=AT + timedelta(days=9_999))
    revoke_certificate(certificate=certificate, reason="Lost", by="sari", at=AT)
    refused_by(name, certificate, revoked_at=AT + timedelta(days=1))
    refused_by(name, certificate, revoke_reason="Not so bad")
    refused_by(name, certificate, revoked_at=None, revoked_by="", revoke_reason="")
    # A second revocation says nothing new.
    revoke_certificate(certificate=certificate, reason="Again", by="budi", at=AT)
    certificate.refresh_from_db()
    assert certificate.revoke_reason == "Lost"


def test_no_dump_reads_a_key_without_the_passphrase(
    certificate: SigningCertificate,
) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT key FROM signing_signingcertificate")
        stored = bytes(cursor.fetchone()[0])
        cursor.execute("SELECT root_key, issuer_key, clock_key FROM signing_authority")
        stored += b"".join(map(bytes, cursor.fetchone()))
    assert b"PRIVATE" not in stored
    # With the keyring alone, what comes out is locked still; with a guess it stays so.
    assert certificate.key is not None
    box = base64.b64decode(Sealed(certificate.key.box, KEY_PURPOSE).open())
    assert box.startswith(b"PK1")
    with pytest.raises(WrongKey):
        unlock(box, PASSPHRASE + " ")
    assert unlock(box, PASSPHRASE).startswith(b"\x30")


def test_a_box_that_was_altered_stays_shut() -> None:
    box = bytearray(lock(b"key", PASSPHRASE))
    for place in (4, 20, -1):
        box[place] ^= 1
        with pytest.raises(WrongKey):
            unlock(bytes(box), PASSPHRASE)
        box[place] ^= 1


@pytest.mark.parametrize(
    "passphrase",
    [
        "short",
        "aaaaaaaaaaaa",
        "Budi Santoso ",
        "1234567890",
        "3510 0942 1295",
        "qwertyuiop",
    ],
    ids=str.strip,
)
def test_a_passphrase_is_not_easily_guessed(passphrase: str) -> None:
    signing.authority()
    with pytest.raises(WeakPassphrase):
        signing.signer(cast.budi(), passphrase=passphrase)


def test_a_passphrase_is_not_the_password() -> None:
    signing.authority()
    staff = cast.budi()
    staff.set_password(PASSPHRASE)
    staff.save()
    with pytest.raises(WeakPassphrase, match="kata sandi"):
        signing.signer(staff)
