"""Addresses for machines: open where they may be, closed where they must be."""

import pytest
from django.test import Client
from pytest_django import Settings

from smartkampung.kernel.later import later

pytestmark = pytest.mark.django_db


def test_alive_touches_no_table(client: Client) -> None:
    assert client.get("/healthz").content == b"ok\n"


def test_ready_tells_a_missing_worker_but_turns_nobody_away(client: Client) -> None:
    answer = client.get("/readyz")
    assert answer.status_code == 200
    assert answer.json()["worker"] is False


def test_measurements_name_routes_and_the_queue(client: Client) -> None:
    later("test.waits")
    client.get("/t/K7-SECRET-CODE/")
    text = client.get("/metrics").content.decode()
    assert 'smartkampung_jobs{state="todo"} 1.0' in text
    assert "smartkampung_requests_total" in text
    assert "K7-SECRET-CODE" not in text


@pytest.mark.parametrize(
    ("address", "headers", "status"),
    [
        ("127.0.0.1", {}, 200),
        ("10.1.2.3", {}, 404),
        ("127.0.0.1", {"x-forwarded-for": "10.1.2.3"}, 404),
        ("10.1.2.3", {"authorization": "Bearer wrong"}, 404),
        ("10.1.2.3", {"authorization": "Bearer long-and-random"}, 200),
    ],
    ids=["this machine", "elsewhere", "through a proxy", "wrong token", "token"],
)
def test_measurements_are_not_public(
    client: Client,
    settings: Settings,
    address: str,
    headers: dict[str, str],
    status: int,
) -> None:
    settings.METRICS_TOKEN = "long-and-random"
    answer = client.get("/metrics", REMOTE_ADDR=address, headers=headers)
    assert answer.status_code == status


def test_without_a_token_nobody_elsewhere_measures(client: Client) -> None:
    headers = {"authorization": "Bearer "}
    answer = client.get("/metrics", REMOTE_ADDR="10.1.2.3", headers=headers)
    assert answer.status_code == 404
