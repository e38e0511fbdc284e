"""Fills in the report form as a browser without scripts does."""

import re
from collections.abc import Mapping
from typing import Any

from django.test import Client

from tests.cast import HERE, KECAMATAN, RT_HERE
from tests.reporting import WAYAN_KK, WAYAN_NIK

Page = Any  # what the test client answers
FORM = "/aid/report/"
SEND = "/aid/report/send/"
GOOD: dict[str, dict[str, str]] = {
    "who": {"for_self": "no"},
    "card": {
        "nik": WAYAN_NIK,
        "kk": WAYAN_KK,
        "born_on_day": "17",
        "born_on_month": "8",
        "born_on_year": "1990",
    },
    "phone": {"phone": "0857 1111 2222"},
    "kecamatan": {"kecamatan": KECAMATAN},
    "village": {"village": HERE},
    "rt": {"rt": RT_HERE},
    "reason": {"reason": "never_received", "story": "Rumah hijau di ujung gang."},
    "photo": {},
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


def post(client: Client, page: Page, step: str, data: Mapping[str, Any]) -> Page:
    """Send one screen."""
    return move(client, page, step=step, **data)


def move(client: Client, page: Page, **data: Any) -> Page:
    """Press a button of a page; return the page that the browser is led to."""
    form = {"form": token(page), **data}
    return client.post(FORM, form, follow=True)


def fill(client: Client, *, until: str = "", **answers: dict[str, Any]) -> Page:
    """Answer screen after screen; return the page of the screen ``until``, or the review."""
    page = client.get(FORM, follow=True)
    assert page.status_code == 200, body(page)
    for step, good in GOOD.items():
        if step == until:
            break
        page = post(client, page, step, answers.get(step, good))
        assert page.status_code == 200, body(page)
    return page


def send(client: Client, page: Page) -> Page:
    """Press send on the review."""
    return client.post(SEND, {"form": token(page)})
