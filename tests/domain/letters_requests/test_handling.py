"""Confirm, check, look a second time; and what makes a letter begin again."""

from typing import Any

import pytest

from smartkampung.accounts.models import Staff
from smartkampung.letters.requests.actions import handling
from smartkampung.letters.requests.actions.asking import ask_for
from smartkampung.letters.requests.actions.handling import (
    amend,
    check,
    confirm,
    review,
)
from smartkampung.letters.requests.actions.reading import note_read, shown
from smartkampung.letters.requests.actions.refusals import (
    CannotStep,
    NotShown,
    NotYours,
    TooLate,
)
from smartkampung.letters.requests.models import LetterRequest
from smartkampung.letters.requests.queries.facts import kept_facts
from smartkampung.letters.requests.queries.requests import next_at
from smartkampung.letters.requests.queries.villages import Rule
from smartkampung.letters.requests.rules.steps import Bar, Channel, Did, State, Step
from smartkampung.notify.models import Message
from smartkampung.worklist.models import WorkItem
from tests.asking_letters import (
    LATER,
    MORNING,
    actor,
    asked,
    checked,
    more_steps,
    rt_head,
    secretary,
    village_head,
    wayan_with_child,
    wish,
)
from tests.cast import budi, sari
from tests.domain.letters_requests.test_silence import on_paper
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
    more_steps("review")
    row, officer = asked(person), actor(sari())
    confirm(request=row, by=actor(rt_head()), at=MORNING)
    row = check(request=row, by=officer, at=MORNING)
    assert row.state == State.REVIEW
    with pytest.raises(CannotStep) as told:
        review(request=row, by=officer, at=MORNING)
    assert told.value.bars == [Bar.CHECKED_IT]
    row = review(request=row, by=actor(secretary()), at=LATER)
    assert (row.state, row.reviewed_by) == (State.SIGN, "gusti")


def test_who_asked_at_the_counter_does_not_look_a_second_time() -> None:
    more_steps("review")
    row, other = on_paper(wayan_with_child()[0]), actor(secretary())
    officer = actor(Staff.objects.get(username="sari"))
    row = check(request=row, by=other, at=MORNING)
    assert WorkItem.objects.get(kind="letters.review").not_by == ["gusti", "sari"]
    assert next_at(officer, Step.REVIEW) is None
    with pytest.raises(CannotStep) as told:
        review(request=row, by=officer, at=MORNING)
    assert told.value.bars == [Bar.WROTE_IT]


def test_an_answer_changed_after_the_check_is_asked_of_the_rt_anew() -> None:
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
    assert (row.state, row.checked_by, row.facts) == (State.CONFIRM, "", None)
    assert row.version > before
    did = list(row.history.order_by("pk").values_list("did", flat=True))
    assert did[-2:] == [Did.AMENDED, Did.RESTARTED]
    assert Message.objects.filter(template="letter_news").exists(), "it is told"
    row = confirm(request=row, by=actor(Staff.objects.get(username="tini")), at=LATER)
    with pytest.raises(CannotStep) as told:
        check(request=row, by=actor(officer), at=LATER)
    assert told.value.bars == [Bar.WROTE_IT]
    assert check(request=row, by=actor(secretary()), at=LATER).state == State.SIGN


def test_what_waits_for_its_first_step_is_corrected_where_it_is() -> None:
    person, _child = wayan_with_child()
    row = asked(person)
    given: dict[str, Any] = {"answers": {"income": "900000"}, "at": LATER}
    row = amend(request=row, purpose="Berobat", by=actor(sari()), **given)
    assert (row.state, row.hands) == (State.CONFIRM, ["sari"])
    assert Did.RESTARTED not in row.history.values_list("did", flat=True)


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
    proof = shown(row, "a" * 64, to=head)
    for at in (MORNING, LATER):
        note_read(request=row, by=head, proof=proof, at=at)
    assert [(read.at, read.shown) for read in row.reads.all()] == [(MORNING, "a" * 64)]


def test_only_what_was_on_the_own_screen_was_read() -> None:
    person, _child = wayan_with_child()
    row, head = checked(person), actor(village_head())
    proof = shown(row, "a" * 64, to=head)
    others = shown(row, "a" * 64, to=actor(secretary()))
    LetterRequest.objects.filter(pk=row.pk).update(version=row.version + 1)
    later = LetterRequest.objects.get(pk=row.pk)
    for said, about in (("", row), (proof + "x", row), (others, row), (proof, later)):
        with pytest.raises(NotShown):
            note_read(request=about, by=head, proof=said, at=LATER)
    assert not row.reads.exists()


def test_who_asked_at_the_counter_does_not_check() -> None:
    person, _child = wayan_with_child()
    officer = actor(sari())
    found = ask_for(
        wish=wish(person, rt_paper="Surat pengantar RT 007 nomor 4"),
        applicant_id=person.pk,
        by=officer,
        channel=Channel.COUNTER,
        at=MORNING,
    )
    row = LetterRequest.objects.get(pk=found.request_id)
    assert (row.state, row.confirmed) == (State.CHECK, True)
    with pytest.raises(CannotStep) as told:
        check(request=row, by=officer, at=MORNING)
    assert told.value.bars == [Bar.WROTE_IT]
    assert check(request=row, by=actor(secretary()), at=MORNING).checked_by == "gusti"


def test_nobody_of_the_office_checks_a_letter_of_the_own_card() -> None:
    person, _child = wayan_with_child()
    row, officer = asked(person), sari()
    row = confirm(request=row, by=actor(rt_head()), at=MORNING)
    Staff.objects.filter(pk=officer.pk).update(family_index=person.family.kk_index)
    with pytest.raises(CannotStep) as told:
        check(request=row, by=actor(officer), at=MORNING)
    assert told.value.bars == [Bar.OWN_FAMILY]
    assert check(request=row, by=actor(secretary()), at=MORNING).state == State.SIGN


def test_a_step_that_is_new_holds_for_what_is_not_checked_yet(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    person, _child = wayan_with_child()
    row = asked(person, kind="domicile", answers={"since": "2015-03-01"})
    row = confirm(request=row, by=actor(rt_head()), at=MORNING)
    more = ("confirm", "check", "sign", "cosign")
    monkeypatch.setattr(Rule, "steps_of", lambda *_: more)
    assert tuple(check(request=row, by=actor(sari()), at=MORNING).steps) == more


def test_a_word_of_the_rt_that_is_asked_for_meanwhile_comes_before_the_check(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    person, _child = wayan_with_child()
    with monkeypatch.context() as patch:
        patch.setattr(Rule, "steps_of", lambda *_: ("check", "sign"))
        row = asked(person)
    assert row.state == State.CHECK
    row = check(request=row, by=actor(sari()), at=MORNING)
    assert (row.state, row.checked_by) == (State.CONFIRM, "")
    assert row.history.get(did=Did.RESTARTED).changed == [handling.STEPS]
