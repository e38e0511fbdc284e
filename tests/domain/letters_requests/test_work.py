"""Every step lies on somebody's list; what a letter tells of is written down."""

import pytest

from smartkampung.accounts.models import Staff
from smartkampung.accounts.roles import Permission
from smartkampung.letters.catalogue.rules.kinds import Feed
from smartkampung.letters.requests.actions import feeding
from smartkampung.letters.requests.actions.asking import ask_for
from smartkampung.letters.requests.actions.cosigning import cosign
from smartkampung.letters.requests.actions.ending import cancel
from smartkampung.letters.requests.actions.feeding import take_notice
from smartkampung.letters.requests.actions.handling import check, confirm, review
from smartkampung.letters.requests.models import LetterRequest
from smartkampung.letters.requests.register import REGISTER
from smartkampung.letters.requests.rules.steps import Channel, Step
from smartkampung.worklist.models import WorkItem
from smartkampung.worklist.queries import work_for
from tests.asking_letters import (
    LATER,
    MORNING,
    actor,
    asked,
    checked,
    more_steps,
    pen_of,
    read_by,
    rt_head,
    secretary,
    signed,
    subject_of,
    village_head,
    wayan_with_child,
    wish,
)
from tests.cast import camat, sari
from tests.errors import told as happened
from tests.signing import PASSPHRASE

pytestmark = pytest.mark.django_db


def waiting(row: LetterRequest) -> list[tuple[str, str, str]]:
    """Return the open work about a request."""
    rows = WorkItem.objects.filter(target=f"requests.letterrequest:{row.pk}")
    rows = rows.filter(closed_at=None)
    return list(rows.values_list("kind", "permission", "region_code"))


def test_each_step_waits_for_its_office_and_none_after_the_end() -> None:
    person, _child = wayan_with_child()
    row = asked(person)
    where = row.region_code
    assert waiting(row) == [("letters.confirm", "letters.confirm", where)]
    cancel(request=row, by=subject_of(person), at=LATER)
    assert waiting(row) == []
    row = checked(person)
    assert waiting(row) == [("letters.sign", "letters.sign", where)]
    signed(row, pen_of(village_head()))
    assert waiting(row) == []


@pytest.mark.closes("letters.life_event")
def test_a_letter_of_death_opens_its_work_until_it_is_written_down(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(feeding, "fed_by", lambda _row: Feed.DEATH)
    person, child = wayan_with_child()
    row = checked(person)
    letter = signed(row, pen_of(village_head()))
    happened(child, "death", LATER.date(), "dead")
    take_notice(event_id=child.life_events.get().pk, at=LATER)
    assert [kind for kind, *_ in waiting(row)] == ["letters.life_event"]
    happened(person, "death", LATER.date(), "dead")
    event = person.life_events.get()
    for _twice in range(2):
        take_notice(event_id=event.pk, at=LATER)
    assert waiting(row) == []
    assert REGISTER.proof(letter.code)


@pytest.mark.closes(
    "letters.confirm",
    "letters.check",
    "letters.review",
    "letters.sign",
    "letters.cosign",
)
def test_every_step_closes_its_work_and_opens_the_next() -> None:
    row = asked(wayan_with_child()[0])
    LetterRequest.objects.filter(pk=row.pk).update(steps=list(Step))
    more_steps(*Step)
    head, camat_ = pen_of(village_head()), pen_of(camat())
    seen = waiting(row)
    confirm(request=row, by=actor(rt_head()), at=MORNING)
    seen += waiting(row)
    check(request=row, by=actor(sari()), at=MORNING)
    seen += waiting(row)
    review(request=row, by=actor(secretary()), at=MORNING)
    seen += waiting(row)
    row.refresh_from_db()
    signed(row, head)
    seen += waiting(row)
    row.refresh_from_db()
    by = read_by(row, camat_)
    cosign(request=row, by=by, passphrase=PASSPHRASE, at=LATER)
    assert [kind for kind, *_ in seen] == [f"letters.{step}" for step in Step]
    assert waiting(row) == []


def test_no_step_stands_on_the_list_of_who_has_to_leave_it_to_a_colleague() -> None:
    father, child = wayan_with_child()
    officer, colleague, rt, head = sari(), secretary(), rt_head(), village_head()
    Staff.objects.filter(pk=head.pk).update(family_index=father.family.kk_index)
    found = ask_for(
        wish=wish(father, rt_paper="Pengantar RT 007"),
        applicant_id=father.pk,
        by=actor(officer),
        channel=Channel.COUNTER,
        at=MORNING,
    )
    row = LetterRequest.objects.get(pk=found.request_id)
    assert who_has("letters.check", officer, colleague) == [colleague]
    check(request=row, by=actor(colleague), at=MORNING)
    assert who_has("letters.sign", head) == [], "it is about the own card"
    more_steps("review")
    row = asked(father, subject_id=child.pk)
    confirm(request=row, by=actor(rt), at=MORNING)
    assert who_has("letters.check", officer, colleague) == [officer, colleague]
    check(request=row, by=actor(officer), at=MORNING)
    assert who_has("letters.review", officer, colleague) == [colleague]


def who_has(kind: str, *people: Staff) -> list[Staff]:
    """Return on whose list of work a kind stands."""
    return [
        one
        for one in people
        if work_for(actor(one), list(Permission)).filter(kind=kind).exists()
    ]


def test_another_event_leaves_the_work_open(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feeding, "fed_by", lambda _row: Feed.MOVING)
    person, _child = wayan_with_child()
    row = checked(person)
    signed(row, pen_of(village_head()))
    happened(person, "death", LATER.date(), "dead")
    take_notice(event_id=person.life_events.get().pk, at=LATER)
    assert len(waiting(row)) == 1


def test_which_letters_tell_of_what() -> None:
    person, _child = wayan_with_child()
    row = asked(person)
    assert feeding.fed_by(row) is Feed.NOTHING
    assert feeding.fed_by(LetterRequest(kind="gone")) is Feed.NOTHING
