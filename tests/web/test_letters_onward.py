"""Officers go from one letter to the next, and people find a letter by its local name."""

from typing import Any

import pytest
from django.test import Client

from smartkampung.letters.requests.actions.ending import complete
from smartkampung.letters.requests.actions.handling import confirm
from smartkampung.letters.requests.models import LetterRequest
from smartkampung.letters.requests.rules.steps import State
from tests import cast
from tests.asking_letters import (
    MORNING,
    actor,
    asked,
    pen_of,
    rt_head,
    secretary,
    village_head,
    wayan_with_child,
)
from tests.cast import english
from tests.signing import cheap_guesses as cheap_guesses
from tests.web.test_letters_staff import LIST, do, enter, words
from tests.web.test_letters_staff import that_morning as that_morning

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("that_morning")]


def two_letters() -> tuple[LetterRequest, LetterRequest]:
    """Let Wayan ask for himself and for his daughter."""
    father, child = wayan_with_child()
    return asked(father), asked(father, subject_id=child.pk)


def test_after_a_confirmation_the_next_letter_is_there() -> None:
    first, second = two_letters()
    desk = enter(rt_head())
    page = do(desk, first, "confirm")
    assert page.redirect_chain[-1][0] == f"{LIST}{second.pk}/"
    assert "This is the next letter" in words(page)
    assert do(desk, second, "confirm").redirect_chain[-1][0] == f"{LIST}{second.pk}/"


def test_after_a_check_the_next_letter_is_one_that_is_the_officers_to_check() -> None:
    first, second = two_letters()
    rt, sari, gusti = rt_head(), cast.sari(), secretary()
    for row in (first, second):
        confirm(request=row, by=actor(rt), at=MORNING)
    desk = enter(sari)
    do(desk, second, "return", what="Foto rumah kurang jelas.")
    second.refresh_from_db()
    back = complete(request=second, by=actor(sari), at=MORNING, answer="Sudah ada.")
    assert back.state == State.CHECK
    page = do(desk, first, "check")
    assert page.redirect_chain[-1][0] == f"{LIST}{first.pk}/", "the other is not hers"
    third = do(enter(gusti), second, "check")
    assert third.redirect_chain[-1][0] == f"{LIST}{second.pk}/"


def test_the_list_of_an_rt_opens_on_what_it_is_to_confirm() -> None:
    two_letters()
    page: Any = enter(rt_head()).get(LIST)
    tabs = {tab["show"]: tab["current"] for tab in page.context["tabs"]}
    assert tabs == {"": False, "confirm": True}


def test_the_head_finds_the_wordings_that_wait_for_a_yes() -> None:
    page = enter(pen_of(village_head())).get(LIST).content.decode()
    # As often as any other line: the menu is drawn for phones and for desks.
    times = page.count('href="/staff/letters/mandates/"')
    assert page.count('href="/staff/letters/wordings/"') == times > 0


@pytest.mark.parametrize(
    ("typed", "first"),
    [("spm", "sktm"), ("ktp hilang", "lost"), ("nikah", "marriage")],
)
def test_a_letter_is_found_by_what_people_call_it(typed: str, first: str) -> None:
    page: Any = english(Client()).get("/surat/", {"q": typed})
    found = [
        one["code"] for group in page.context["groups"] for one in group["letters"]
    ]
    assert first in found
