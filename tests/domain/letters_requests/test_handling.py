"""Confirm, check, look a second time; and what makes a letter begin again."""

import pytest

from smartkampung.letters.requests.actions.handling import (
    amend,
    check,
    confirm,
    note_read,
    review,
)
from smartkampung.letters.requests.actions.refusals import (
    CannotStep,
    NotYours,
    TooLate,
)
from smartkampung.letters.requests.queries.facts import kept_facts
from smartkampung.letters.requests.rules.steps import Bar, Did, State
from tests.asking_letters import (
    LATER,
    MORNING,
    actor,
    asked,
    checked,
    rt_head,
    secretary,
    village_head,
    wayan_with_child,
)
from tests.cast import budi, sari
from tests.reporting import WAYAN_NIK

pytestmark = pytest.mark.django_db


def test_from_the_rt_to_the_signature() -> None:
    person, _child = wayan_with_child()
    row = checked(person)
    assert (row.state, row.checked_by) == (State.SIGN, "sari")
    facts = kept_facts(row)
    assert facts
    assert facts["subject.nik"] == WAYAN_NIK
    assert (facts["subject.rt"], facts["office.village"]) == ("007", "Sumberwangi")
    assert facts["asked.income"] == "1500000"
    did = list(row.history.order_by("pk").values_list("did", flat=True))
    assert did == [Did.ASKED, Did.CONFIRMED, Did.CHECKED]


def test_budi_next_door_checks_nothing_here() -> None:
    person, _child = wayan_with_child()
    row = confirm(request=asked(person), by=actor(rt_head()), at=MORNING)
    with pytest.raises(NotYours):
        check(request=row, by=actor(budi()), at=MORNING)


def test_a_step_is_taken_once_and_in_turn() -> None:
    person, _child = wayan_with_child()
    row = asked(person)
    with pytest.raises(CannotStep):
        check(request=row, by=actor(sari()), at=MORNING)
    tini = actor(rt_head())
    confirm(request=row, by=tini, at=MORNING)
    with pytest.raises(CannotStep) as told:
        confirm(request=row, by=tini, at=MORNING)
    assert told.value.bars == [Bar.NOT_AT_THIS_STEP]


def test_who_checked_does_not_look_a_second_time() -> None:
    person, _child = wayan_with_child()
    row = asked(person)
    row.steps = ["confirm", "check", "review", "sign"]
    row.save()
    officer = actor(sari())
    confirm(request=row, by=actor(rt_head()), at=MORNING)
    row = check(request=row, by=officer, at=MORNING)
    assert row.state == State.REVIEW
    with pytest.raises(CannotStep) as told:
        review(request=row, by=officer, at=MORNING)
    assert told.value.bars == [Bar.CHECKED_IT]
    row = review(request=row, by=actor(secretary()), at=LATER)
    assert (row.state, row.reviewed_by) == (State.SIGN, "gusti")


def test_an_answer_changed_after_the_check_is_checked_again() -> None:
    person, _child = wayan_with_child()
    officer = sari()
    row = checked(person, officer=officer)
    before = row.version
    row = amend(
        request=row,
        purpose="Berobat",
        answers={"income": "900000"},
        by=actor(officer),
        at=LATER,
    )
    assert (row.state, row.checked_by, row.facts) == (State.CHECK, "", None)
    assert row.version > before
    did = list(row.history.order_by("pk").values_list("did", flat=True))
    assert did[-2:] == [Did.AMENDED, Did.RESTARTED]


def test_what_is_typed_again_unchanged_changes_nothing() -> None:
    person, _child = wayan_with_child()
    officer = sari()
    row = checked(person, officer=officer)
    same = amend(
        request=row,
        purpose="Beasiswa sekolah Putu",
        answers={"income": "1500000"},
        by=actor(officer),
        at=LATER,
    )
    assert (same.state, same.version) == (State.SIGN, row.version)


def test_only_the_village_office_corrects_and_only_before_the_end() -> None:
    person, _child = wayan_with_child()
    officer = sari()
    row = checked(person, officer=officer)
    with pytest.raises(NotYours):
        amend(request=row, purpose="x", answers={}, by=actor(village_head()), at=LATER)
    row.state, row.ended_at = State.REFUSED, LATER
    row.save()
    with pytest.raises(TooLate):
        amend(request=row, purpose="x", answers={}, by=actor(officer), at=LATER)


def test_letter_read_once() -> None:
    person, _child = wayan_with_child()
    row, head = checked(person), actor(village_head())
    for at in (MORNING, LATER):
        note_read(request=row, by=head, at=at)
    assert [read.at for read in row.reads.all()] == [MORNING]
