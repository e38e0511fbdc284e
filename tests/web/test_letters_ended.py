"""A letter that holds no longer says so as its state, wherever it is shown."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from smartkampung.accounts.models import Staff
from smartkampung.kernel.rls import Kind, act_as
from smartkampung.letters.requests.actions.asking import ask_own
from smartkampung.letters.requests.actions.handling import check, confirm
from smartkampung.letters.requests.actions.revoking import replace, revoke
from smartkampung.letters.requests.models import Letter, LetterRequest
from tests.asking_letters import (
    LATER,
    MORNING,
    actor,
    pen_of,
    rt_head,
    signed,
    subject_of,
    village_head,
    wayan_with_child,
    wish,
)
from tests.cast import english, sari
from tests.owndata import body
from tests.signing import cheap_guesses as cheap_guesses
from tests.web.test_letters_ask import clock as clock
from tests.web.test_letters_ask import enter as family
from tests.web.test_letters_staff import enter, words

pytestmark = pytest.mark.django_db
READY = "Signed, ready to fetch"
LAST_DAY = timedelta(days=90)


@pytest.fixture
def officer() -> Staff:
    return sari()


@pytest.fixture
def letter(officer: Staff) -> tuple[Letter, str]:
    """Sign what Wayan asked for; return it with the code that follows it."""
    found = ask_own(
        wish=wish(father := wayan_with_child()[0]), by=subject_of(father), at=MORNING
    )
    act_as(Kind.JOB)
    row = LetterRequest.objects.get(pk=found.request_id)
    row = confirm(request=row, by=actor(rt_head()), at=MORNING)
    row = check(request=row, by=actor(officer), at=MORNING)
    return signed(row, pen_of(village_head())), found.code


def said(letter: Letter, code: str) -> dict[str, str]:
    """Return every page on which a letter stands, as people read it."""
    phone, desk = english(Client()), enter(Staff.objects.get(username="sari"))
    family(phone)
    row, person = letter.request, letter.request.subject_id
    return {
        "family's page": body(phone.get(f"/surat/mine/{row.pk}/")),
        "family's list": body(phone.get("/surat/mine/")),
        "behind the code": body(english(Client()).get(f"/surat/t/{code}/")),
        "office's page": words(desk.get(f"/staff/letters/{row.pk}/")),
        "office's list": words(desk.get("/staff/letters/", {"show": "issued"})),
        "counter": words(desk.get(f"/staff/letters/counter/family/{person}/")),
    }


def all_say(letter: tuple[Letter, str], what: str) -> dict[str, str]:
    pages = said(*letter)
    missing = [name for name, page in pages.items() if what not in page]
    ready = [name for name, page in pages.items() if READY in page]
    assert (missing, ready) == ([], [])
    for way in ("family's page", "behind the code"):
        assert pages[way].count('<li class="now"') == 1, "no good step behind it"
    return pages


def test_a_letter_that_holds_is_ready_everywhere(letter: tuple[Letter, str]) -> None:
    assert all(READY in page for page in said(*letter).values())


def test_a_revoked_letter_is_revoked_everywhere(letter: tuple[Letter, str]) -> None:
    head = actor(letter[0].signer)
    revoke(letter=letter[0], reason="Salah nama sekolah.", by=head, at=LATER)
    pages = all_say(letter, "Revoked")
    assert "Do not print these" in pages["counter"]
    assert "Ask for this letter again" in pages["family's page"]


def test_a_replaced_letter_is_replaced_everywhere(
    letter: tuple[Letter, str], officer: Staff
) -> None:
    head = letter[0].signer
    row = replace(letter=letter[0], reason="Salah nama.", by=actor(head), at=LATER)
    signed(check(request=row, by=actor(officer), at=LATER), head)
    pages = said(*letter)
    assert all("Replaced by a new letter" in page for page in pages.values())
    assert READY not in pages["family's page"] + pages["office's page"]


def test_an_expired_letter_is_over_everywhere(letter: tuple[Letter, str]) -> None:
    with time_machine.travel(LATER + LAST_DAY, tick=True):
        assert all(READY in page for page in said(*letter).values())
    with time_machine.travel(LATER + LAST_DAY + timedelta(days=1), tick=True):
        pages = all_say(letter, "Its time is over")
    assert "This letter held until" in pages["family's page"]
    assert "Fetch the letter" not in pages["family's page"]
