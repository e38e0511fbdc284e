"""Sari gets a certificate: she asks, the administrator confirms, she chooses a passphrase."""

import re
from datetime import timedelta
from html import unescape
from typing import Any

import pgtrigger
import pytest
from django.db import connection
from django.test import Client

from smartkampung.accounts.models import Assignment, Staff
from smartkampung.accounts.roles import Role
from smartkampung.kernel.clock import now
from smartkampung.letters.signing.actions.certificates import (
    revoke_where_the_office_ended,
)
from smartkampung.letters.signing.models import KeyRequest, SigningCertificate
from smartkampung.letters.signing.queries.files import report_of
from smartkampung.letters.signing.rules.levels import Level
from smartkampung.letters.signing.simulators import bsre
from tests import cast, signing
from tests.cast import HERE, REGENCY
from tests.signing import AT, PASSPHRASE, letter, sign_letter
from tests.signing import cheap_guesses as cheap_guesses
from tests.signing_services import NIK
from tests.signing_services import service as service

pytestmark = pytest.mark.django_db
KEYS = "/staff/letters/keys/"


@pytest.fixture
def sari() -> Client:
    """Sign Sari in, in a regency with an authority."""
    staff = cast.sari()
    signing.authority(at=now() - timedelta(days=1))
    return cast.english(cast.sign_in(Client(), staff))


@pytest.fixture
def admin() -> Client:
    """Sign the administrator in."""
    account = cast.staff("indra", Role.SYSTEM_ADMIN, REGENCY, name="Indra Wijaya")
    return cast.english(cast.sign_in(Client(), account))


def read(answer: Any) -> str:
    """Return the words of a page."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())).split())


def ask(client: Client) -> Any:
    """Ask in the one office that one holds."""
    return client.post(f"{KEYS}ask/", {"office": f"Perangkat Desa|{HERE}"}, follow=True)


def make(client: Client, passphrase: str = PASSPHRASE, again: str = "") -> Any:
    """Choose a passphrase."""
    told = {"passphrase": passphrase, "again": again or passphrase}
    return client.post(f"{KEYS}make/", told, follow=True)


def test_from_the_wish_to_the_first_signature(sari: Client, admin: Client) -> None:
    assert "You have no certificate yet" in read(sari.get(KEYS))
    assert "Your request waits" in read(ask(sari))
    page = read(admin.get(f"{KEYS}waiting/"))
    assert "Sari Wulandari" in page
    assert "Perangkat Desa, Sumberwangi" in page
    row = KeyRequest.objects.get()
    admin.post(f"{KEYS}waiting/{row.pk}/", {"answer": "yes"})
    assert "Choose a passphrase" in read(sari.get(KEYS))
    assert "You can sign" in read(make(sari))
    sign_letter(letter(), staff_id=row.staff_id, passphrase=PASSPHRASE, at=now())


def test_the_passphrase_stays_nowhere(sari: Client, admin: Client) -> None:
    ask(sari)
    row = KeyRequest.objects.get()
    admin.post(f"{KEYS}waiting/{row.pk}/", {"answer": "yes"})
    answer = make(sari, PASSPHRASE, "another one")
    assert answer.status_code == 422
    assert "The two passphrases differ" in read(answer)
    assert PASSPHRASE not in answer.content.decode()
    make(sari)
    with connection.cursor() as cursor:
        cursor.execute("SELECT detail::text FROM audit_event")
        told = str(cursor.fetchall())
    assert PASSPHRASE not in told


@pytest.mark.parametrize("passphrase", ["short", "sari wulandari"])
def test_a_weak_passphrase_is_refused_with_what_to_do(
    sari: Client, admin: Client, passphrase: str
) -> None:
    ask(sari)
    admin.post(f"{KEYS}waiting/{KeyRequest.objects.get().pk}/", {"answer": "yes"})
    assert make(sari, passphrase).status_code == 409
    assert not SigningCertificate.objects.exists()


def test_nobody_confirms_themselves_or_elsewhere(sari: Client, admin: Client) -> None:
    ask(sari)
    row = KeyRequest.objects.get()
    assert sari.get(f"{KEYS}waiting/").status_code == 403
    assert sari.post(f"{KEYS}waiting/{row.pk}/", {"answer": "yes"}).status_code == 403
    far = cast.staff("lina", Role.KECAMATAN_OFFICER, cast.OTHER_KECAMATAN)
    other = cast.sign_in(Client(), far)
    assert "Sari" not in read(other.get(f"{KEYS}waiting/"))
    assert other.post(f"{KEYS}waiting/{row.pk}/", {"answer": "yes"}).status_code == 404
    assert make(sari).status_code == 409
    assert admin.post(f"{KEYS}waiting/{row.pk}/", {"answer": "x"}).status_code == 302
    row.refresh_from_db()
    assert row.answer == ""


def test_a_camat_does_not_confirm_the_own_request() -> None:
    signing.authority(at=now() - timedelta(days=1))
    staff = cast.camat()
    endang = cast.english(cast.sign_in(Client(), staff))
    endang.post(f"{KEYS}ask/", {"office": f"Camat|{cast.KECAMATAN}"})
    row = KeyRequest.objects.get()
    assert "Nobody waits" in read(endang.get(f"{KEYS}waiting/"))
    answer = endang.post(f"{KEYS}waiting/{row.pk}/", {"answer": "yes"})
    assert answer.status_code == 404


def test_a_camat_types_a_nip_which_is_confirmed_with_the_office(admin: Client) -> None:
    signing.authority(at=now() - timedelta(days=1))
    endang = cast.english(cast.sign_in(Client(), cast.camat()))
    told = {"office": f"Camat|{cast.KECAMATAN}", "nip": "1970 0000"}
    answer = endang.post(f"{KEYS}ask/", told)
    assert answer.status_code == 422
    assert "A NIP has 18 digits; 8 signs were typed." in read(answer)
    told["nip"] = "19700000 199800 1 001"
    endang.post(f"{KEYS}ask/", told)
    assert KeyRequest.objects.get().nip == "197000001998001001"
    assert "NIP 197000001998001001" in read(admin.get(f"{KEYS}waiting/"))


def test_who_was_refused_may_ask_again(sari: Client, admin: Client) -> None:
    ask(sari)
    admin.post(f"{KEYS}waiting/{KeyRequest.objects.get().pk}/", {"answer": "no"})
    assert "Your request waits" in read(ask(sari))


def test_an_office_that_signs_nothing_is_told_so() -> None:
    ratna = cast.english(cast.sign_in(Client(), cast.dr_ratna()))
    assert "Your office signs no letters" in read(ratna.get(KEYS))
    answer = ratna.post(f"{KEYS}ask/", {"office": f"Perangkat Desa|{HERE}"})
    assert answer.status_code == 422
    assert not KeyRequest.objects.exists()


def test_an_office_of_somewhere_else_is_not_asked_in(sari: Client) -> None:
    other = f"Perangkat Desa|{cast.NEXT_DOOR}"
    answer = sari.post(f"{KEYS}ask/", {"office": other})
    assert answer.status_code == 422


def test_one_revokes_the_own_certificate(sari: Client) -> None:
    signing.signer(Staff.objects.get(username="sari"), at=now())
    assert sari.post(f"{KEYS}revoke/", {"reason": ""}).status_code == 422
    answer = sari.post(f"{KEYS}revoke/", {"reason": "Forgot it"}, follow=True)
    assert "The certificate is revoked" in read(answer)
    row = SigningCertificate.objects.get()
    assert (row.revoke_reason, row.key) == ("Forgot it", None)
    assert sari.post(f"{KEYS}revoke/", {"reason": "Again"}).status_code == 404


@pytest.mark.parametrize(
    ("left", "words"),
    [(timedelta(days=20), "ends soon"), (timedelta(0), "has expired")],
    ids=["soon", "over"],
)
def test_the_end_is_told_before_it_comes(
    sari: Client, left: timedelta, words: str
) -> None:
    row = signing.signer(Staff.objects.get(username="sari"), at=now())
    with pgtrigger.ignore():
        SigningCertificate.objects.filter(pk=row.pk).update(valid_until=now() + left)
    assert words in read(sari.get(KEYS))


def test_somebody_above_revokes_what_a_stranger_may_use(
    sari: Client, admin: Client
) -> None:
    row = signing.signer(Staff.objects.get(username="sari"), at=now())
    page = admin.get(f"{KEYS}waiting/")
    assert "Sari Wulandari Perangkat Desa, Sumberwangi" in read(page)
    link = f"{KEYS}held/{row.pk}/"
    assert link in page.content.decode()
    assert "Revoke this certificate" in read(admin.get(link))
    assert admin.post(link, {"reason": ""}).status_code == 422
    answer = admin.post(link, {"reason": "Phone and note stolen"}, follow=True)
    assert "The certificate of Sari Wulandari is revoked" in read(answer)
    row.refresh_from_db()
    assert (row.revoked_by, row.key) == ("indra", None)
    assert "Phone and note stolen (indra)" in read(sari.get(KEYS))
    assert admin.get(link).status_code == 404


def test_nobody_revokes_elsewhere_or_upwards(sari: Client) -> None:
    row = signing.signer(Staff.objects.get(username="sari"), at=now())
    link = f"{KEYS}held/{row.pk}/"
    assert sari.post(link, {"reason": "Forgot it"}).status_code == 403
    far = cast.staff("lina", Role.KECAMATAN_OFFICER, cast.OTHER_KECAMATAN)
    camat = signing.signer(cast.camat(), at=now())
    head = cast.sign_in(Client(), cast.staff("darmo", Role.VILLAGE_HEAD, HERE))
    assert cast.sign_in(Client(), far).post(link).status_code == 404
    assert head.get(link).status_code == 200
    assert head.get(f"{KEYS}held/{camat.pk}/").status_code == 404


def test_the_end_of_an_office_is_told(sari: Client) -> None:
    row = signing.signer(Staff.objects.get(username="sari"), at=now())
    Assignment.objects.filter(staff=row.staff).update(region_id=cast.NEXT_DOOR)
    revoke_where_the_office_ended(at=now())
    assert "the office that it names ended" in read(sari.get(KEYS))


def test_nobody_is_asked_about_a_service_that_is_not_there(sari: Client) -> None:
    assert "BSrE" not in read(sari.get(KEYS))


@pytest.fixture
def that_day(time_machine: Any) -> None:
    """Stand still where the simulator does."""
    time_machine.move_to(AT, tick=False)


def test_an_officer_signs_through_the_national_service(
    that_day: None, sari: Client, admin: Client, service: bsre.Service
) -> None:
    service.people[NIK] = bsre.Person("SARI WULANDARI, S.Sos.", "", "", PASSPHRASE)
    assert "At the national certificate service (BSrE)" in read(sari.get(KEYS))
    office = {"office": f"Perangkat Desa|{HERE}", "keeper": "bsre"}
    answer = sari.post(f"{KEYS}ask/", office)
    assert answer.status_code == 422
    assert "by which the service knows you" in read(answer)
    answer = sari.post(f"{KEYS}ask/", office | {"nik": NIK}, follow=True)
    assert "Your request waits" in read(answer)
    assert NIK not in answer.content.decode()
    row = KeyRequest.objects.get()
    assert "BSrE" in read(admin.get(f"{KEYS}waiting/"))
    admin.post(f"{KEYS}waiting/{row.pk}/", {"answer": "yes"})
    assert "Begin to sign through it" in read(sari.get(KEYS))
    assert "You can sign" in read(sari.post(f"{KEYS}make/", follow=True))
    done = sign_letter(letter(), staff_id=row.staff_id, passphrase=PASSPHRASE, at=now())
    assert done.level is Level.REMOTE
    report = report_of(done.pdf)
    assert report
    assert report.sound
    assert report.signatures[0].name == "SARI WULANDARI, S.Sos."
