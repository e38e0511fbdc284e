"""When too many write at once, each gets a place in a later minute: nobody an error."""

import re
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

import pytest
import time_machine
from django.test import Client

from smartkampung.aid.models import Report
from smartkampung.intake.rules import Limit
from smartkampung.kernel.rls import Kind, act_as
from smartkampung.web.report import views
from tests.cast import places
from tests.reporting import NOON, open_phase
from tests.web.reportform import SEND, Page, body, fill, token

pytestmark = pytest.mark.django_db
Clock = Callable[[datetime], None]
TWO = Limit("aid.report.sent_by_all", 2, timedelta(minutes=1))


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> Iterator[Clock]:
    places()
    open_phase(quota=50)
    monkeypatch.setattr(views.send, "declared_limits", (views.SENT, TWO))
    with time_machine.travel(NOON, tick=False) as moved:
        yield moved.move_to


def send(client: Client, review: Page, ticket: str = "") -> Page:
    """Send a reviewed report, with the ticket that was given."""
    return client.post(SEND, {"form": token(review), "ticket": ticket})


def ticket_on(page: Page) -> str:
    """Return the ticket that a page holds."""
    found = re.search(r'name="ticket" value="([^"]+)"', body(page))
    assert found, body(page)
    return found[1]


def count() -> int:
    act_as(Kind.JOB)
    return Report.objects.count()


def test_who_comes_when_too_many_write_goes_first_in_the_next_minute(
    clock: Clock,
) -> None:
    clients = [Client() for _number in range(6)]
    reviews = [fill(client) for client in clients]
    answers = [
        send(client, review)
        for client, review in zip(clients[:5], reviews, strict=False)
    ]
    assert [answer.status_code for answer in answers] == [302, 302, 429, 429, 429]
    waits = [answer["Retry-After"] for answer in answers[2:]]
    assert waits == ["60", "60", "120"]
    third = answers[2]
    assert token(third) == token(reviews[2])  # what was typed is on the page
    assert "Tempat Anda" in body(third)
    # Too early: the same place, and no other.
    early = send(clients[2], reviews[2], ticket_on(third))
    assert (early.status_code, ticket_on(early)) == (429, ticket_on(third))
    assert count() == 2

    clock(NOON + timedelta(minutes=1))
    late = send(clients[5], reviews[5])  # comes first in that minute, and goes last
    assert (late.status_code, late["Retry-After"]) == (429, "60")
    for number in (2, 3):
        kept = ticket_on(answers[number])
        assert send(clients[number], reviews[number], kept).status_code == 302
    assert count() == 4


@pytest.mark.parametrize("made_up", ["x", "aid.report.sent_by_all|0:forged"])
def test_a_ticket_that_we_did_not_give_is_none(made_up: str) -> None:
    client = Client()
    review = fill(client)
    for _other in range(2):
        other = Client()
        send(other, fill(other))
    assert send(client, review, made_up).status_code == 429
    assert count() == 2


def test_a_ticket_lets_in_once_and_a_little_more(
    clock: Clock,
) -> None:
    clients = [Client() for _number in range(3)]
    pages = [send(client, fill(client)) for client in clients]
    kept = ticket_on(pages[2])
    clock(NOON + timedelta(minutes=1))
    tried = [send(clients[2], fill(clients[2]), kept).status_code for _n in range(5)]
    assert tried[:3] == [302, 302, 302]
    assert 302 not in tried[3:]
