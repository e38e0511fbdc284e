"""What is overdue goes to the office above by itself, once."""

from datetime import datetime, timedelta

import pytest

from smartkampung.aid.grievances.actions.clocks import escalate_overdue
from smartkampung.aid.grievances.actions.handling import ask
from smartkampung.aid.grievances.actions.steps import CannotHandle
from smartkampung.aid.grievances.queries import events_of
from smartkampung.aid.grievances.rules import MOST_QUESTIONS, Bar, Kind, State
from smartkampung.aid.models import Grievance
from smartkampung.jobs.tasks import aid as tasks
from smartkampung.kernel import rls
from smartkampung.kernel.clock import WIB, telling
from smartkampung.worklist.models import WorkItem
from tests import cases, cast
from tests.cases import NOW
from tests.grievances import fresh, sent, taken

pytestmark = pytest.mark.django_db


def after(row: Grievance) -> datetime:
    """Return the first moment at which it is late."""
    return fresh(row).due_at + timedelta(seconds=1)


def test_it_climbs_from_village_to_kecamatan_to_dinsos_and_stays_there() -> None:
    desk = cases.desk()
    _code, row = sent(Kind.QUESTION)
    taken(row, desk.sari)
    assert escalate_overdue(at=NOW) == 0
    places = []
    for _ in range(2):
        late = after(row)
        assert escalate_overdue(at=late) == 1
        assert escalate_overdue(at=late) == 0  # safe to run again
        now_is = fresh(row)
        places.append((now_is.desk_code, now_is.state, now_is.taken_by))
        items = WorkItem.objects.filter(closed_at=None)
        assert [(i.region_code, i.due_at, i.urgent) for i in items] == [
            (now_is.desk_code, now_is.due_at, True)
        ]
    assert places == [(cast.KECAMATAN, "open", None), (cast.REGENCY, "open", None)]
    assert escalate_overdue(at=after(row)) == 0
    assert [event.kind for event in events_of(row)] == [
        "told",
        "taken",
        "escalated",
        "escalated",
    ]


def test_the_next_office_has_three_working_days() -> None:
    cases.desk()
    _code, row = sent(Kind.QUESTION)
    escalate_overdue(at=datetime(2026, 11, 30, 8, tzinfo=WIB))  # a Monday
    assert fresh(row).due_at == datetime(2026, 12, 3, 23, 59, 59, tzinfo=WIB)
    assert fresh(row).promised_at == datetime(2026, 11, 27, 23, 59, 59, tzinfo=WIB)


def test_without_an_answer_the_officer_goes_on_and_nothing_climbs() -> None:
    desk = cases.desk()
    _code, row = sent(Kind.QUESTION)
    taken(row, desk.sari)
    ask(grievance=row, question="Program mana?", by=desk.sari, at=NOW)
    assert escalate_overdue(at=after(row)) == 1
    now_is = fresh(row)
    assert (now_is.state, now_is.desk_code) == (State.TAKEN, cast.HERE)
    assert now_is.taken_by_id == desk.sari.staff_id
    assert [event.kind for event in events_of(row)][-1] == "silent"


def test_sari_does_not_hold_it_for_ever_by_asking() -> None:
    desk = cases.desk()
    _code, row = sent(Kind.NOT_PAID)
    taken(row, desk.sari)
    at = NOW
    for _ in range(MOST_QUESTIONS):
        ask(grievance=row, question="Siapa?", by=desk.sari, at=at)
        with pytest.raises(CannotHandle) as refusal:
            ask(grievance=row, question="Siapa?", by=desk.sari, at=at)
        assert Bar.WAITS_FOR_REPLY in refusal.value.bars
        at = after(row)
        assert escalate_overdue(at=at) == 1
    with pytest.raises(CannotHandle) as refusal:
        ask(grievance=row, question="Siapa?", by=desk.sari, at=at)
    assert refusal.value.bars == [Bar.ASKED_ENOUGH]
    at = after(row)
    assert escalate_overdue(at=at) == 1
    assert fresh(row).desk_code == cast.KECAMATAN
    assert at < NOW + timedelta(days=45)
    taken(row, desk.bambang)
    ask(grievance=row, question="Kapan?", by=desk.bambang, at=at)


def test_the_job_asks_the_clock() -> None:
    cases.desk()
    _code, row = sent(Kind.QUESTION)
    rls.act_as(rls.Kind.JOB)
    with telling(after(row)):
        tasks.escalate_grievances(0)
    assert fresh(row).desk_code == cast.KECAMATAN
