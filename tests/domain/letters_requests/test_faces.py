"""How people found the service: once for a letter, and never told of few."""

from datetime import timedelta

import pytest

from smartkampung.intake.models import TrackedCase
from smartkampung.kernel.clock import day
from smartkampung.kernel.rls import Kind, act_as
from smartkampung.letters.requests.actions.asking import ask_own
from smartkampung.letters.requests.actions.handling import check, confirm
from smartkampung.letters.requests.models import Letter, LetterRequest
from smartkampung.letters.service.actions import (
    AnsweredAlready,
    NotSignedYet,
    UnknownLetter,
    choose_face,
)
from smartkampung.letters.service.models import Answer
from smartkampung.letters.service.queries.faces import faces
from smartkampung.letters.service.rules import FEWEST, Face, told
from tests.asking_letters import (
    LATER,
    MORNING,
    actor,
    broken,
    pen_of,
    rt_head,
    signed,
    subject_of,
    village_head,
    wayan_with_child,
    wish,
)
from tests.cast import HERE, sari

pytestmark = pytest.mark.django_db


@pytest.fixture
def code() -> str:
    """Let Wayan ask; return his code."""
    person, _child = wayan_with_child()
    asked = ask_own(wish=wish(person), by=subject_of(person), at=MORNING)
    act_as(Kind.JOB)
    return asked.code


def sign() -> Letter:
    """Carry what Wayan asked for to the signature."""
    row = confirm(request=LetterRequest.objects.get(), by=actor(rt_head()), at=MORNING)
    row = check(request=row, by=actor(sari()), at=MORNING)
    return signed(row, pen_of(village_head()))


def answered(letter: Letter, face: int = 3) -> Answer:
    """Write an answer as no action does."""
    return Answer.objects.create(
        letter=letter, village_code=HERE, face=face, on=day(LATER)
    )


def test_a_face_is_chosen_after_the_letter_and_by_nobody_in_particular(
    code: str,
) -> None:
    with pytest.raises(NotSignedYet):
        choose_face(code=code, face=Face.GOOD, at=LATER)
    sign()
    act_as(Kind.PUBLIC)
    choose_face(code=code, face=Face.FAIR, at=LATER)
    assert not Answer.objects.exists(), "nobody looks up who chose what"
    act_as(Kind.JOB)
    assert Answer.objects.get().face == Face.FAIR


def test_letter_face_once(code: str) -> None:
    letter = sign()
    choose_face(code=code, face=Face.GOOD, at=LATER)
    with pytest.raises(AnsweredAlready):
        choose_face(code=code, face=Face.BAD, at=LATER)
    with broken("letter_face_once"):
        answered(letter)


def test_letter_face_known(code: str) -> None:
    letter = sign()
    with broken("letter_face_known"):
        answered(letter, face=4)


def test_letter_face_append_only(code: str) -> None:
    row = answered(sign())
    with broken("Cannot update or delete"):
        row.delete()


@pytest.mark.usefixtures("code")
def test_a_code_of_something_else_chooses_nothing() -> None:
    TrackedCase.objects.update(kind="aid.report")
    with pytest.raises(UnknownLetter):
        choose_face(code="ABCD-EFGH-JKLM", face=Face.GOOD, at=LATER)


@pytest.mark.parametrize(
    ("good", "shown"), [(FEWEST - 1, False), (FEWEST, True), (FEWEST + 3, True)]
)
def test_few_answers_are_not_told(good: int, shown: bool) -> None:
    assert (told({Face.GOOD: good}) is not None) is shown


def test_faces_of_a_village_are_those_of_ninety_days(code: str) -> None:
    answered(sign())
    assert faces([HERE], on=day(LATER)) is None
    assert faces([HERE], on=day(LATER) + timedelta(days=200)) is None
