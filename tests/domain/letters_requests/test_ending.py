"""Back to the family, taken on again, refused, taken back."""

from datetime import timedelta
from typing import Any

import pytest

from smartkampung.letters.requests.actions.ending import (
    cancel,
    complete,
    refuse,
    return_for_completion,
)
from smartkampung.letters.requests.actions.handling import confirm
from smartkampung.letters.requests.actions.refusals import (
    CannotStep,
    NothingHandedIn,
    NotYours,
    ReasonMissing,
    TooLate,
    WrongAnswers,
)
from smartkampung.letters.requests.models import LetterStep
from smartkampung.letters.requests.queries.facts import told_in
from smartkampung.letters.requests.rules.steps import Did, State
from smartkampung.notify.models import Message
from smartkampung.residents.subject import Subject
from tests.asking_letters import (
    LATER,
    MORNING,
    actor,
    asked,
    checked,
    rt_head,
    subject_of,
    village_head,
    wayan_with_child,
)
from tests.cast import budi, sari

pytestmark = pytest.mark.django_db
TOMORROW = MORNING + timedelta(days=1)
WHY = "Foto kartu keluarga tidak terbaca."


def test_given_back_and_completed_it_has_fifteen_new_minutes() -> None:
    person, _child = wayan_with_child()
    officer = sari()
    row = checked(person, officer=officer)
    row = return_for_completion(request=row, what=WHY, by=actor(officer), at=LATER)
    assert (row.state, row.checked_by) == (State.RETURNED, "")
    note = LetterStep.objects.get(request=row, did=Did.RETURNED).note
    assert note
    assert note.open() == WHY
    told = Message.objects.get(template="letter_missing")
    assert row.code
    assert told.secret
    assert told.secret.open() == row.code.open(), "it leads there"
    row = complete(
        request=row,
        by=subject_of(person),
        at=TOMORROW,
        purpose="Berobat",
        answers={"income": "800000"},
    )
    assert row.state == State.CONFIRM, "the RT said so about other answers"
    assert row.due_at == TOMORROW + timedelta(minutes=15)
    assert told_in(row).asked["income"] == "800000"


def test_what_says_the_same_is_not_asked_of_the_rt_again() -> None:
    person, _child = wayan_with_child()
    officer = actor(sari())
    row = confirm(request=asked(person), by=actor(rt_head()), at=MORNING)
    row = return_for_completion(request=row, what=WHY, by=officer, at=LATER)
    told = told_in(row)
    same: dict[str, Any] = {"purpose": told.purpose, "answers": told.asked}
    for who in (officer, subject_of(person)):
        with pytest.raises(NothingHandedIn):
            complete(request=row, by=who, at=LATER, answer="  ", **same)
    row = complete(
        request=row, by=subject_of(person), at=LATER, answer="Ini yang baru.", **same
    )
    assert (row.state, row.hands) == (State.CHECK, ["tini"])


def test_who_completes_for_a_family_does_not_check() -> None:
    person, _child = wayan_with_child()
    officer = actor(sari())
    row = return_for_completion(
        request=asked(person), what=WHY, by=actor(rt_head()), at=LATER
    )
    answers = {"income": "800000"}
    row = complete(
        request=row, by=officer, at=LATER, purpose="Berobat", answers=answers
    )
    assert (row.state, row.hands) == (State.CONFIRM, ["sari"])


def test_completed_answers_are_judged_like_new_ones() -> None:
    person, _child = wayan_with_child()
    row = return_for_completion(
        request=asked(person), what=WHY, by=actor(rt_head()), at=LATER
    )
    with pytest.raises(WrongAnswers):
        complete(request=row, by=subject_of(person), at=LATER, answers={})
    new = "Pakai foto ini."
    row = complete(request=row, by=subject_of(person), at=LATER, answer=new)
    assert row.state == State.CONFIRM
    with pytest.raises(TooLate):
        complete(request=row, by=subject_of(person), at=LATER, answer=new)


def test_a_reason_is_words() -> None:
    person, _child = wayan_with_child()
    row, tini = asked(person), actor(rt_head())
    with pytest.raises(ReasonMissing):
        refuse(request=row, reason=" no ", by=tini, at=LATER)
    with pytest.raises(ReasonMissing):
        return_for_completion(request=row, what="", by=tini, at=LATER)


def test_refused_is_the_end() -> None:
    person, _child = wayan_with_child()
    row = refuse(
        request=checked(person), reason=WHY, by=actor(village_head()), at=LATER
    )
    assert (row.state, row.ended_at) == (State.REFUSED, LATER)
    with pytest.raises(CannotStep):
        refuse(request=row, reason=WHY, by=actor(budi()), at=LATER)
    with pytest.raises(TooLate):
        cancel(request=row, by=subject_of(person), at=LATER)
    assert asked(person).state == State.CONFIRM  # and may be asked for anew


def test_only_whose_step_it_is_refuses() -> None:
    person, _child = wayan_with_child()
    row = asked(person)
    with pytest.raises(NotYours):
        refuse(request=row, reason=WHY, by=actor(village_head()), at=LATER)


def test_taken_back_by_the_family_and_by_nobody_elses() -> None:
    person, _child = wayan_with_child()
    row = checked(person)
    stranger = Subject(-1, person.family_id + 1, person.region_code)
    with pytest.raises(NotYours):
        cancel(request=row, by=stranger, at=LATER)
    with pytest.raises(NotYours):
        cancel(request=row, by=actor(budi()), at=LATER)
    for _twice in range(2):
        row = cancel(request=row, by=subject_of(person), at=LATER)
    assert row.state == State.CANCELLED
    assert LetterStep.objects.filter(request=row, did=Did.CANCELLED).count() == 1


def test_the_counter_takes_it_back_for_the_family() -> None:
    person, _child = wayan_with_child()
    row = cancel(request=asked(person), by=actor(sari()), at=LATER)
    assert row.state == State.CANCELLED
