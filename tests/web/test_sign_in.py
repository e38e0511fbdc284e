"""Staff sign in with a password and a second factor, and nothing less."""

from datetime import UTC, datetime

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.test import Client
from pytest_django.fixtures import Settings

from smartkampung.accounts.actions import create_staff, enroll_demo_totp
from smartkampung.accounts.models import Staff
from smartkampung.accounts.roles import Role
from tests.cast import HERE, english, sari, sign_in, staff

pytestmark = pytest.mark.django_db
PASSWORD = "kopi-pagi-di-kaki-ijen"
SECRET = "SMARTKAMPUNGDEMOONLYNEVERREALA23"
LOGIN = "/accounts/login/"
CODE = "/accounts/2fa/authenticate/"
NOON = datetime(2026, 11, 24, 5, tzinfo=UTC)


def code(at: datetime) -> str:
    return str(format_hotp_value(hotp_value(SECRET, int(at.timestamp()) // 30)))


@pytest.fixture
def client() -> Client:
    return english(Client())


@pytest.fixture
def account() -> Staff:
    account = staff("sari", Role.VILLAGE_OFFICER, HERE, password=PASSWORD)
    TOTP.activate(account, SECRET)
    return account


@time_machine.travel(NOON, tick=False)
def test_password_and_code_open_the_desk(client: Client, account: Staff) -> None:
    # Phones capitalise the first letter and add a space.
    answer = client.post(LOGIN, {"login": "Sari ", "password": PASSWORD})
    assert answer["Location"] == CODE
    assert "_auth_user_id" not in client.session
    answer = client.post(CODE, {"code": code(NOON)})
    assert answer["Location"] == "/staff/"
    assert client.session["second_factor"] is True


@time_machine.travel(NOON, tick=False)
def test_a_code_opens_once(client: Client, account: Staff) -> None:
    for expected in (302, 200):
        browser = Client()
        browser.post(LOGIN, {"login": "sari", "password": PASSWORD})
        assert browser.post(CODE, {"code": code(NOON)}).status_code == expected


@pytest.mark.usefixtures("account")
def test_unknown_name_and_wrong_password_get_one_answer(client: Client) -> None:
    wrong = client.post(LOGIN, {"login": "sari", "password": "x"})
    unknown = client.post(LOGIN, {"login": "nobody", "password": "x"})
    pages = [page.content.decode() for page in (wrong, unknown)]
    assert "The username or the password is not right" in pages[0]
    assert without_tokens(pages[0]).replace("sari", "nobody") == without_tokens(
        pages[1]
    )


def without_tokens(page: str) -> str:
    return "\n".join(line for line in page.splitlines() if "csrf" not in line)


def test_staff_without_a_second_factor_reach_only_its_set_up(client: Client) -> None:
    sign_in(client, sari(), second_factor=False)
    page = client.get("/accounts/2fa/")
    assert "One step is missing" in page.content.decode()
    assert client.get("/accounts/2fa/totp/activate/").status_code == 200
    for address in ("/accounts/2fa/recovery-codes/", "/staff/", "/staff/residents/"):
        assert client.get(address)["Location"] == "/accounts/2fa/", address


def test_nobody_signs_up(client: Client) -> None:
    assert client.get("/accounts/signup/").status_code == 404


def test_secrets_of_second_factors_are_sealed(account: Staff) -> None:
    stored = Authenticator.objects.get(user=account).data
    assert SECRET not in str(stored)


class TestDemo:
    def test_the_page_shows_accounts_password_and_code(
        self, client: Client, settings: Settings
    ) -> None:
        settings.DEMO = True
        account = create_staff(
            username="tamu", full_name="Tamu", by="demo", is_demo=True
        )
        enroll_demo_totp(staff=account, secret=settings.DEMO_TOTP_SECRET)
        with time_machine.travel(NOON, tick=False):
            page = client.get("/demo/").content.decode()
        assert code(NOON) in page
        assert settings.DEMO_PASSWORD in page

    def test_outside_the_demo_it_does_not_exist(self, client: Client) -> None:
        assert client.get("/demo/").status_code == 404

    def test_a_shared_secret_is_refused_outside_the_demo(self) -> None:
        with pytest.raises(RuntimeError, match="demo mode only"):
            enroll_demo_totp(staff=sari(), secret=SECRET)


@time_machine.travel(NOON, tick=False)
def test_an_account_of_the_demo_is_shut_outside_the_demo(
    client: Client, account: Staff, settings: Settings
) -> None:
    inside = sign_in(english(Client()), account)
    Staff.objects.filter(pk=account.pk).update(is_demo=True)
    settings.DEMO = True
    assert inside.get("/accounts/sessions/").status_code == 200
    settings.DEMO = False
    assert inside.get("/accounts/sessions/").status_code == 302
    answer = client.post(LOGIN, {"login": "sari", "password": PASSWORD})
    assert answer.status_code == 200
    assert "is not right" in answer.content.decode()
