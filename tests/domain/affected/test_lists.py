"""A list is previewed to the last cell, and taken over only when somebody says so."""

import io
from dataclasses import replace
from datetime import date, timedelta

import pytest
from python_calamine import CalamineWorkbook

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.models import Assignment
from smartkampung.accounts.roles import Role
from smartkampung.jobs.inline import run_waiting
from smartkampung.kernel.clock import day
from smartkampung.kernel.rls import Kind, act_as
from smartkampung.recovery.affected.actions import lists
from smartkampung.recovery.affected.actions.lists import (
    CannotTake,
    Given,
    ListTooLarge,
    drop_list,
    receive_list,
    take_list,
    tidy_lists,
    write_part,
)
from smartkampung.recovery.affected.actions.verify import verify
from smartkampung.recovery.affected.models import (
    Affected,
    AffectedList,
    AffectedListPart,
    Registration,
)
from smartkampung.recovery.affected.queries.lists import lists_for, rejected_rows
from smartkampung.residents.models import Person
from smartkampung.worklist.models import WorkItem
from tests import population
from tests.affected import LATER, NOON, actor, registered
from tests.cast import HERE, NEXT_DOOR, REGENCY, sari, staff
from tests.reporting import STRANGER_NIK, WAYAN_NIK, wayan
from tests.targeting import INCOME, affected, ranked

pytestmark = pytest.mark.django_db
State = AffectedList.State
HEAD = "nik;nama;tanggal_lahir;kejadian;sejak;penghasilan_sebelum;tanggungan"
WAYAN = f"{WAYAN_NIK};WAYAN SUDARMA;17-08-1990;PHK;01-10-2026;Rp 3.000.000;3"
GIVEN = Given("association", "Asosiasi Perahu", "boat", "sales_down", date(2026, 9, 1))


@pytest.fixture
def office() -> Actor:
    wayan()
    return actor(staff("eko", Role.ECONOMIC_OFFICE, REGENCY, name="Eko Prasetyo"))


def brought(
    by: Actor, *rows: str, head: str = HEAD, given: Given = GIVEN
) -> AffectedList:
    content = "\n".join([head, *rows]).encode()
    act_as(Kind.STAFF, scope=[REGENCY], officer=by.staff_id)
    receive_list(given=given, blocks=[content], by=by, at=NOON)
    run_waiting()
    act_as(Kind.JOB)
    return AffectedList.objects.latest("pk")


def taken(row: AffectedList, by: Actor) -> AffectedList:
    take_list(affected_list=row, by=by, at=LATER)
    run_waiting()
    act_as(Kind.JOB)
    row.refresh_from_db()
    return row


def test_nothing_is_written_before_somebody_says_so(office: Actor) -> None:
    row = brought(office, WAYAN)
    assert (row.state, row.read, row.total, row.known) == (State.READY, 1, 1, 0)
    assert not Registration.objects.exists()
    assert row.path == ""
    assert WAYAN_NIK.encode() not in AffectedListPart.objects.get().rows.box


def test_what_holds_becomes_records_for_the_village(office: Actor) -> None:
    row = taken(brought(office, WAYAN), office)
    assert (row.state, row.done, row.opened) == (State.DONE, 1, 1)
    case = Affected.objects.get()
    assert (case.kind, case.sector_id, case.income_before) == (
        "laid_off",
        "boat",
        3_000_000,
    )
    assert (case.employer, case.happened_on) == ("Asosiasi Perahu", date(2026, 10, 1))
    assert Registration.objects.get().channel == "list"
    assert WorkItem.objects.get(closed_at=None).kind == "affected.verify"
    said = verify(affected=case, accepted=True, by=actor(sari()), at=LATER)
    assert said.confirmation is not None
    assert said.confirmation.told_by == "Asosiasi Perahu"


def test_a_row_that_says_nothing_gets_what_holds_for_the_list(office: Actor) -> None:
    taken(brought(office, f"{WAYAN_NIK};Wayan", head="NIK;Nama"), office)
    case = Affected.objects.get()
    assert (case.kind, case.happened_on) == ("sales_down", date(2026, 9, 1))


def test_who_is_registered_gets_the_list_added(office: Actor) -> None:
    before = registered().affected
    row = brought(office, WAYAN)
    assert row.known == 1
    row = taken(row, office)
    assert row.opened == 0
    assert Affected.objects.get() == before
    assert Registration.objects.count() == 2


def test_the_same_file_twice_adds_nothing(office: Actor) -> None:
    taken(brought(office, WAYAN), office)
    again = taken(brought(office, WAYAN), office)
    assert again.opened == 0
    assert Registration.objects.count() == 1


def test_affected_list_done_within_total(office: Actor) -> None:
    row = brought(office, WAYAN)
    with pytest.raises(Exception, match="affected_list_done_within_total"):
        AffectedList.objects.filter(pk=row.pk).update(done=2)


def test_affected_list_taken_by_somebody(office: Actor) -> None:
    row = brought(office, WAYAN)
    with pytest.raises(Exception, match="affected_list_taken_by_somebody"):
        AffectedList.objects.filter(pk=row.pk).update(state="done")


def test_affected_list_part_once(office: Actor) -> None:
    part = AffectedListPart.objects.get(list=brought(office, WAYAN))
    part.pk = None
    with pytest.raises(Exception, match="affected_list_part_once"):
        part.save(force_insert=True)


def test_each_bad_cell_is_named_and_the_row_given_back(office: Actor) -> None:
    population.person("Ketut", "3510091508900031", status="dead")
    rows = [
        WAYAN,
        WAYAN,
        f"{STRANGER_NIK};Nobody;;;;;",
        "351009;Short;;;;;",
        "3510091508900031;Ketut;;;;;",
        f"{WAYAN_NIK[:-1]};Wayan;31-31-1990;terbang;01-01-2031;banyak;99",
    ]
    row = brought(office, *rows)
    assert (row.total, row.rejected, row.read) == (1, 5, 6)
    found = {(cell, fault) for _column, cell, _value, fault, _more in row.problems}
    assert found == {
        ("A3", "repeated_row"),
        ("A4", "nobody_here"),
        ("A5", "nik_length"),
        ("A6", "not_living"),
        ("A7", "nik_length"),
        ("C7", "date_impossible"),
        ("D7", "kind_unknown"),
        ("E7", "date_future"),
        ("F7", "money_unreadable"),
        ("G7", "count_unreadable"),
    }
    assert all(WAYAN_NIK not in problem[2] for problem in row.problems)
    book = rejected_rows(row)
    assert book is not None
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(book)).get_sheet_by_index(0)
    written = sheet.to_python()
    assert len(written) == 6
    assert STRANGER_NIK in {cells[0] for cells in written}


def test_another_name_is_not_taken(office: Actor) -> None:
    row = brought(office, f"{WAYAN_NIK};Budi Santoso;01-01-1980;;;;")
    assert [problem[3] for problem in row.problems] == ["other_name"]
    assert brought(office, f"{WAYAN_NIK};Budi;17-08-1990;;;;").total == 1


@pytest.mark.parametrize(
    ("rows", "head", "defect"),
    [((), "apa;saja", "no_header"), ((), HEAD, "no_rows"), ((), "", "empty")],
)
def test_a_file_of_another_kind_says_what_is_missing(
    office: Actor, rows: tuple[str, ...], head: str, defect: str
) -> None:
    row = brought(office, *rows, head=head)
    assert (row.state, row.defect["code"]) == (State.UNUSABLE, defect)


@pytest.mark.closes("affected.take_list")
def test_a_list_is_thrown_away(office: Actor) -> None:
    row = brought(office, WAYAN, WAYAN)
    drop_list(affected_list=row, by="eko", at=LATER)
    row.refresh_from_db()
    assert (row.state, row.parts.count(), row.rejected_path) == (State.DROPPED, 0, "")
    with pytest.raises(CannotTake):
        take_list(affected_list=row, by=office, at=LATER)
    with pytest.raises(CannotTake):
        drop_list(affected_list=row, by="eko", at=LATER)


def test_what_nobody_takes_over_is_dropped(office: Actor) -> None:
    row = brought(office, WAYAN)
    assert tidy_lists(at=NOON + timedelta(days=14)) == 0
    assert tidy_lists(at=NOON + timedelta(days=15)) == 1
    row.refresh_from_db()
    assert row.state == State.DROPPED


def test_many_rows_go_part_by_part(
    office: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lists, "PART", 1)
    population.person("Ketut Rai", "3510091508900031")
    row = brought(office, WAYAN, "3510091508900031;Ketut Rai;;;;;")
    assert row.parts.count() == 2
    row = taken(row, office)
    assert (row.state, row.done, row.opened) == (State.DONE, 2, 2)
    write_part(list_id=row.pk, at=LATER)
    assert Affected.objects.count() == 2


def test_a_file_larger_than_any_list_is_refused(
    office: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lists, "LARGEST", 10)
    with pytest.raises(ListTooLarge):
        brought(office, WAYAN)
    assert not AffectedList.objects.exists()


def test_what_a_row_does_not_tell_is_unknown_and_never_nought(office: Actor) -> None:
    taken(brought(office, f"{WAYAN_NIK};Wayan", head="nik;nama"), office)
    case = Affected.objects.get()
    told = (case.income_before, case.income_after, case.dependants, case.debts)
    assert told == (None, None, None, None)


def test_who_told_no_income_is_not_the_poorest(office: Actor) -> None:
    taken(brought(office, f"{WAYAN_NIK};Wayan", head="nik;nama"), office)
    case = Affected.objects.get()
    verify(affected=case, accepted=True, by=actor(sari()), at=LATER)
    act_as(Kind.JOB)
    poor = affected("Rahmat Hidayat", income_after=200_000)
    found = ranked({"criteria": [INCOME]}, places=1)
    assert found.chosen == [poor.pk]


def test_a_word_for_another_claim_confirms_nothing(office: Actor) -> None:
    case = registered(kind="business_closed", employer="", sector="food_stall").affected
    assert case is not None
    taken(brought(office, WAYAN), office)
    assert case.registrations.count() == 2, "the row stands there as it came"
    assert not case.confirmations.exists()


def test_an_employer_speaks_for_its_own_workers_only(office: Actor) -> None:
    case = registered().affected
    assert case is not None
    hotel = replace(GIVEN, kind="employer", organisation="Hotel Melati")
    taken(brought(office, WAYAN, given=hotel), office)
    assert not case.confirmations.exists()
    boats = replace(GIVEN, kind="employer", organisation="PERAHU BANGSRING")
    taken(brought(office, WAYAN + " ", given=boats), office)
    assert case.confirmations.count() == 1


def test_who_died_after_the_preview_gets_no_record(office: Actor) -> None:
    row = brought(office, WAYAN)
    Person.objects.update(status="dead")
    row = taken(row, office)
    assert (row.done, row.opened, row.too_late) == (1, 0, 1)
    assert not Affected.objects.exists()


def test_a_list_of_two_villages_is_not_seen_by_one(office: Actor) -> None:
    two = staff("dewi", Role.ECONOMIC_OFFICE, HERE, name="Dewi Lestari")
    Assignment.objects.create(
        staff=two,
        role=Role.ECONOMIC_OFFICE,
        region_id=NEXT_DOOR,
        since=day(NOON),
        granted_by="test",
    )
    one = staff("rini", Role.ECONOMIC_OFFICE, HERE, name="Rini Astuti")
    row = brought(actor(two), WAYAN)
    assert not lists_for(actor(one)).exists()
    assert lists_for(actor(two)).get() == row
    assert lists_for(office).get() == row


@pytest.mark.parametrize(
    ("kind", "where", "seen"),
    [
        (Kind.JOB, "", 1),
        (Kind.STAFF, REGENCY, 1),
        (Kind.STAFF, NEXT_DOOR, 0),
        (Kind.PUBLIC, "", 0),
        (Kind.RESIDENT, "", 0),
    ],
)
def test_lists_stand_behind_policies(
    office: Actor, kind: Kind, where: str, seen: int
) -> None:
    brought(office, WAYAN)
    act_as(kind, scope=[where] if where else [])
    assert AffectedList.objects.count() == seen
    assert AffectedListPart.objects.count() == seen


def test_who_brought_a_list_sees_it_wherever_it_lies(office: Actor) -> None:
    row = brought(office, WAYAN)
    act_as(Kind.STAFF, scope=[NEXT_DOOR], officer=office.staff_id)
    assert AffectedList.objects.get() == row


def test_a_file_that_cannot_be_read_is_thrown_away(office: Actor) -> None:
    row = brought(office, head="apa;saja")
    drop_list(affected_list=row, by="eko", at=LATER)
    row.refresh_from_db()
    assert row.state == State.DROPPED
