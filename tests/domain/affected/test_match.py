"""A registration joins the one open record of its person, or waits for the village."""

from datetime import date

import pytest

from smartkampung.jobs.inline import run_waiting
from smartkampung.recovery.affected.actions.match import (
    CannotMatch,
    lay_to,
    match_registration,
    turn_away,
)
from smartkampung.recovery.affected.models import Affected, Registration
from smartkampung.residents.models import Person
from smartkampung.worklist.models import WorkItem
from tests.affected import LATER, NOON, actor, registered, waiting
from tests.cast import FAR_AWAY, RT_HERE, places, sari
from tests.reporting import STRANGER_NIK, wayan

pytestmark = pytest.mark.django_db
State = Registration.State


@pytest.fixture
def person() -> Person:
    return wayan()


def test_who_agrees_gets_a_record_and_the_village_work(person: Person) -> None:
    row = registered()
    assert (row.state, row.findings) == (State.JOINED, ["matched"])
    case = Affected.objects.get()
    assert (case.person, case.region_code, case.debts) == (person, RT_HERE, 5_000_000)
    assert case.wishes == ["training", "tools"]
    work = WorkItem.objects.get()
    assert (work.kind, work.region_code) == ("affected.verify", RT_HERE)


def test_affected_one_open_per_person(person: Person) -> None:
    registered()
    again = registered(debts=1)
    assert again.state == State.JOINED
    case = Affected.objects.get()
    assert case.registrations.count() == 2
    assert case.debts == 5_000_000, "what was told first stands until somebody verifies"


def test_it_is_done_once(person: Person) -> None:
    row = registered()
    match_registration(registration_id=row.pk, at=LATER)
    row.refresh_from_db()
    assert row.matched_at != LATER


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({"nik": STRANGER_NIK}, ["nik_unknown"]),
        (
            {"name": "Ketut", "born_on": date(1970, 1, 1)},
            ["name_differs", "birth_date_differs"],
        ),
        (
            {"name": "Ketut", "region_code": FAR_AWAY},
            ["name_differs", "lives_elsewhere"],
        ),
    ],
    ids=[
        "unknown",
        "somebody else's number",
        "a stranger's number for another village",
    ],
)
def test_who_does_not_agree_waits_for_the_village(
    person: Person, changes: dict[str, object], found: list[str]
) -> None:
    row = registered(**changes)
    assert (row.state, row.findings) == (State.TO_MATCH, found)
    assert not Affected.objects.exists()
    assert WorkItem.objects.get().kind == "affected.match"


def test_who_moved_is_found_where_they_live_now(person: Person) -> None:
    row = registered(region_code=FAR_AWAY)
    assert row.state == State.JOINED
    assert row.region_code == RT_HERE
    assert row.findings == ["matched", "lives_elsewhere"]


def test_the_dead_wait_for_the_village() -> None:
    wayan(status="dead")
    row = registered()
    assert (row.state, row.findings) == (State.TO_MATCH, ["matched", "dead"])


@pytest.mark.closes("affected.match")
def test_the_village_says_who_it_is(person: Person) -> None:
    row = registered(nik=STRANGER_NIK)
    by = actor(sari())
    lay_to(registration=row, person=person, by=by, at=LATER)
    row.refresh_from_db()
    assert (row.state, row.affected) == (State.JOINED, Affected.objects.get())
    assert row.findings == ["nik_unknown", "matched_by_village"]
    open_work = WorkItem.objects.filter(closed_at=None)
    assert [work.kind for work in open_work] == ["affected.verify"]
    with pytest.raises(CannotMatch):
        lay_to(registration=row, person=person, by=by, at=LATER)


def test_nobody_is_laid_to_the_dead() -> None:
    places()
    row = registered(nik=STRANGER_NIK)
    gone = wayan(status="dead")
    with pytest.raises(CannotMatch):
        lay_to(registration=row, person=gone, by=actor(sari()), at=LATER)


def test_registration_turned_away_says_why(person: Person) -> None:
    row = registered(nik=STRANGER_NIK)
    by = actor(sari())
    turn_away(registration=row, why="Tidak ada di desa", by=by, at=LATER)
    run_waiting()
    row.refresh_from_db()
    assert (row.state, row.turned_away_why) == (State.TURNED_AWAY, "Tidak ada di desa")
    assert not WorkItem.objects.filter(closed_at=None).exists()
    with pytest.raises(CannotMatch):
        turn_away(registration=row, why="Lagi", by=by, at=LATER)


def test_affected_reopened_once(person: Person) -> None:
    case = waiting(person)
    Affected.objects.update(state="recovered", closed_at=NOON)
    again = registered().affected
    assert again is not None
    assert again.again_after == case
    Affected.objects.filter(pk=again.pk).update(state="refused", closed_at=NOON)
    third = registered().affected
    assert third is not None
    assert third.again_after is None, "only one record follows on another"
