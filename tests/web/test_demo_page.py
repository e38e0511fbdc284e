"""The demo page tells a stranger whom to play, in both languages, and only in a demo."""

from datetime import timedelta

import pytest
from allauth.mfa.totp.internal.auth import validate_totp_code
from django.test import Client
from pytest_django import Settings

from smartkampung.accounts.queries import demo_code
from smartkampung.demo.cast import playable
from smartkampung.demo.letters_keys import OPENS_KEYS
from smartkampung.kernel.clock import now
from smartkampung.web.letters_staff.forms import PassphraseForm

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("language", "words"),
    [("id", "Siapa yang bisa dimainkan"), ("en", "Whom to play")],
)
def test_the_numbers_to_type_are_on_the_page(
    client: Client, settings: Settings, language: str, words: str
) -> None:
    settings.DEMO = True
    client.cookies["django_language"] = language

    page = client.get("/demo/").content.decode()

    assert words in page
    assert OPENS_KEYS in page
    for played in playable():
        assert played.nik in page
        assert played.kk in page
        assert f"{played.born_on:%d-%m-%Y}" in page


def test_a_demo_that_travelled_shows_the_code_that_is_checked(
    settings: Settings,
) -> None:
    settings.DEMO = True
    settings.TIME_TRAVEL = timedelta(days=7)
    code, _seconds = demo_code(at=now())
    assert validate_totp_code(settings.DEMO_TOTP_SECRET, code)


def test_the_passphrase_stands_where_it_is_asked_for_in_the_demo_only(
    settings: Settings,
) -> None:
    assert OPENS_KEYS not in str(PassphraseForm()["passphrase"].help_text)
    settings.DEMO = True
    assert OPENS_KEYS in str(PassphraseForm()["passphrase"].help_text)
