"""The door of the gateway: signed, once, and nothing of what is not signed is kept."""

import pytest
from django.test import Client
from pytest_django import Settings

from smartkampung.frontline.texting.models import Received
from smartkampung.notify.models import Message
from tests.reporting import WAYAN_NIK, wayan
from tests.texting import ADDRESS, everything_kept, post

pytestmark = pytest.mark.django_db
BODY = {"id": "sms-1", "from": "0812 3456 7890", "text": "LAPOR"}


@pytest.fixture(autouse=True)
def _secret(settings: Settings) -> None:
    settings.MESSAGES_SECRET = "rahasia-gerbang"


def test_a_signed_text_is_answered_by_message(client: Client) -> None:
    wayan()
    answer = post(client, BODY)
    assert (answer.status_code, answer.json()) == (
        200,
        {"id": "sms-1", "state": "answered"},
    )
    assert Message.objects.get().address.open() == "+6281234567890"
    assert "LAPOR" not in answer.content.decode()


def test_the_same_text_twice_is_answered_once(client: Client) -> None:
    post(client, BODY)
    assert post(client, BODY).json()["state"] == "repeated"
    assert Message.objects.count() == 1


@pytest.mark.parametrize(
    "spoilt",
    [
        {"secret": "tebakan"},
        {"signature": ""},
        {"moment": "1764380000"},
        {"moment": ""},
    ],
)
def test_what_is_not_signed_is_401_and_leaves_nothing(
    client: Client, spoilt: dict[str, str]
) -> None:
    before = len(everything_kept().splitlines())
    answer = post(client, BODY, **spoilt)
    assert answer.status_code == 401
    # One count of hits from an address, by its keyed hash; nothing of the text.
    assert len(everything_kept().splitlines()) == before + 1
    assert not Received.objects.exists()


def test_without_a_secret_the_door_is_shut(client: Client, settings: Settings) -> None:
    settings.MESSAGES_SECRET = ""
    assert post(client, BODY, secret="").status_code == 401


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"from": "12"}, "from"),
        ({"id": "a b"}, "id"),
        ({"id": "\x00"}, "id"),
        ({"text": "a" * 4_001}, "text"),
        ({"channel": "fax"}, "channel"),
        ({"nik": "1"}, "nik"),
    ],
)
def test_what_cannot_be_a_text_names_its_field(
    client: Client, change: dict[str, str], field: str
) -> None:
    answer = post(client, BODY | change)
    assert answer.status_code == 422, answer.content
    assert [one["field"] for one in answer.json()["errors"]] == [field]


def test_no_error_repeats_what_was_written(client: Client) -> None:
    answer = post(client, BODY | {"text": WAYAN_NIK * 300})
    assert WAYAN_NIK not in answer.content.decode()


def test_a_body_that_is_no_json_is_said_so(client: Client) -> None:
    assert client.post(ADDRESS, b"", content_type="text/plain").status_code == 401
