"""What a letter was asked with, held against a later day, and against later words."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.utils.translation import override

from smartkampung.accounts.models import Staff
from smartkampung.letters.catalogue.rules.kinds import Asked, AskedType, Both
from smartkampung.letters.catalogue.rules.wording import Wording
from smartkampung.letters.catalogue.shipped import shipped
from smartkampung.letters.requests.actions import handling
from smartkampung.letters.requests.actions.ending import (
    complete,
    return_for_completion,
)
from smartkampung.letters.requests.actions.handling import amend, check, confirm
from smartkampung.letters.requests.actions.refusals import WrongAnswers
from smartkampung.letters.requests.models import LetterRequest
from smartkampung.letters.requests.queries.facts import told_in
from smartkampung.letters.requests.rules.steps import State
from tests.asking_letters import (
    MORNING,
    actor,
    asked,
    rt_head,
    secretary,
    subject_of,
    wayan_with_child,
)
from tests.cast import sari

pytestmark = pytest.mark.django_db
THREE_DAYS_ON = MORNING + timedelta(days=3)
TRIP = {"where": "Denpasar", "from": "2026-11-25", "until": "2026-11-26"}


def travelling() -> LetterRequest:
    return asked(wayan_with_child()[0], kind="travel", answers=TRIP)


def test_a_day_that_passed_in_the_office_is_no_fault_of_the_family() -> None:
    row = travelling()
    told = {**told_in(row).asked, "where": "Gilimanuk"}
    amend(
        request=row,
        purpose="Berobat",
        answers=told,
        by=actor(secretary()),
        at=THREE_DAYS_ON,
    )
    checked = check(request=row, by=actor(sari()), at=THREE_DAYS_ON)
    assert checked.state == State.SIGN


def test_a_day_that_is_changed_lies_ahead_and_none_before_the_first() -> None:
    row, officer = travelling(), actor(sari())
    wrong = {"from": "2026-11-26"}, {"from": "2026-11-27"}
    for changes, fault in zip(wrong, ("from", "until"), strict=True):
        with pytest.raises(WrongAnswers) as told:
            amend(
                request=row,
                purpose="Berobat",
                answers={**TRIP, **changes},
                by=officer,
                at=THREE_DAYS_ON,
            )
        assert set(told.value.fields) == {fault}


def test_what_came_back_is_completed_although_its_day_has_passed() -> None:
    row = travelling()
    return_for_completion(
        request=row, what="Naik apa ke sana?", by=actor(sari()), at=MORNING
    )
    done = complete(
        request=row,
        by=subject_of(row.applicant),
        at=THREE_DAYS_ON,
        purpose="Berobat",
        answers={**TRIP, "by": "Bus"},
    )
    assert done.state == State.CHECK


@pytest.fixture
def confirmed() -> LetterRequest:
    """Let Wayan ask, and the RT say that it is so, in the words of that day."""
    row = asked(wayan_with_child()[0])
    return confirm(request=row, by=actor(rt_head()), at=MORNING)


def reworded(**changes: Any) -> Wording:
    one = shipped()["sktm"]
    return replace(one, kind=replace(one.kind, **changes), digest="other")


def test_other_words_need_no_second_word_of_the_rt(
    confirmed: LetterRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = reworded(valid_days=1)
    monkeypatch.setattr(handling, "wording_for", lambda *_: other)
    row = check(request=confirmed, by=actor(sari()), at=MORNING)
    assert (row.state, row.wording_digest) == (State.SIGN, "other")


def test_a_question_that_is_new_is_answered_before_the_check(
    confirmed: LetterRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    school = Asked("school", AskedType.TEXT, Both("Sekolah", "School"))
    other = reworded(asked=(*shipped()["sktm"].kind.asked, school))
    monkeypatch.setattr(handling, "wording_for", lambda *_: other)
    officer = actor(sari())
    with override("en"), pytest.raises(WrongAnswers, match="School: This stands on"):
        check(request=confirmed, by=officer, at=MORNING)
    told = told_in(confirmed)
    row = amend(
        request=confirmed,
        purpose=told.purpose,
        answers={**told.asked, "school": "SDN 1"},
        by=actor(secretary()),
        at=MORNING,
    )
    assert row.state == State.CONFIRM, "the RT is asked about the new answer"
    row = confirm(request=row, by=actor(Staff.objects.get(username="tini")), at=MORNING)
    assert check(request=row, by=officer, at=MORNING).state == State.SIGN
