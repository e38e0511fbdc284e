"""An RT that does not answer, and papers that speak in its name."""

from datetime import datetime, timedelta
from importlib import import_module

import pytest
from django.db import connection

from smartkampung.accounts.models import Staff
from smartkampung.accounts.roles import Role
from smartkampung.kernel.clock import WIB
from smartkampung.letters.requests.actions.asking import ask_for
from smartkampung.letters.requests.actions.ending import (
    cancel,
    complete,
    return_for_completion,
)
from smartkampung.letters.requests.actions.handling import amend, check, confirm
from smartkampung.letters.requests.actions.looking import know, look
from smartkampung.letters.requests.actions.refusals import (
    CannotStep,
    NotYours,
    ReasonMissing,
    TooLate,
)
from smartkampung.letters.requests.actions.reminding import urge_late
from smartkampung.letters.requests.actions.revoking import replace
from smartkampung.letters.requests.models import LetterRequest
from smartkampung.letters.requests.rules.steps import Bar, Channel, Did, State
from smartkampung.notify.models import Message
from smartkampung.residents.models import Person
from smartkampung.worklist.models import WorkItem
from tests.asking_letters import (
    LATER,
    MORNING,
    actor,
    asked,
    checked,
    pen_of,
    rt_head,
    secretary,
    signed,
    subject_of,
    village_head,
    wayan_with_child,
    wish,
)
from tests.cast import RW_HERE, budi, camat, sari, staff
from tests.domain.letters_requests.test_work import waiting

pytestmark = pytest.mark.django_db
HOW = "Keluarga kami datangi, rumahnya kami lihat."
NOON = MORNING + timedelta(hours=3)
PAPER = "Pengantar RT 007 no. 12"
UPGRADE = import_module(
    "smartkampung.letters.requests.migrations.0012_a_silent_rt_is_asked_in_open_minutes"
)


def kinds(row: LetterRequest) -> set[str]:
    """Return what waits about a request."""
    return {kind for kind, *_ in waiting(row)}


@pytest.mark.closes("letters.silent")
def test_what_a_silent_rt_leaves_is_the_villages_work_too() -> None:
    row = asked(wayan_with_child()[0])
    urge_late(at=row.due_at)
    assert kinds(row) == {"letters.confirm"}
    urge_late(at=row.due_at + timedelta(minutes=1))
    assert set(waiting(row)) == {
        ("letters.confirm", "letters.confirm", row.region_code),
        ("letters.silent", "letters.check", row.region_code),
    }
    assert WorkItem.objects.get(kind="letters.silent").urgent
    row = look(request=row, reason=HOW, by=actor(sari()), at=NOON)
    assert (row.state, row.confirmed, row.hands) == (State.CHECK, True, ["sari"])
    step = row.history.get(did=Did.LOOKED)
    assert step.note
    assert (step.by, step.note.open()) == ("sari", HOW)
    assert kinds(row) == {"letters.check", "letters.introduced"}


def test_who_looked_in_place_of_the_rt_does_not_check() -> None:
    row, officer = asked(wayan_with_child()[0]), actor(sari())
    row = look(request=row, reason=HOW, by=officer, at=NOON)
    with pytest.raises(CannotStep) as told:
        check(request=row, by=officer, at=NOON)
    assert told.value.bars == [Bar.WROTE_IT]
    assert check(request=row, by=actor(secretary()), at=NOON).state == State.SIGN


def test_the_rt_is_told_that_the_village_looked_in_its_place() -> None:
    row, rt = asked(wayan_with_child()[0]), actor(rt_head())
    row = look(request=row, reason=HOW, by=actor(sari()), at=NOON)
    told = WorkItem.objects.get(kind="letters.introduced")
    assert (told.permission, told.region_code) == ("letters.confirm", row.region_code)
    assert told.due_at == NOON + timedelta(days=2)
    row = check(request=row, by=actor(secretary()), at=NOON)
    assert "letters.introduced" in kinds(row), "also when the letter has gone on"
    know(request=row, by=rt, at=NOON)
    assert kinds(row) == {"letters.sign"}


def test_whose_words_they_are_does_not_stand_for_the_rt_too() -> None:
    row = at_the_counter(wayan_with_child()[0])
    officer = actor(Staff.objects.get(username="sari"))
    urge_late(at=NOON)
    work = WorkItem.objects.get(kind="letters.silent")
    assert work.not_by == ["sari"], "it is not on the list of who asked"
    with pytest.raises(CannotStep) as told:
        look(request=row, reason=HOW, by=officer, at=NOON)
    assert told.value.bars == [Bar.WROTE_IT]
    # Two beside the head are enough: she wrote it, so her colleague looks and checks.
    other = actor(secretary())
    row = look(request=row, reason=HOW, by=other, at=NOON)
    assert row.hands == ["sari"]
    with pytest.raises(CannotStep):
        check(request=row, by=officer, at=NOON)
    assert check(request=row, by=other, at=NOON).state == State.SIGN


def test_the_word_of_an_rt_of_before_is_no_colleague_of_who_looks() -> None:
    person, _child = wayan_with_child()
    row = _confirmed(person)
    row = return_for_completion(request=row, what=HOW, by=actor(sari()), at=LATER)
    row = complete(
        request=row,
        by=subject_of(person),
        at=LATER,
        purpose="Obat",
        answers={"income": "900000"},
    )
    assert (row.state, row.hands) == (State.CONFIRM, ["tini"])
    row = look(request=row, reason=HOW, by=actor(secretary()), at=NOON)
    assert row.hands == ["tini", "gusti"]


def test_no_officer_of_the_own_family_has_it_on_their_list_to_look() -> None:
    person, _child = wayan_with_child()
    sari()
    Staff.objects.update(family_index=person.family.kk_index)
    asked(person)
    urge_late(at=NOON)
    assert WorkItem.objects.get(kind="letters.silent").not_by == ["sari"]


def test_what_waited_for_a_silent_rt_before_the_upgrade_is_looked_at() -> None:
    person, child = wayan_with_child()
    stuck, goes_on = asked(person), asked(child)
    confirm(request=goes_on, by=actor(rt_head()), at=MORNING)
    # The version of before marked both late, and asked nobody to look.
    LetterRequest.objects.update(urged_at=NOON)
    assert urge_late(at=NOON) == 0
    with connection.cursor() as cursor:
        cursor.execute(UPGRADE.STUCK)
    goes_on.refresh_from_db()
    assert goes_on.urged_at == NOON, "what does not wait for an RT stays as it is"
    assert urge_late(at=NOON) == 1
    assert "letters.silent" in kinds(stuck)
    assert "letters.silent" not in kinds(goes_on)


def test_the_village_looks_with_a_reason_and_not_before_the_time_is_over() -> None:
    person, _child = wayan_with_child()
    row, officer = asked(person), sari()
    with pytest.raises(CannotStep) as told:
        look(request=row, reason=HOW, by=actor(officer), at=row.due_at)
    assert told.value.bars == [Bar.RT_HAS_TIME]
    with pytest.raises(ReasonMissing):
        look(request=row, reason=" ya ", by=actor(officer), at=NOON)
    for nobody in (budi(), village_head()):
        with pytest.raises(NotYours):
            look(request=row, reason=HOW, by=actor(nobody), at=NOON)
    Staff.objects.filter(pk=officer.pk).update(family_index=person.family.kk_index)
    with pytest.raises(CannotStep) as told:
        look(request=row, reason=HOW, by=actor(officer), at=NOON)
    assert told.value.bars == [Bar.OWN_FAMILY]
    row = confirm(request=row, by=actor(rt_head()), at=NOON)
    with pytest.raises(CannotStep) as told:
        look(request=row, reason=HOW, by=actor(secretary()), at=NOON)
    assert told.value.bars == [Bar.NOT_AT_THIS_STEP]


def test_the_rw_confirms_where_the_rt_is_silent() -> None:
    row = asked(wayan_with_child()[0])
    rw = staff("agus", Role.RW_HEAD, RW_HERE, name="Agus Salim")
    assert confirm(request=row, by=actor(rw), at=NOON).state == State.CHECK


def test_what_comes_back_to_the_rt_leaves_it_a_quarter_of_an_hour() -> None:
    person, _child = wayan_with_child()
    officer = actor(sari())
    row = check(request=_confirmed(person), by=officer, at=NOON)
    answers = {"income": "900000"}
    row = amend(request=row, purpose="Obat", answers=answers, by=officer, at=NOON)
    assert row.state == State.CONFIRM
    soon = NOON + timedelta(minutes=10)
    assert urge_late(at=soon) == 0
    with pytest.raises(CannotStep) as told:
        look(request=row, reason=HOW, by=actor(secretary()), at=soon)
    assert told.value.bars == [Bar.RT_HAS_TIME]
    assert urge_late(at=NOON + timedelta(minutes=16)) == 1
    assert "letters.silent" in kinds(row)


def test_nights_and_sundays_are_no_time_of_an_rt_that_is_asked_anew() -> None:
    row, officer = _confirmed(wayan_with_child()[0]), actor(sari())
    saturday = datetime(2026, 11, 28, 22, 0, tzinfo=WIB)
    monday = datetime(2026, 11, 30, 8, 15, tzinfo=WIB)
    row = check(request=row, by=officer, at=LATER)
    answers = {"income": "900000"}
    row = amend(request=row, purpose="Obat", answers=answers, by=officer, at=saturday)
    assert (row.state, row.answer_by) == (State.CONFIRM, monday)
    assert WorkItem.objects.get(kind="letters.confirm", closed_at=None).due_at == monday
    other = actor(secretary())
    for at in (saturday + timedelta(minutes=16), monday):
        assert urge_late(at=at) == 0
        with pytest.raises(CannotStep) as told:
            look(request=row, reason=HOW, by=other, at=at)
        assert told.value.bars == [Bar.RT_HAS_TIME]
    late = monday + timedelta(minutes=1)
    assert urge_late(at=late) == 1
    row = look(request=row, reason=HOW, by=other, at=late)
    assert (row.state, row.answer_by) == (State.CHECK, None)


def _confirmed(person: Person) -> LetterRequest:
    return confirm(request=asked(person), by=actor(rt_head()), at=MORNING)


def on_paper(person: Person) -> LetterRequest:
    """Let Sari ask at the counter, where an introduction is shown."""
    return at_the_counter(person, rt_paper=PAPER)


def at_the_counter(person: Person, **changes: str) -> LetterRequest:
    """Let Sari ask for somebody who is there."""
    found = ask_for(
        wish=wish(person, **changes),
        applicant_id=person.pk,
        by=actor(sari()),
        channel=Channel.COUNTER,
        at=MORNING,
    )
    return LetterRequest.objects.get(pk=found.request_id)


@pytest.mark.closes("letters.introduced")
def test_an_rt_knows_of_what_is_shown_in_its_name() -> None:
    row, rt = on_paper(wayan_with_child()[0]), actor(rt_head())
    step = row.history.get(did=Did.ON_PAPER)
    assert step.note
    assert (step.by, step.note.open()) == ("sari", PAPER)
    assert not row.history.filter(did=Did.CONFIRMED).exists(), "the RT said nothing"
    where = row.region_code
    told = ("letters.introduced", "letters.confirm", where)
    assert set(waiting(row)) == {told, ("letters.check", "letters.check", where)}
    row = check(request=row, by=actor(secretary()), at=LATER)
    assert told in waiting(row), "also when the letter has gone on"
    with pytest.raises(TooLate):
        know(request=row, by=actor(budi()), at=LATER)
    know(request=row, by=rt, at=LATER)
    assert kinds(row) == {"letters.sign"}
    with pytest.raises(TooLate):
        know(request=row, by=rt, at=LATER)


def test_nobody_is_told_of_a_paper_of_what_was_taken_back() -> None:
    person, _child = wayan_with_child()
    row = cancel(request=on_paper(person), by=subject_of(person), at=LATER)
    assert kinds(row) == set()


def test_a_new_letter_in_place_of_one_goes_on_saying_how_the_rt_said_so() -> None:
    row = on_paper(wayan_with_child()[0])
    row, head = check(request=row, by=actor(secretary()), at=LATER), village_head()
    letter = signed(row, pen_of(head))
    new = replace(letter=letter, reason="Salah nama.", by=actor(head), at=LATER)
    assert new.history.filter(did=Did.ON_PAPER).count() == 1
    assert kinds(new) == {"letters.check"}, "the RT heard of it already"


@pytest.mark.parametrize("by_family", [True, False])
def test_a_family_is_told_of_what_others_hand_in_for_it(by_family: bool) -> None:
    person, _child = wayan_with_child()
    officer = actor(sari())
    row = _confirmed(person)
    row = return_for_completion(request=row, what=HOW, by=officer, at=LATER)
    news = Message.objects.filter(template="letter_news")
    before = news.count()
    who = subject_of(person) if by_family else officer
    row = complete(request=row, by=who, at=LATER, answer="Fotonya ada di loket.")
    assert (row.state, row.confirmed) == (State.CHECK, True)
    assert news.count() - before == (0 if by_family else 1)
    # What somebody hands in, be it a photo or a word, they do not check.
    assert row.hands == (["tini"] if by_family else ["tini", "sari"])


def test_what_a_letter_in_the_book_is_void_for_stands_there_in_indonesian() -> None:
    row = checked(wayan_with_child()[0])
    LetterRequest.objects.filter(pk=row.pk).update(
        steps=["confirm", "check", "sign", "cosign"]
    )
    row.refresh_from_db()
    letter = signed(row, pen_of(village_head()))
    row.refresh_from_db()

    return_for_completion(request=row, what=HOW, by=actor(camat()), at=LATER)
    letter.entry.refresh_from_db()
    assert letter.entry.voided_why == "dikembalikan kepada keluarga"
