"""A message service tells what became of a message, and signs it."""

import json
from typing import Any

import pytest
from django.test import Client
from pytest_django import Settings

from smartkampung.jobs.inline import run_waiting
from smartkampung.kernel.clock import now
from smartkampung.kernel.sealed import Sealed
from smartkampung.notify.actions import send
from smartkampung.notify.models import Message
from smartkampung.notify.rules import reference_of
from smartkampung.notify.signing import signature_of

pytestmark = pytest.mark.django_db
URL = "/api/v1/messages/receipts"
SECRET = "shared with the gateway"


@pytest.fixture(autouse=True)
def _sent(settings: Settings) -> None:
    settings.MESSAGES, settings.MESSAGES_SECRET = "fake", SECRET
    send(key="news/1", to=Sealed.of("+6281234500001", "phone"), template="news")
    run_waiting()


def post(client: Client, secret: str = SECRET, **told: Any) -> Any:
    body = json.dumps({"reference": str(reference_of("news/1")), **told}).encode()
    stamp = str(int(now().timestamp()))
    headers = {
        "X-Timestamp": stamp,
        "X-Signature": signature_of(secret=secret, timestamp=stamp, body=body),
    }
    return client.post(URL, body, content_type="application/json", headers=headers)


def test_a_signed_receipt_is_taken_and_may_come_again(client: Client) -> None:
    for _twice in range(2):
        answer = post(client, state="delivered", channel="fake")
        assert (answer.status_code, answer.json()) == (200, {"known": True})
    assert Message.objects.get().state == "delivered"
    unknown = post(client, state="delivered", reference=str(reference_of("none")))
    assert unknown.json() == {"known": False}


def test_what_is_not_signed_changes_nothing(client: Client) -> None:
    assert post(client, "guessed", state="failed").status_code == 401
    answer = client.post(URL, "{}", content_type="application/json")
    assert (answer.status_code, answer.json()["code"]) == (401, "token_needed")
    assert Message.objects.get().state == "sent"


def test_what_is_wrong_is_named(client: Client) -> None:
    answer = post(client, state="eaten")
    assert answer.status_code == 422
    assert [one["field"] for one in answer.json()["errors"]] == ["receipt.state"]
