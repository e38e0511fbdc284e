"""How a family gets to its own data in tests: numbers, code from the phone, in."""

from typing import Any

from django.test import Client

from smartkampung.jobs.inline import run_waiting
from smartkampung.notify.models import Message
from tests.population import WAYAN_KK, WAYAN_NIK

DOOR, CODE, HOME = "/my-data/", "/my-data/code/", "/my-data/home/"
Page = Any


def body(page: Page) -> str:
    """Return the text of a page."""
    return str(page.content.decode())


def ask(client: Client, nik: str = WAYAN_NIK, kk: str = WAYAN_KK) -> Page:
    """Type the two numbers, and let the worker look."""
    answer = client.post(DOOR, {"nik": nik, "kk": kk})
    run_waiting()
    return answer


def code_sent() -> str:
    """Read the latest code from the phone of the family."""
    message = Message.objects.filter(template="code").latest("pk")
    assert message.secret is not None
    return str(message.secret.open())


def another(code: str) -> str:
    """Return a code that is not this one."""
    return f"{(int(code) + 1) % 1_000_000:06d}"


def enter(client: Client, nik: str = WAYAN_NIK, kk: str = WAYAN_KK) -> Page:
    """Go all the way in; return the first page inside."""
    ask(client, nik, kk)
    return client.post(CODE, {"digits": code_sent()}, follow=True)
