"""Endang signs in with a passkey of her device; nobody does with another one.

Chromium's virtual authenticator plays the device: a real ceremony, no made-up answers.
"""

import base64
import re
from collections.abc import Callable

import pytest
from allauth.mfa.models import Authenticator
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
)
from playwright.sync_api import Page, expect

from smartkampung.accounts.models import Staff
from smartkampung.accounts.roles import Role
from tests import cast
from tests.journeys.conftest import SignIn
from tests.journeys.passkeys import Device, add_passkey

pytestmark = pytest.mark.django_db(transaction=True)
SECRET = "tiga ekor kerbau di sawah"


@pytest.fixture
def endang() -> Staff:
    """Endang, who has a password and no second factor yet."""
    cast.places()
    return cast.staff("endang", Role.KECAMATAN_OFFICER, cast.KECAMATAN, password=SECRET)


@pytest.fixture
def device(page: Page, sign_in: SignIn, endang: Staff) -> Device:
    """A browser whose device holds a passkey of Endang's, signed out again."""
    device = Device(page)
    sign_in(page.context, endang)
    add_passkey(page, "HP kantor")
    page.goto("/accounts/2fa/passkeys/")
    expect(page.get_by_role("row", name="HP kantor")).to_be_visible()
    page.context.clear_cookies()
    return device


def knock(page: Page) -> None:
    """Try to sign in with a passkey alone."""
    page.goto("/accounts/login/?next=/staff/")
    page.get_by_role("button", name="Masuk dengan kunci sandi").click()


def stays_out(page: Page) -> None:
    """Assert that the browser is not signed in."""
    page.wait_for_load_state("networkidle")
    page.goto("/staff/")
    expect(page).to_have_url(re.compile("/accounts/login/"))


def test_the_passkey_alone_signs_in(page: Page, device: Device) -> None:
    knock(page)
    expect(page.get_by_role("heading", name="Pekerjaan saya")).to_be_visible()
    assert Authenticator.objects.get(type="webauthn").last_used_at is not None


def test_the_passkey_is_the_second_step_after_the_password(
    page: Page, device: Device
) -> None:
    page.goto("/accounts/login/?next=/staff/")
    page.fill("input[name=login]", "endang")
    page.fill("input[name=password]", SECRET)
    page.get_by_role("button", name="Lanjut").click()
    stays_out_without_second_step(page)
    page.get_by_role("button", name="Pakai kunci sandi").click()
    expect(page.get_by_role("heading", name="Pekerjaan saya")).to_be_visible()


def stays_out_without_second_step(page: Page) -> None:
    """Assert that a password alone opens nothing."""
    expect(page).to_have_url(re.compile("/2fa/authenticate/"))
    answer = page.request.get("/staff/", max_redirects=0)
    assert answer.status == 302


def forged(device: Device) -> None:
    """Keep the passkey's name, but sign with another key."""
    key = device.only_key()
    other = ec.generate_private_key(ec.SECP256R1()).private_bytes(
        Encoding.DER, PrivateFormat.PKCS8, NoEncryption()
    )
    device.tell("removeCredential", credentialId=key["credentialId"])
    key["privateKey"] = base64.b64encode(other).decode()
    device.tell("addCredential", credential=key)


def unknown(device: Device) -> None:
    """Hold a passkey that this program never saw."""
    forged(device)
    key = device.only_key()
    device.tell("removeCredential", credentialId=key["credentialId"])
    key["credentialId"] = base64.b64encode(b"never registered").decode()
    device.tell("addCredential", credential=key)


def removed(device: Device) -> None:
    """Take the passkey off the account."""
    Authenticator.objects.all().delete()


def closed(device: Device) -> None:
    """Close the account."""
    Staff.objects.update(is_active=False)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (forged, "Kunci sandi itu tidak membuka akun ini."),
        (unknown, "Kunci sandi itu tidak membuka akun ini."),
        (removed, "Kunci sandi itu tidak membuka akun ini."),
        (closed, "Nama pengguna atau kata sandi tidak cocok."),
    ],
)
def test_another_passkey_opens_nothing(
    page: Page, device: Device, change: Callable[[Device], None], words: str
) -> None:
    change(device)
    with page.expect_response(lambda got: got.request.method == "POST"):
        knock(page)
    expect(page.get_by_text(words)).to_be_visible()
    stays_out(page)


def test_whom_the_device_does_not_recognise_stays_out(
    page: Page, device: Device
) -> None:
    device.tell("setUserVerified", isUserVerified=False)
    knock(page)
    stays_out(page)
