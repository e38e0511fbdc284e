"""The frame of every page: language, head, menu."""

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


def test_language_switch_returns_to_the_same_page_and_is_remembered(
    client: Client,
) -> None:
    answer = client.post("/language/", {"language": "en", "next": "/?a=1"})
    assert answer.status_code == 302
    assert answer["Location"] == "/?a=1"
    assert b'<html lang="en">' in client.get("/").content


@pytest.mark.parametrize(
    "target", ["https://evil.example/", "//evil.example", "javascript:1"]
)
def test_language_switch_never_sends_people_elsewhere(
    client: Client, target: str
) -> None:
    answer = client.post("/language/", {"language": "en", "next": target})
    assert answer["Location"] == "/"


def test_an_unknown_language_changes_nothing(client: Client) -> None:
    answer = client.post("/language/", {"language": "xx", "next": "/"})
    assert "django_language" not in answer.cookies


def test_a_page_asks_robots_and_referrers_to_stay_away(client: Client) -> None:
    body = client.get("/").content.decode()
    assert '<html lang="id">' in body
    assert 'content="noindex"' in body
    assert 'content="same-origin"' in body


def test_a_public_page_needs_no_cookie(client: Client) -> None:
    assert not client.get("/regions/").cookies
