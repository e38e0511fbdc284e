"""The demo page tells a stranger whom to play, in both languages, and only in a demo."""

import pytest
from django.test import Client
from pytest_django import Settings

from smartkampung.demo.cast import playable

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
    for played in playable():
        assert played.nik in page
        assert played.kk in page
        assert f"{played.born_on:%d-%m-%Y}" in page
