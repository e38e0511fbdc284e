"""Anybody tells a grievance without signing in, and follows it by its code."""

from datetime import datetime, timedelta

import pytest

from smartkampung.aid.grievances import queries
from smartkampung.aid.grievances.actions import telling
from smartkampung.aid.grievances.actions.handling import ask
from smartkampung.aid.grievances.actions.telling import (
    CannotAppeal,
    CannotReply,
    TooManyGrievances,
    appeal,
    match_person,
    reply,
    tell,
)
from smartkampung.aid.grievances.rules import Desk, EventKind, Kind, State
from smartkampung.aid.models import Grievance
from smartkampung.intake.rules import Limit
from smartkampung.kernel import rls
from smartkampung.kernel.clock import WIB
from smartkampung.worklist.models import WorkItem
from tests import cases, cast, grievances, population
from tests.cases import NOW
from tests.grievances import fresh, sent, taken, told

pytestmark = pytest.mark.django_db
# 24 November 2026 is a Tuesday.
DESKS: dict[Kind, tuple[Desk, int, int, int]] = {
    Kind.QUESTION: (Desk.VILLAGE, 2026, 11, 27),
    Kind.DATA_WRONG: (Desk.VILLAGE, 2026, 12, 1),
    Kind.NOT_PAID: (Desk.VILLAGE, 2026, 12, 1),
    Kind.PAID_LESS: (Desk.KECAMATAN, 2026, 12, 1),
    Kind.LISTED: (Desk.KECAMATAN, 2026, 12, 8),
    Kind.CONDUCT: (Desk.KECAMATAN, 2026, 12, 8),
}


def events(row: Grievance) -> list[str]:
    """Return what happened, in order."""
    return [event.kind for event in queries.events_of(row)]


def test_each_kind_has_its_desk_and_its_date() -> None:
    cases.desk()
    for kind, (desk, year, month, on) in DESKS.items():
        code, row = sent(kind)
        assert (row.desk, row.state) == (desk, State.OPEN)
        assert (
            row.due_at
            == row.promised_at
            == datetime(year, month, on, 23, 59, 59, tzinfo=WIB)
        )
        item = WorkItem.objects.get(target=f"aid.grievance:{row.pk}")
        assert (item.region_code, item.due_at) == (row.desk_code, row.due_at)
        assert queries.by_code(code.lower(), at=NOW) == row
        assert events(row) == [EventKind.TOLD]


def test_holidays_are_no_working_days() -> None:
    cases.desk()
    # Friday 25 December 2026 is Christmas, and the day before a joint day of leave.
    _code, row = sent(Kind.QUESTION, at=datetime(2026, 12, 23, 9, tzinfo=WIB))
    assert row.due_at.date() > datetime(2026, 12, 28, tzinfo=WIB).date()


def test_a_code_of_nothing_opens_nothing() -> None:
    cases.desk()
    sent(Kind.QUESTION)
    assert queries.by_code("AAAA-BBBB-CCCC", at=NOW) is None
    assert queries.by_code("no code", at=NOW) is None


def test_a_code_opens_nothing_a_year_after_the_decision() -> None:
    desk = cases.desk()
    code, row = sent(Kind.QUESTION)
    later = NOW + timedelta(days=366)
    assert queries.by_code(code, at=later) == row
    rls.act_as(rls.Kind.JOB)
    grievances.decided(row, desk.sari, State.ANSWERED)
    assert queries.by_code(code, at=later - timedelta(days=2)) == row
    assert queries.by_code(code, at=later) is None


def test_the_public_sees_the_one_of_its_code() -> None:
    cases.desk()
    _code, one = sent(Kind.QUESTION)
    sent(Kind.QUESTION)
    rls.act_as(rls.Kind.PUBLIC, tracking=bytes(one.code_hash))
    assert Grievance.objects.get() == one
    assert one.events.count() == 1
    rls.act_as(rls.Kind.STAFF, scope=[cast.NEXT_DOOR])
    assert not Grievance.objects.exists()


def test_the_same_form_sent_twice_is_one_grievance() -> None:
    cases.desk()
    twice = told(Kind.QUESTION)
    assert tell(told=twice, at=NOW) == tell(told=twice, at=NOW)
    rls.act_as(rls.Kind.JOB)
    assert Grievance.objects.count() == 1


def test_a_village_and_a_person_are_not_written_about_without_end(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(telling, "PER_PERSON", Limit("x", 1, timedelta(days=1)))
    cases.desk()
    sent(Kind.NOT_PAID)
    with pytest.raises(TooManyGrievances):
        sent(Kind.NOT_PAID)
    assert tell(told=told(Kind.NOT_PAID), sender="198.51.100.7", at=NOW)
    rls.act_as(rls.Kind.JOB)
    monkeypatch.setattr(telling, "PER_VILLAGE", Limit("y", 0, timedelta(days=1)))
    with pytest.raises(TooManyGrievances):
        sent(Kind.QUESTION)


def test_the_person_is_found_in_the_village_that_was_named_and_nowhere_else() -> None:
    cases.desk()
    wayan = population.wayan()
    _code, here = sent(Kind.NOT_PAID)
    assert here.person == wayan
    _code, elsewhere = sent(Kind.NOT_PAID, region_code=cast.NEXT_DOOR)
    assert elsewhere.person is None
    _code, unknown = sent(Kind.NOT_PAID, nik="3510090101900077")
    assert unknown.person is None
    _code, question = sent(Kind.QUESTION)
    match_person(grievance_id=question.pk, at=NOW)
    assert fresh(question).person is None


def test_the_officer_asks_the_person_answers_and_the_clock_waits() -> None:
    desk = cases.desk()
    code, row = sent(Kind.QUESTION)
    taken(row, desk.sari)
    ask(grievance=row, question="Program yang mana?", by=desk.sari, at=NOW)
    asked = fresh(row)
    assert (asked.state, asked.due_at.date().isoformat()) == ("asked", "2026-12-08")
    found = queries.by_code(code, at=NOW)
    assert found is not None
    reply(grievance=found, words="PKH.", at=NOW)
    rls.act_as(rls.Kind.JOB)
    now_is = fresh(row)
    assert now_is.state == State.TAKEN
    assert events(row) == ["told", "taken", "asked", "replied"]
    assert WorkItem.objects.get(closed_at=None).due_at == now_is.due_at
    with pytest.raises(CannotReply):
        reply(grievance=row, words="Lagi.", at=NOW)


def test_what_was_not_found_right_is_looked_at_again_one_office_up_and_once() -> None:
    desk = cases.desk()
    code, row = sent(Kind.NOT_PAID)
    grievances.decided(row, desk.sari, State.DISMISSED)
    found = queries.by_code(code, at=NOW)
    assert found is not None
    assert telling.may_appeal(found, at=NOW)
    assert not telling.may_appeal(found, at=NOW + timedelta(days=31))
    appeal(grievance=found, words="Saya belum terima.", at=NOW)
    rls.act_as(rls.Kind.JOB)
    again = fresh(row)
    assert (again.state, again.desk, again.answer) == ("open", Desk.KECAMATAN, "")
    assert again.first_decided_by_id == desk.sari.staff_id
    grievances.decided(row, desk.endang, State.DISMISSED)
    with pytest.raises(CannotAppeal):
        appeal(grievance=row, words="Sekali lagi.", at=NOW)
