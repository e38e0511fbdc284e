"""Fills in the booking form as a browser without scripts does."""

import re
import uuid
from datetime import date, timedelta
from typing import Any

from django.test import Client

from smartkampung.intake.draft import Draft, seal_draft
from smartkampung.kernel.clock import now, today
from smartkampung.web.isolation_booking.wizard import FORM as PURPOSE
from smartkampung.web.isolation_booking.wizard import Wizard
from tests.cast import HERE, KECAMATAN, RT_HERE
from tests.isolating import SURABAYA

Page = Any  # what the test client answers
DOOR = "/isolation/"
FORM = "/isolation/book/"
SEND = "/isolation/book/send/"
WAYAN_NIK = "3510091203900001"


def three(name: str, day: date) -> dict[str, str]:
    """Return a day as its three boxes."""
    return {
        f"{name}_day": str(day.day),
        f"{name}_month": str(day.month),
        f"{name}_year": str(day.year),
    }


def person(name: str = "Wayan", **changes: str) -> dict[str, str]:
    """Return the screen of a grown-up with a NIK."""
    return {
        "name": name,
        "sex": "L",
        "document_kind": "nik",
        "number": WAYAN_NIK,
        **three("born_on", date(1990, 3, 12)),
        **changes,
    }


def child(name: str = "Kadek") -> dict[str, str]:
    """Return the screen of a child without a document."""
    return {
        "name": name,
        "sex": "P",
        "document_kind": "none",
        "number": "",
        **three("born_on", today() - timedelta(days=900)),
    }


def good(**changes: dict[str, str]) -> dict[str, dict[str, str]]:
    """Return right answers to the screens of one person who needs a house."""
    return {
        "when": three("arrives_on", today() + timedelta(days=3)),
        "province": {"province": SURABAYA[:2]},
        "origin": {"origin": SURABAYA},
        "entry": {"entry_point": "ketapang"},
        "kecamatan": {"kecamatan": KECAMATAN},
        "village": {"village": HERE},
        "rt": {"rt": RT_HERE},
        "people": {"people": "1"},
        "guest1": person(),
        "guest2": child(),
        "needs": {},
        "home": {"own_room": "no", "own_bathroom": "yes", "frail": "no"},
        "setting": {"setting": "home"},
        "address": {"address": "Jalan Kawah 3, rumah hijau"},
        "house": {"house": "nearest"},
        "phone": {"phone": "0857 1111 2222"},
        **changes,
    }


def body(response: Page) -> str:
    """Return the text of a page."""
    text: str = response.content.decode()
    return text


def token(response: Page) -> str:
    """Return the sealed answers that a page carries."""
    found = re.search(r'name="form" value="([^"]+)"', body(response))
    assert found, body(response)
    return found[1]


def step_of(response: Page) -> str:
    """Return which screen a page is."""
    found = re.search(r'name="step" value="([^"]+)"', body(response))
    return found[1] if found else "review"


def move(client: Client, page: Page, **data: Any) -> Page:
    """Press a button of a page; return the page that the browser is led to."""
    return client.post(FORM, {"form": token(page), **data}, follow=True)


def walk(client: Client, **answers: dict[str, str]) -> Page:
    """Answer whichever screen comes; return the review."""
    page = client.get(FORM, follow=True)
    told = good(**answers)
    for _screen in range(30):
        step = step_of(page)
        if step == "review":
            return page
        page = move(client, page, step=step, **told[step])
        assert page.status_code == 200, body(page)
    raise AssertionError("never came to the review")


def fill(client: Client, *, until: str = "review", **answers: dict[str, str]) -> Page:
    """Return the page of the screen ``until`` with all before it answered, at once."""
    told = good(**answers)
    order = Wizard(Draft(uuid.uuid4(), now(), told)).order
    before = order[: order.index(until)] if until in order else order
    draft = Draft(uuid.uuid4(), now(), {step: told[step] for step in before})
    form = {"form": seal_draft(draft, form=PURPOSE), "to": until}
    page = client.post(FORM, form, follow=True)
    assert page.status_code == 200, body(page)
    assert step_of(page) == until, body(page)
    return page


def send(client: Client, page: Page) -> Page:
    """Press "book now" on the review."""
    return client.post(SEND, {"form": token(page)})


def book(client: Client, **answers: dict[str, str]) -> str:
    """Book; return the code."""
    answer = send(client, fill(client, until="review", **answers))
    assert answer.status_code == 302, body(answer)
    return str(answer["Location"]).split("/")[2]
