"""Fills in the registration form as a browser without scripts does."""

import re
from typing import Any

from django.test import Client

from tests.cast import HERE, KECAMATAN, RT_HERE
from tests.reporting import WAYAN_NIK

Page = Any  # what the test client answers
FORM, SEND = "/affected/register/", "/affected/register/send/"
GOOD: dict[str, dict[str, Any]] = {
    "kind": {"kind": "sales_down"},
    "sector": {"sector": "boat"},
    "sales": {"sales_down_percent": "80"},
    "employer": {"employer": "Asosiasi perahu", "employer_phone": "0813 3334 4444"},
    "when": {
        "happened_on_day": "1",
        "happened_on_month": "10",
        "happened_on_year": "2026",
    },
    "income": {"income_before": "Rp 3.000.000", "income_after": "400 000"},
    "burden": {"dependants": "3", "debts": ""},
    "wishes": {"skills": "Selam", "wish_tools": "on"},
    "card": {
        "nik": WAYAN_NIK,
        "name": "Wayan Sudarma",
        "born_on_day": "17",
        "born_on_month": "8",
        "born_on_year": "1990",
    },
    "kecamatan": {"kecamatan": KECAMATAN},
    "village": {"village": HERE},
    "rt": {"rt": RT_HERE},
    "phone": {"phone": "0857 1111 2222"},
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


def step_of(response: Page) -> str:
    """Return which screen stands there."""
    found = re.search(r'name="step" value="([^"]+)"', body(response))
    return found[1] if found else "review"


def fill(client: Client, **changes: dict[str, Any]) -> Page:
    """Answer screen after screen until one does not hold, or the review stands there."""
    page: Page = client.get(FORM, follow=True)
    answers = {**GOOD, **changes}
    for _ in answers:
        step = step_of(page)
        if step == "review" or page.status_code == 422:
            return page
        data = {"form": token(page), "step": step, **answers[step]}
        page = client.post(FORM, data, follow=True)
    return page


def send(client: Client, page: Page) -> Page:
    """Send what the review shows."""
    return client.post(SEND, {"form": token(page)})
