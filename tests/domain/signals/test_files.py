"""Kadek brings reports in a file: read, looked at, taken once, and nothing is lost."""

import io
from datetime import timedelta
from typing import Any

import pytest
import xlsxwriter
from django.db import IntegrityError, transaction
from django.http import Http404

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.queries import actor_for
from smartkampung.jobs.inline import run_waiting
from smartkampung.kernel.clock import telling
from smartkampung.kernel.errors import Refused, constraint_name
from smartkampung.kernel.rls import Kind as Access
from smartkampung.kernel.rls import act_as
from smartkampung.reopening.guidance.rules.kinds import Indicator
from smartkampung.reopening.signals.actions import files as actions
from smartkampung.reopening.signals.actions.files import (
    KEPT,
    SHOWN,
    STUCK,
    FileTooLarge,
    check_file,
    expire_files,
    leave_file,
    receive_file,
    sorted_of,
    strangers_of,
    take_file,
)
from smartkampung.reopening.signals.checking import Checker
from smartkampung.reopening.signals.models import DayFile, DayReport
from smartkampung.reopening.signals.queries import readings
from smartkampung.reopening.signals.queries.files import file_for, files_for
from smartkampung.reopening.signals.rules.kinds import Kind
from smartkampung.reopening.signals.writing import as_csv, as_workbook
from smartkampung.residents.imports import files, source
from tests import cast
from tests.domain.imports.conftest import read_here
from tests.signals import HOSPITAL, NOW, TODAY, kadek, told, week_until

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _read_here(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if "real_child" not in request.fixturenames:
        monkeypatch.setattr(source, "read", read_here)


@pytest.fixture
def real_child() -> None:
    """Let this test read through the child process, as in production."""


def brought(content: bytes | str, by: Actor, kind: Kind = Kind.TESTS) -> DayFile:
    """Let Kadek bring a file; do the job."""
    blocks = [content.encode() if isinstance(content, str) else content]
    with telling(NOW):
        row = receive_file(kind=kind, name="tes.csv", blocks=blocks, by=by, at=NOW)
        run_waiting()
    row.refresh_from_db()
    return row


def take(row: DayFile, by: Actor, *, reason: str = "", new_places: bool = False) -> int:
    """Let Kadek take what she sees."""
    seen = sorted_of(row).mark()
    return take_file(
        file=row, reason=reason, seen=seen, new_places=new_places, by=by, at=NOW
    )


def faults(row: DayFile) -> list[tuple[str, str]]:
    """Return what is wrong, by cell."""
    return [(cell, fault) for _title, cell, _value, fault, _details in row.problems]


def a_week(tested: int = 40, positive: int = 2) -> str:
    lines = [f"{on};{tested};{positive}" for on in week_until(TODAY)]
    return "\n".join(["Tanggal;Diperiksa;Positif", *lines])


def test_a_week_from_a_file_is_read_as_if_it_was_typed() -> None:
    by = kadek()
    row = brought(a_week(), by)
    assert (row.state, row.faulty, row.path) == ("ready", 0, "")
    assert not DayReport.objects.exists()
    assert take(row, by) == 7
    assert readings(cast.REGENCY, TODAY)[Indicator.POSITIVITY].value == 5
    report = DayReport.objects.latest("on")
    assert (report.source, report.by, report.version) == ("tes.csv", "kadek", 1)


def test_the_same_file_twice_is_once() -> None:
    by = kadek()
    take(brought(a_week(), by), by)
    again = brought(a_week(), by)
    assert sorted_of(again).same == 7
    assert take(again, by) == 0
    assert DayReport.objects.count() == 7


def test_what_changes_needs_a_reason_and_keeps_what_stood() -> None:
    by = kadek()
    told(by, Kind.TESTS, 30, 1)
    row = brought(a_week(), by)
    with pytest.raises(Refused) as caught:
        take(row, by)
    assert caught.value.code == "correction_needs_reason"
    assert take(row, by, reason="Rekap mingguan") == 7
    first, second = DayReport.objects.filter(on=TODAY).order_by("version")
    assert (first.tested, second.tested) == (30, 40)
    assert second.reason == "Rekap mingguan"


def test_what_was_told_after_the_look_is_looked_at_again() -> None:
    by = kadek()
    row = brought(a_week(), by)
    seen = sorted_of(row).mark()
    told(by, Kind.TESTS, 30, 1)
    with pytest.raises(Refused) as caught:
        take_file(file=row, reason="Rekap", seen=seen, by=by, at=NOW)
    assert caught.value.code == "told_meanwhile"
    assert DayReport.objects.count() == 1


def test_wrong_cells_are_named_and_the_other_rows_can_be_taken() -> None:
    by = kadek()
    row = brought(
        "tanggal;laboratorium;diperiksa;positif\n"
        "2020-07-01;;40;2\n"
        "01-07-2020;;41;2\n"
        "besok;;40;2\n"
        "2020-07-02;;;2\n"
        "2020-07-03;;40;41\n"
        "2020-07-14;;40;2\n"
        "2020-07-04;3510011703900001;4o;-1\n"
        "2020-07-05;;1.200;1,200\n"
        "2019-07-05;;1;1\n"
        ";;1;1\n",
        by,
    )
    assert faults(row) == [
        ("A3", "twice"),
        ("A4", "not_a_day"),
        ("C5", "not_told"),
        ("D6", "more_positive"),
        ("A7", "future"),
        ("B8", "card_number"),
        ("C8", "not_a_count"),
        ("D8", "negative"),
        ("D9", "ambiguous"),
        ("A10", "too_old"),
        ("A11", "no_day"),
    ]
    assert "3510011703900001" not in str(row.problems)
    assert row.faulty == 9
    assert take(row, by) == 1


def test_a_hospital_written_in_two_ways_is_one() -> None:
    by = kadek()
    told(by, Kind.BEDS, 60, 30, place=HOSPITAL)
    head = "tanggal,rumah_sakit,tempat_tidur,terisi,sumber,penanggung jawab\n"
    body = f"{TODAY},RSUD  CONTOH,60,70,Laporan 12,dr. Ratna\n{TODAY},,5,5,,\n"
    row = brought(head + body, by, Kind.BEDS)
    assert faults(row) == [("B3", "no_place")]
    assert [issue[3] for issue in row.remarks] == ["overfull"]
    assert row.unread == ["penanggung jawab"]
    take(row, by, reason="Pasien bertambah")
    stands = DayReport.objects.get(version=2)
    assert (stands.place, stands.occupied) == (HOSPITAL, 70)
    assert stands.source == "Laporan 12"


def workbook(*rows: list[object]) -> bytes:
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        page, day = book.add_worksheet(), book.add_format({"num_format": "yyyy-mm-dd"})
        page.write_row(0, 0, ["Tanggal", "Kasus ditelusuri", "Kontak erat"])
        for line, (on, *numbers) in enumerate(rows, 1):
            page.write_datetime(line, 0, on, day)
            page.write_row(line, 1, numbers)
    return target.getvalue()


@pytest.mark.usefixtures("real_child")
def test_a_workbook_with_days_and_numbers_is_read_by_the_child() -> None:
    by = kadek()
    row = brought(workbook([TODAY, 3, 12], [TODAY, 2.5, 1]), by, Kind.TRACING)
    assert faults(row) == [("B3", "not_a_count")]
    take(row, by)
    report = DayReport.objects.get()
    assert (report.on, report.followed, report.contacts) == (TODAY, 3, 12)


@pytest.mark.parametrize("kind", list(Kind))
def test_an_empty_file_to_fill_in_is_read_without_a_word(kind: Kind) -> None:
    by = kadek()
    for empty in (as_csv(kind), as_workbook(kind, ["tanggal: hari"])):
        row = brought(empty, by, kind)
        assert (row.state, row.defect["code"]) == ("unusable", "no_rows")


def test_a_file_of_something_else_says_which_columns_are_missing() -> None:
    by = kadek()
    row = brought("tanggal;laboratorium;diperiksa\n2020-07-01;;4\n", by)
    assert row.state == "unusable"
    assert row.defect["code"] == "columns_missing"
    assert row.defect["details"]["columns"] == ["positif"]
    with pytest.raises(Refused) as caught:
        take(row, by)
    assert caught.value.code == "reports_not_ready"


def test_too_much_at_once_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    by = kadek()
    monkeypatch.setattr(actions, "MOST", 5)
    assert brought(a_week(), by).defect["code"] == "too_many_rows"
    monkeypatch.setattr(actions, "LARGEST", 10)
    with pytest.raises(FileTooLarge):
        receive_file(kind=Kind.TESTS, name="x", blocks=[b"0" * 11], by=by, at=NOW)


def test_reading_stops_where_a_file_is_too_long(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Three million rows of faults must not be read into the memory first."""
    seen: list[int] = []
    look = Checker.look_at

    def counted(self: Checker, batch: Any) -> None:
        look(self, batch)
        seen.append(len(self.problems))

    monkeypatch.setattr(Checker, "look_at", counted)
    monkeypatch.setattr(actions, "MOST", 10)
    row = brought("tanggal;diperiksa;positif\n" + "x;y;z\n" * 9_000, kadek())
    assert row.defect["code"] == "too_many_rows"
    assert len(seen) == 1
    assert seen[0] < SHOWN + 3


def test_a_place_that_never_told_is_asked_about() -> None:
    by = kadek()
    told(by, Kind.BEDS, 60, 30, place="RSUD Contoh Utara")
    head = "tanggal,rumah_sakit,tempat_tidur,terisi\n"
    row = brought(f"{head}{TODAY},RSUD Contoh Utra,60,30\n", by, Kind.BEDS)
    found = sorted_of(row)
    assert strangers_of(row, found) == [("RSUD Contoh Utra", "RSUD Contoh Utara")]
    with pytest.raises(Refused) as caught:
        take(row, by)
    assert caught.value.code == "place_is_strange"
    assert take(row, by, new_places=True) == 1


def test_one_laboratory_and_all_together_do_not_count_twice() -> None:
    by = kadek()
    told(by, Kind.TESTS, 100, 5)
    day = TODAY - timedelta(days=1)
    row = brought(
        "tanggal;laboratorium;diperiksa;positif\n"
        f"{TODAY};RS Bagus;40;2\n{day};RS Bagus;40;2\n{day};;90;2\n",
        by,
    )
    assert faults(row) == [("B2", "mixed"), ("B4", "mixed")]
    told(by, Kind.TESTS, 90, 2, on=day)
    with pytest.raises(Refused) as caught:
        take(row, by)
    assert caught.value.code == "told_meanwhile"


def test_a_file_whose_reading_got_stuck_can_be_left() -> None:
    by = kadek()
    row = receive_file(kind=Kind.TESTS, name="x", blocks=[b"x"], by=by, at=NOW)
    with pytest.raises(Refused) as caught:
        leave_file(file=row, by=by, at=NOW + STUCK)
    assert caught.value.code == "reports_not_ready"
    leave_file(file=row, by=by, at=NOW + STUCK + timedelta(seconds=1))
    row.refresh_from_db()
    assert (row.state, row.path) == ("left", "")


@pytest.mark.parametrize("state", ["checking", "ready", "unusable"])
def test_after_thirty_days_nothing_of_a_file_is_left(state: str) -> None:
    kadek()
    act_as(Access.JOB)
    row = DayFile.objects.create(
        kind="tests",
        region=cast.REGENCY,
        name="x",
        state=state,
        rows=[["RS", "2020-07-01", 1, 1, "x"]],
        problems=[["diperiksa", "A2", "dr. Ratna", "not_a_count", {}]],
        brought_by="kadek",
        brought_at=NOW,
    )
    assert expire_files(at=NOW + KEPT) == 0
    late = NOW + KEPT + timedelta(seconds=1)
    assert expire_files(at=late) == 1
    row.refresh_from_db()
    assert row.state == ("unusable" if state == "unusable" else "left")
    assert (row.rows, row.problems) == ([], [])
    assert expire_files(at=late) == 0


def test_a_file_that_was_left_writes_nothing_and_is_read_once() -> None:
    by = kadek()
    row = brought(a_week(), by)
    leave_file(file=row, by=by, at=NOW)
    check_file(file_id=row.pk, at=NOW)
    row.refresh_from_db()
    assert (row.state, row.rows, row.ended_by) == ("left", [], "kadek")
    assert not DayReport.objects.exists()


def test_nobody_else_brings_or_sees_a_file(monkeypatch: pytest.MonkeyPatch) -> None:
    row = brought(a_week(), kadek())
    kept: list[object] = []
    monkeypatch.setattr(files, "keep", lambda *said, **_more: kept.append(said))
    ratna = actor_for(cast.dr_ratna(), on=TODAY)
    with pytest.raises(Http404):
        receive_file(kind=Kind.TESTS, name="x", blocks=[b"x"], by=ratna, at=NOW)
    with pytest.raises(Http404):
        files_for(ratna)
    with pytest.raises(Http404):
        take_file(file=row, reason="", seen="", by=ratna, at=NOW)
    with pytest.raises(Http404):
        leave_file(file=row, by=ratna, at=NOW)
    with pytest.raises(Http404):
        file_for(ratna, row.pk)
    assert not kept


def broken(**values: object) -> str | None:
    """Write a file past every action; return which promise it breaks."""
    row = {"kind": "tests", "region": cast.REGENCY, "name": "x", "brought_by": "test"}
    try:
        with transaction.atomic():
            DayFile.objects.create(**row | {"brought_at": NOW} | values)
    except IntegrityError as error:
        return constraint_name(error)
    return None


def test_day_file_end_is_signed() -> None:
    assert broken() is None
    assert broken(state="taken") == "day_file_end_is_signed"
    assert broken(state="ready", ended_by="x") == "day_file_end_is_signed"
    assert broken(state="left", ended_by="kadek", ended_at=NOW) is None
