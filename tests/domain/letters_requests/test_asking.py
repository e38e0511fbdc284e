"""A wish is taken in once, sealed, about one of the own family, with all it needs."""

import uuid
from datetime import timedelta

import pytest
from django.db import connection

from smartkampung.intake.actions.answers import KeyReused
from smartkampung.intake.actions.photos import keep_photo
from smartkampung.intake.queries import case_by_code
from smartkampung.kernel.rls import Kind as Acting
from smartkampung.kernel.rls import act_as
from smartkampung.letters.requests.actions.asking import ask_for, ask_own
from smartkampung.letters.requests.actions.refusals import (
    AskedAlready,
    NotAbout,
    NotOffered,
    NotYours,
    TooManyLetters,
    WrongAnswers,
)
from smartkampung.letters.requests.models import LetterRequest
from smartkampung.letters.requests.queries.facts import told_in
from smartkampung.letters.requests.rules.steps import Channel, Did, State
from smartkampung.notify.models import Message
from smartkampung.notify.texts import text_of
from tests.asking_letters import (
    MORNING,
    actor,
    asked,
    rt_head,
    subject_of,
    wayan_with_child,
    wish,
)
from tests.cast import NEXT_DOOR, RT_HERE, budi, sari
from tests.pictures import jpeg

pytestmark = pytest.mark.django_db


def test_a_wish_is_kept_sealed_and_due_in_fifteen_minutes() -> None:
    person, _child = wayan_with_child()
    row = asked(person)
    assert (row.state, row.steps[0]) == (State.CONFIRM, "confirm")
    assert row.due_at == MORNING + timedelta(minutes=15)
    assert told_in(row).purpose == "Beasiswa sekolah Putu"
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT requests_letterrequest::text FROM requests_letterrequest"
        )
        assert "Beasiswa" not in cursor.fetchone()[0]


def test_letter_request_form_once() -> None:
    person, _child = wayan_with_child()
    wanted = wish(person)
    first = ask_own(wish=wanted, by=subject_of(person), at=MORNING)
    assert ask_own(wish=wanted, by=subject_of(person), at=MORNING) == first
    act_as(Acting.JOB)
    assert LetterRequest.objects.count() == 1
    other = wish(person, form_id=wanted.form_id, purpose="Berobat")
    with pytest.raises(KeyReused):
        ask_own(wish=other, by=subject_of(person), at=MORNING)


def test_the_code_opens_a_timeline_and_the_message_says_nothing_more() -> None:
    person, _child = wayan_with_child()
    found = ask_own(wish=wish(person), by=subject_of(person), at=MORNING)
    case = case_by_code(found.code, at=MORNING)
    assert case
    assert list(case.reached) == ["received"]
    message = Message.objects.get()
    words = text_of(message.template, context={}, language="en", secret=found.code)
    assert found.code in words
    assert not {"Wayan", "letter", "SKTM"} & set(words.split())


def test_letter_request_one_open() -> None:
    person, child = wayan_with_child()
    asked(person)
    with pytest.raises(AskedAlready):
        asked(person)
    assert asked(person, subject_id=child.pk).subject_id == child.pk


def test_every_wrong_answer_is_told_at_once() -> None:
    person, _child = wayan_with_child()
    with pytest.raises(WrongAnswers) as told:
        asked(person, purpose=" ", answers={"income": "sedikit"})
    assert set(told.value.fields) == {"purpose", "income"}
    with pytest.raises(WrongAnswers):
        asked(person, purpose="x" * 201)


def test_a_purpose_ends_with_one_full_stop_on_paper() -> None:
    wayan, _child = wayan_with_child()
    row = asked(wayan, purpose="Daftar sekolah di SMPN 1 Genteng. ")
    assert told_in(row).purpose == "Daftar sekolah di SMPN 1 Genteng"


def test_who_is_not_of_the_family_is_nobody() -> None:
    person, child = wayan_with_child()
    with pytest.raises(NotAbout):
        asked(person, subject_id=person.pk + child.pk + 100)


def test_a_letter_that_nobody_writes_is_refused() -> None:
    person, _child = wayan_with_child()
    with pytest.raises(NotOffered):
        asked(person, kind="nobility")


def test_the_rt_that_asks_confirms_by_that() -> None:
    person, _child = wayan_with_child()
    found = ask_for(
        wish=wish(person),
        applicant_id=person.pk,
        by=actor(rt_head()),
        channel=Channel.COUNTER,
        at=MORNING,
    )
    act_as(Acting.JOB)
    row = LetterRequest.objects.get(pk=found.request_id)
    assert (row.state, row.channel) == (State.CHECK, Channel.RT)
    did = list(row.history.order_by("pk").values_list("did", flat=True))
    assert did == [Did.ASKED, Did.CONFIRMED]


@pytest.mark.parametrize(
    ("paper", "state"),
    [
        pytest.param("Pengantar RT 007 no. 4", State.CHECK, id="with the paper"),
        pytest.param("", State.CONFIRM, id="without"),
    ],
)
def test_an_introduction_on_paper_spares_the_rt(paper: str, state: State) -> None:
    person, _child = wayan_with_child()
    found = ask_for(
        wish=wish(person, rt_paper=paper),
        applicant_id=person.pk,
        by=actor(sari()),
        channel=Channel.COUNTER,
        at=MORNING,
    )
    act_as(Acting.JOB)
    assert LetterRequest.objects.get(pk=found.request_id).state == state


def test_budi_next_door_asks_for_nobody_here() -> None:
    person, _child = wayan_with_child()
    with pytest.raises(NotYours):
        ask_for(
            wish=wish(person),
            applicant_id=person.pk,
            by=actor(budi()),
            channel=Channel.COUNTER,
            at=MORNING,
        )


def test_a_family_that_asks_all_day_is_asked_to_wait(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(
        "smartkampung.letters.requests.actions.asking.over", lambda *a, **k: True
    )
    person, _child = wayan_with_child()
    with pytest.raises(TooManyLetters):
        asked(person)


def test_the_form_of_somebody_else_gives_no_code_away() -> None:
    person, child = wayan_with_child()
    form = wish(person)
    ask_own(wish=form, by=subject_of(person), at=MORNING)
    act_as(Acting.JOB)
    with pytest.raises(KeyReused):
        ask_own(wish=form, by=subject_of(child), at=MORNING)


def test_a_photo_of_another_village_or_request_comes_with_no_letter() -> None:
    person, child = wayan_with_child()
    own, far = (
        keep_photo(file=jpeg(), region_code=code, at=MORNING, form_id=uuid.uuid4())
        for code in (RT_HERE, NEXT_DOOR)
    )
    row = asked(person, files={"statement": (own.pk, far.pk)})
    assert [one.upload for one in row.files.all()] == [own]
    other = asked(person, subject_id=child.pk, files={"statement": (own.pk,)})
    assert not other.files.exists()
