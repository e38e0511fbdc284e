"""Guessing passwords meets a wait, on the server, for names real or not."""

import re
from datetime import UTC, datetime, timedelta
from typing import cast

import pytest
import time_machine
from allauth.mfa.totp.internal.auth import TOTP
from axes.models import AccessAttempt
from django.http import HttpResponse
from django.test import Client

from smartkampung.accounts.models import Staff
from smartkampung.accounts.roles import Role
from tests.cast import HERE, english, staff

pytestmark = pytest.mark.django_db
PASSWORD = "kopi-pagi-di-kaki-ijen"
LOGIN = "/accounts/login/"
TOKEN = rb'name="csrfmiddlewaretoken" value="\w+"'
NINE = datetime(2026, 11, 24, 2, 0, 20, tzinfo=UTC)  # 09.00 WIB


@pytest.fixture(autouse=True)
def account() -> Staff:
    return staff("sari", Role.VILLAGE_OFFICER, HERE, password=PASSWORD)


def guess(name: str, word: str = "x", address: str = "10.0.0.1") -> HttpResponse:
    client = english(Client(REMOTE_ADDR=address))
    answer = client.post(LOGIN, {"login": name, "password": word})
    return cast(HttpResponse, answer)


@time_machine.travel(NINE, tick=False)
def test_five_wrong_passwords_close_a_name_until_a_named_minute() -> None:
    answers = [guess("sari") for _ in range(5)]
    assert [answer.status_code for answer in answers] == [200] * 4 + [429]
    assert "09.16 WIB" in answers[-1].content.decode()
    assert int(answers[-1]["Retry-After"]) > 14 * 60
    # Even the right password waits, from wherever.
    assert guess("Sari", PASSWORD, "10.9.9.9").status_code == 429


def test_the_wait_ends_when_it_was_said_to_end() -> None:
    with time_machine.travel(NINE, tick=False) as clock:
        for _ in range(6):
            guess("sari")
        clock.shift(timedelta(minutes=10))
        assert guess("sari", PASSWORD).status_code == 429  # does not start it anew
        clock.move_to(NINE.replace(second=0) + timedelta(minutes=16))
        assert guess("sari", PASSWORD).status_code == 302


@time_machine.travel(NINE, tick=False)
def test_a_lock_does_not_tell_whether_the_name_exists() -> None:
    real = [guess("sari", address="10.0.0.1") for _ in range(6)][-1]
    made_up = [guess("nobody", address="10.0.0.2") for _ in range(6)][-1]
    assert made_up.status_code == real.status_code
    assert b"09.1" in real.content
    assert re.sub(TOKEN, b"", made_up.content) == re.sub(TOKEN, b"", real.content)


@time_machine.travel(NINE, tick=False)
def test_an_address_waits_after_twenty_five_wrong_names() -> None:
    for number in range(25):
        guess(f"name{number}")
    assert guess("sari", PASSWORD).status_code == 429
    assert guess("sari", PASSWORD, "10.0.0.2").status_code == 302


@time_machine.travel(NINE, tick=False)
def test_an_own_account_does_not_free_the_address(account: Staff) -> None:
    for number in range(24):
        guess(f"name{number}")
    assert guess("sari", PASSWORD).status_code == 302
    guess("name24")
    assert guess("sari", PASSWORD).status_code == 429


@time_machine.travel(NINE, tick=False)
def test_getting_in_forgives_the_name() -> None:
    for _ in range(4):
        guess("sari")
    assert guess("sari", PASSWORD).status_code == 302
    assert not AccessAttempt.objects.exists()


def test_what_was_typed_is_kept_nowhere() -> None:
    guess("3510094107850007", "my-secret")
    kept = str(AccessAttempt.objects.values().get())
    assert "3510094107850007" not in kept
    assert "my-secret" not in kept


@time_machine.travel(NINE, tick=False)
def test_codes_cannot_be_guessed(account: Staff) -> None:
    TOTP.activate(account, "SMARTKAMPUNGDEMOONLYNEVERREALA23")
    client = english(Client())
    client.post(LOGIN, {"login": "sari", "password": PASSWORD})
    for _ in range(5):
        page = client.post("/accounts/2fa/authenticate/", {"code": "000000"})
    assert "That code is not right" in page.content.decode()
    page = client.post("/accounts/2fa/authenticate/", {"code": "000000"})
    assert "Wait five minutes" in page.content.decode()
