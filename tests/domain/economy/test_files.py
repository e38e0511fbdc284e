"""A file of the budget system is read, looked at, and taken; the same twice is nothing."""

import io
import json
from datetime import date
from decimal import Decimal
from functools import partial

import pytest
import xlsxwriter
from django.db import IntegrityError, transaction
from django.http import Http404

from smartkampung.accounts.actor import Actor
from smartkampung.jobs.inline import run_waiting
from smartkampung.kernel.clock import telling
from smartkampung.kernel.errors import constraint_name
from smartkampung.recovery.economy.actions import files as actions
from smartkampung.recovery.economy.actions.entering import NeedsReason
from smartkampung.recovery.economy.actions.files import (
    FileTooLarge,
    NotReady,
    check_file,
    leave_file,
    receive_file,
    take_file,
)
from smartkampung.recovery.economy.models import Figure, FigureFile
from smartkampung.recovery.economy.queries.figures import figures_for
from smartkampung.recovery.economy.queries.files import files_for
from smartkampung.recovery.economy.rules.kinds import Kind
from smartkampung.residents.imports import files, source
from smartkampung.residents.imports.hiding import hidden
from smartkampung.residents.imports.reading.records import Issue
from tests.domain.imports.conftest import read_here
from tests.economy import NOW, bupati, office

pytestmark = pytest.mark.django_db


def broken(**values: object) -> str | None:
    """Write a file past every action; return which promise it breaks."""
    row = {"kind": "revenue", "name": "pad.csv", "brought_by": "test"}
    try:
        with transaction.atomic():
            FigureFile.objects.create(**row | {"brought_at": NOW} | values)
    except IntegrityError as error:
        return constraint_name(error)
    return None


def test_economy_file_end_is_signed() -> None:
    assert broken() is None
    assert broken(state="taken") == "economy_file_end_is_signed"
    assert broken(state="ready", ended_by="x") == "economy_file_end_is_signed"
    assert broken(state="left", ended_by="lestari", ended_at=NOW) is None


@pytest.fixture(autouse=True)
def _read_here(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if "real_child" not in request.fixturenames:
        monkeypatch.setattr(source, "read", read_here)


@pytest.fixture
def real_child() -> None:
    """Let this test read through the child process, as in production."""


def brought(content: bytes | str, by: Actor, kind: Kind = Kind.REVENUE) -> FigureFile:
    """Let Lestari bring a file; do the job."""
    blocks = [content.encode() if isinstance(content, str) else content]
    with telling(NOW):
        row = receive_file(kind=kind, name="pad.csv", blocks=blocks, by=by, at=NOW)
        run_waiting()
    row.refresh_from_db()
    return row


def taken(content: bytes | str, by: Actor, *, reason: str = "") -> int:
    """Let her take what a file tells; return how many figures were written."""
    return take_file(file=brought(content, by), reason=reason, by=by, at=NOW)


def faults(row: FigureFile) -> list[tuple[str, str]]:
    """Return which cells are wrong, and how."""
    return [(cell, fault) for _column, cell, _value, fault, _more in row.problems]


def standing(
    by: Actor, kind: Kind = Kind.REVENUE
) -> dict[tuple[str, str, int], Decimal]:
    """Return what stands, by measure, item and month of the year."""
    lines = figures_for(by, kind).lines
    return {
        (*key, month.month): value
        for key, line in lines.items()
        for month, value in line.values.items()
    }


BUDGET = """Laporan Realisasi PAD
Kode Rekening;Uraian;Tahun;Bulan;Target;Realisasi;Persen
4.1.01.06;Pajak Hotel;2020;Mei;650.000.000;65.000.000;10,0%
4.1.01.07;Pajak Restoran;2020;Mei;1.200.000.000,00;(1.500.000,50);-0,13
4.1.01;Pajak Daerah;2020;Mei;;63.499.999,50;
;JUMLAH;2020;Mei;;63.499.999,50;
"""


def test_the_file_of_the_budget_system_is_looked_at_and_taken() -> None:
    by = office()
    row = brought(BUDGET, by)
    assert (row.state, row.faulty, row.defect, row.path) == ("ready", 0, {}, "")
    assert not Figure.objects.exists(), "nothing is written before she says so"
    assert take_file(file=row, reason="", by=by, at=NOW) == 6
    assert standing(by) == {
        ("target", "hotel", 5): 650_000_000,
        ("realised", "hotel", 5): 65_000_000,
        ("target", "restaurant", 5): 1_200_000_000,
        ("realised", "restaurant", 5): Decimal("-1500000.50"),
        ("realised", "tax", 5): Decimal("63499999.50"),
        ("realised", "total", 5): Decimal("63499999.50"),
    }
    assert (
        Figure.objects.filter(source=f"pad.csv ({row.pk})", by="lestari").count() == 6
    )


NIK = "3510091708900001"


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        (Kind.REVENUE, f"bulan;jenis;realisasi\n{NIK};{NIK};1\n"),
        (Kind.REVENUE, f"bulan;jenis;realisasi {NIK}\nMei 2020;Pajak Hotel;1\n"),
        (Kind.REVENUE, "bulan;jenis;realisasi\nMei 2020;Pajak 3510 0917 0890 0001;x\n"),
        (
            Kind.VISITS,
            f"bulan;lokasi;wisnus\nMei 2020;{NIK};5\nMei 2020;Wayan {NIK};5\n",
        ),
    ],
)
def test_no_number_of_a_person_is_kept_of_a_wrong_file(kind: Kind, text: str) -> None:
    row = brought(text, office(), kind)
    kept = json.dumps([row.problems, row.remarks, row.rows, row.defect])
    assert NIK not in kept.replace(" ", "")
    assert row.problems or row.defect


def test_the_name_of_a_file_keeps_no_number_of_a_person() -> None:
    row = receive_file(
        kind=Kind.VISITS, name=f"{NIK}.csv", blocks=[b"x"], by=office(), at=NOW
    )
    assert row.name == f"{'*' * 16}.csv"


def test_a_cell_that_cannot_be_read_hides_numbers_too() -> None:
    issue = Issue(f"NIK {NIK}", "A2", NIK, "formula_empty", {})
    assert hidden(issue)[:3] == ("NIK " + "*" * 16, "A2", "*" * 16)


def test_the_same_file_twice_changes_nothing() -> None:
    by = office()
    assert taken(BUDGET, by) == 6
    assert taken(BUDGET, by) == 0
    assert Figure.objects.count() == 6


def test_what_a_file_changes_needs_a_reason_and_is_kept() -> None:
    by = office()
    taken(BUDGET, by)
    changed = BUDGET.replace("65.000.000", "66.000.000")
    row = brought(changed, by)
    with pytest.raises(NeedsReason):
        take_file(file=row, reason=" ", by=by, at=NOW)
    row.refresh_from_db()
    assert row.state == "ready", "it still waits"
    assert take_file(file=row, reason="Rekonsiliasi", by=by, at=NOW) == 1
    assert standing(by)["realised", "hotel", 5] == 66_000_000
    assert Figure.objects.filter(version=2, reason="Rekonsiliasi").count() == 1


def test_every_bad_cell_is_named_and_the_good_rows_are_taken() -> None:
    by = office()
    head = "jenis,bulan,target,realisasi,persen\n"
    rows = (
        "Pajak Hotel,Mei 2020,100,50,50%",
        "Pajak Kos,Mei 2020,1,1,",
        "Pajak Parkir,Mai 2020,1,1,",
        "Pajak Parkir,Mei,1,1,",
        "Pajak Parkir,Mei 2031,1,1,",
        'Pajak Parkir,Mei 2020,"1,234",x,',
        "Pajak Parkir,Mei 2020,-5,5,",
        "Pajak Hotel,2020-05,100,50,",
        "Pajak Reklame,Mei 2020,,,",
        "Pajak Hiburan,Mei 2020,592,295,46.48",
    )
    row = brought(head + "\n".join(rows), by)
    assert faults(row) == [
        ("A3", "type"),
        ("B4", "month"),
        ("B5", "year_missing"),
        ("B6", "future"),
        ("C7", "ambiguous"),
        ("D7", "amount"),
        ("C8", "negative"),
        ("D9", "twice"),
        ("D10", "nothing_told"),
    ]
    assert (row.faulty, len(row.rows)) == (8, 4)
    assert [(cell, fault) for _c, cell, _v, fault, _d in row.remarks] == [
        ("E11", "percent")
    ]
    assert take_file(file=row, reason="", by=by, at=NOW) == 4


def test_a_workbook_is_read_by_the_child(real_child: None) -> None:
    by = office()
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        page = book.add_worksheet("PAD")
        page.write_row(0, 0, ["Realisasi PAD", "", ""])
        page.write_row(1, 0, ["Bulan", "Jenis", "Realisasi"])
        day = book.add_format({"num_format": "mmm yyyy"})
        page.write_datetime(2, 0, date(2020, 5, 1), day)
        page.write_row(2, 1, ["Pajak Hotel", 65_000_000.5])
        page.write_row(3, 0, ["Juni 2020", "Pajak Hotel"])
        page.write_formula(3, 2, "=1+1", value="")
    row = brought(target.getvalue(), by)
    assert faults(row) == [("C4", "formula_empty")]
    take_file(file=row, reason="", by=by, at=NOW)
    assert standing(by) == {("realised", "hotel", 5): Decimal("65000000.50")}


def test_visits_and_businesses_are_read_by_the_same_rules() -> None:
    by = office()
    visits = "bulan,lokasi,wisnus,wisman\nMei 2020,Pulau Merah,1.250,7\n"
    visits += "Juni 2020,pulau merah,300,0\nJuni 2020,,1,1\nJuni 2020,Djawatan,1.5,\n"
    row = brought(visits, by, Kind.VISITS)
    assert faults(row) == [("B4", "site"), ("C5", "not_whole")]
    take_file(file=row, reason="", by=by, at=NOW)
    assert figures_for(by, Kind.VISITS).items() == ["Pulau Merah"]
    assert standing(by, Kind.VISITS)["domestic", "Pulau Merah", 5] == 1250
    businesses = "bulan,sektor,buka,tutup\nMei 2020,Homestay,2,9\nMei 2020,zzz,1,1\nJuni 2020,Homestay,1,1\n"
    row = brought(businesses, by, Kind.BUSINESSES)
    assert faults(row) == [("B3", "sector")]
    assert len(row.rows) == 4


@pytest.mark.parametrize(
    ("content", "defect"),
    [
        ("", "empty"),
        ("bulan,jenis,realisasi\n", "no_rows"),
        ("nama,alamat\nx,y\n", "no_header"),
        ("bulan,jenis,persen\nMei 2020,Pajak Hotel,5\n", "columns_missing"),
        ("%PDF-1.4", "not_a_table"),
    ],
)
def test_a_file_that_is_none_says_why(content: str, defect: str) -> None:
    by = office()
    row = brought(content, by)
    assert (row.state, row.defect["code"]) == ("unusable", defect)
    with pytest.raises(NotReady):
        take_file(file=row, reason="", by=by, at=NOW)


def test_a_file_that_is_left_writes_nothing() -> None:
    by = office()
    row = brought(BUDGET, by)
    leave_file(file=row, by=by, at=NOW)
    assert not Figure.objects.exists()
    for end in (leave_file, partial(take_file, reason="")):
        with pytest.raises(NotReady):
            end(file=row, by=by, at=NOW)
    check_file(file_id=row.pk, at=NOW)  # a job that runs once more
    row.refresh_from_db()
    assert (row.state, row.rows) == ("left", [])


def test_a_file_that_is_too_large_is_not_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions, "LARGEST", 10)
    with pytest.raises(FileTooLarge):
        brought(BUDGET, office())
    assert not FigureFile.objects.exists()


def test_who_only_reads_brings_no_file() -> None:
    reader = bupati()
    with pytest.raises(Http404):
        brought(BUDGET, reader)
    with pytest.raises(Http404):
        files_for(reader)


def test_a_file_that_could_not_be_written_down_leaves_nothing_on_the_disk(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    forgotten: list[str] = []
    monkeypatch.setattr(files, "forget", forgotten.append)
    monkeypatch.setattr(actions, "record", lambda *_, **__: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        brought(BUDGET, office())
    assert len(forgotten) == 1
    assert not FigureFile.objects.exists()


def test_a_site_is_one_however_a_file_writes_it() -> None:
    by = office()
    rows = "Mei 2020,Djawatan,5,1\nJuni 2020,DJAWATAN,6,\nJuli 2020,djawatan,7,2\n"
    row = brought(f"bulan,lokasi,wisnus,wisman\n{rows}", by, Kind.VISITS)
    take_file(file=row, reason="", by=by, at=NOW)
    assert figures_for(by, Kind.VISITS).items() == ["Djawatan"]


def test_a_row_without_the_column_that_is_wrong_is_named_by_its_number() -> None:
    text = "bulan,jenis,realisasi\nMei 2020,Pajak Hotel,\nMei,Pajak Hotel,5\n"
    row = brought(text, office())
    assert faults(row) == [("C2", "nothing_told"), ("A3", "year_missing")]
