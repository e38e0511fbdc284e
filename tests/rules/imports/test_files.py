"""Files that are not what they should be are refused in words, and harm nothing."""

import io
import subprocess
import sys
import zipfile
from typing import Any

import pytest

from smartkampung.residents.imports.reading import tables
from smartkampung.residents.imports.reading import workbook as reader
from smartkampung.residents.imports.reading.cells import shown
from smartkampung.residents.imports.reading.columns import letters
from smartkampung.residents.imports.reading.records import Format
from tests.rules.imports.reading import frames, issues, only, people, unusable
from tests.workbooks import SITI, SITI_NIK, sheets, text, workbook

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600


def repacked(data: bytes, **entries: bytes) -> bytes:
    """Return the workbook with entries replaced or added."""
    target = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            if name not in entries:
                new.writestr(name, old.read(name))
        for name, body in entries.items():
            new.writestr(name, body)
    return target.getvalue()


def encrypted(data: bytes) -> bytes:
    """Return an archive whose entries say that they are encrypted."""
    broken = bytearray(data)
    at = broken.find(b"PK\x01\x02")
    while at >= 0:
        broken[at + 8] |= 1
        at = broken.find(b"PK\x01\x02", at + 4)
    return bytes(broken)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b" \r\n \n", "empty"),
        (OLE, "old_workbook"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "locked"),
        (encrypted(workbook(SITI)), "locked"),
        (b"%PDF-1.7\n%\xe2\xe3", "not_a_table"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 50, "not_a_table"),
        (b"MZ\x90\0\x03", "not_a_table"),
        (b"nama,nik\0,sex", "not_a_table"),
        (b"<html><body><table><tr><td>nik</td></tr></table>", "web_page"),
        (workbook(SITI)[:2000], "damaged"),
        (b"PK\x03\x04 and then nothing", "damaged"),
        (b"halo dunia", "no_header"),
        (workbook(), "no_header_or_rows"),
        (text(SITI, headers=["nama", "hobi"]), "no_header"),
    ],
)
def test_what_is_no_list_of_people(data: bytes, reason: str) -> None:
    if reason == "no_header_or_rows":
        assert not people(data)
        return
    assert unusable(data)[0] == reason


def test_a_zip_bomb_is_not_unpacked() -> None:
    bomb = repacked(
        workbook(SITI), **{"xl/worksheets/sheet1.xml": b" " * (150 * 1024 * 1024)}
    )
    assert len(bomb) < 1_000_000
    assert unusable(bomb)[0] == "zip_bomb"


def test_a_zip_of_very_many_entries_is_not_unpacked(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(reader, "MOST_ENTRIES", 5)
    assert unusable(workbook(SITI))[0] == "zip_bomb"


def test_a_file_above_the_limit_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    limits = tables.Limits(workbook=tables.MB, text=tables.MB)
    monkeypatch.setattr(
        "smartkampung.residents.imports.reading.child.Limits", lambda: limits
    )
    stored = io.BytesIO(workbook(SITI))
    with zipfile.ZipFile(stored, "a") as archive:
        archive.writestr("xl/media/big.png", bytes(2 * tables.MB))
    assert unusable(stored.getvalue()) == ("too_big", {"megabytes": 1})
    assert unusable(text(*[SITI] * 8_000)) == ("too_big", {"megabytes": 1})


def test_a_million_columns_of_text() -> None:
    code, details = unusable(b"nik;" * 1_000_000)
    assert (code, details["columns"]) == ("too_wide", 1_000_001)


def test_a_sheet_that_says_it_is_very_wide_is_not_loaded() -> None:
    wide = sheets(("Data Penduduk", [["nik"] + [""] * 16_000 + ["x"]]))
    assert unusable(wide)[0] == "too_wide"


@pytest.mark.slow
def test_a_table_too_large_to_hold_ends_the_child_and_not_the_parent() -> None:
    data = sheets(("Data Penduduk", [["nik", "nama", "no_kk", "sex"]]))
    sheet = zipfile.ZipFile(io.BytesIO(data)).read("xl/worksheets/sheet1.xml")
    corner = b'<row r="1048576"><c r="ALK1048576"><v>1</v></c></row></sheetData>'
    huge = repacked(
        data, **{"xl/worksheets/sheet1.xml": sheet.replace(b"</sheetData>", corner)}
    )
    child = subprocess.run(
        [
            sys.executable,
            "-m",
            "smartkampung.residents.imports.reading.child",
            "opensid",
            "2026-11-24",
        ],
        input=huge,
        capture_output=True,
        check=False,
    )
    assert child.returncode != 0 or b'"unusable"' in child.stdout


def test_a_workbook_with_macros_is_read_and_its_macros_are_not() -> None:
    data = repacked(workbook(SITI), **{"xl/vbaProject.bin": b"Sub Auto_Open()"})
    assert only(data).nik == SITI_NIK


def test_the_stored_result_of_a_formula_is_read() -> None:
    data = workbook(SITI)
    sheet = zipfile.ZipFile(io.BytesIO(data)).read("xl/worksheets/sheet1.xml")
    with_formula = sheet.replace(
        b'<c r="O2"><v>2</v></c>', b'<c r="O2"><f>1+1</f><v>2</v></c>'
    )
    assert with_formula != sheet
    assert (
        only(
            repacked(data, **{"xl/worksheets/sheet1.xml": with_formula})
        ).marital_status
        == 2
    )


def test_a_hidden_sheet_is_read_too() -> None:
    data = workbook(SITI)
    book = zipfile.ZipFile(io.BytesIO(data)).read("xl/workbook.xml")
    hidden = book.replace(b"<sheet ", b'<sheet state="hidden" ', 1)
    assert only(repacked(data, **{"xl/workbook.xml": hidden})).nik == SITI_NIK


def test_an_open_quote_is_damage_with_its_row() -> None:
    data = text(SITI) + b'"' + b"x" * 200_000
    assert unusable(data)[0] == "damaged"


def test_nul_far_down_in_a_text_is_refused_with_its_row() -> None:
    good = text(SITI)
    filler = b"\r\n" * 40_000
    data = good + filler + b"3510_\0_09\r\n"
    assert unusable(data) == ("not_text", {"line": data.count(b"\n")})


def test_nul_in_a_workbook_names_its_cell_and_is_shown_without_it() -> None:
    data = workbook({**SITI, "nik": "3510NUL09"})
    strings = zipfile.ZipFile(io.BytesIO(data)).read("xl/sharedStrings.xml")
    bad = repacked(
        data, **{"xl/sharedStrings.xml": strings.replace(b"NUL", b"_x0000_")}
    )
    assert [fault for _cell, fault in issues(bad)] == ["nik_length"]
    assert "\0" not in repr(frames(bad))
    assert "\0" not in shown("3510\x0009")


def test_nothing_that_stands_in_a_file_reaches_the_error_output() -> None:
    child = subprocess.run(
        [
            sys.executable,
            "-m",
            "smartkampung.residents.imports.reading.child",
            "opensid",
            "2026-11-24",
        ],
        input=workbook(SITI)[:3000],
        capture_output=True,
        check=False,
    )
    assert child.stderr == b""
    assert b'"damaged"' in child.stdout


OPENDK = {
    "nomor_nik": SITI_NIK,
    "nomor_kk": SITI["no_kk"],
    "nama": "SITI AMINAH",
    "jenis_kelamin": 2,
    "tanggal_lahir": "1990-07-11",
    "hubungan_keluarga": 3,
    "desa_id": "35.10.09.2003",
    "status_dasar": 1,
    "updated_at": "2026-11-01 10:00:00",
}


def opendk(**changes: Any) -> bytes:
    row = OPENDK | changes
    return workbook(row, headers=list(row))


def test_opendk_says_the_village_of_each_row() -> None:
    person = only(opendk(), Format.OPENDK)
    assert (person.village, person.nik, person.relation) == (
        "35.10.09.2003",
        SITI_NIK,
        3,
    )


def test_opendks_archive_holds_the_workbook_and_photos() -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("foto/1.png", b"\x89PNG")
        archive.writestr("__MACOSX/penduduk.xlsx", b"x")
        archive.writestr("penduduk.xlsx", opendk())
    assert only(target.getvalue(), Format.OPENDK).nik == SITI_NIK


def test_an_archive_without_a_table() -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("foto/1.png", b"\x89PNG")
    assert unusable(target.getvalue(), Format.OPENDK)[0] == "no_table_in_zip"


def test_an_archive_in_an_archive_is_not_followed() -> None:
    inner, outer = io.BytesIO(), io.BytesIO()
    with zipfile.ZipFile(inner, "w") as archive:
        archive.writestr("penduduk.csv", b"nik")
    with zipfile.ZipFile(outer, "w") as archive:
        archive.writestr("penduduk.xlsx", inner.getvalue())
    assert unusable(outer.getvalue(), Format.OPENDK)[0] == "no_table_in_zip"


def test_our_own_csv() -> None:
    row = {
        "village": "3510092003",
        "rw": "2",
        "rt": "7",
        "kk": SITI["no_kk"],
        "nik": SITI_NIK,
        "name": "Siti Aminah",
        "sex": "P",
        "born_on": "1990-07-11",
        "status": "missing",
        "phone": "081234567890",
        "religion": "Islam",
    }
    person = only(text(row, headers=list(row)), Format.PEOPLE)
    assert (person.village, person.status, person.phone) == (
        "3510092003",
        "missing",
        "+6281234567890",
    )
    assert person.religion == 1


@pytest.mark.parametrize(
    ("typed", "decile"),
    [(1, 1), ("4", 4), ("Desil 10", 10), ("D3", 3), ("desil. 2", 2)],
)
def test_deciles(typed: Any, decile: int) -> None:
    rows: list[list[Any]] = [
        ["NO", "No.KK", "NIK", "NAMA", "Desil"],
        [1, SITI["no_kk"], SITI_NIK, "SITI", typed],
    ]
    (frame,) = [
        f for f in frames(sheets(("Sheet1", rows)), Format.DECILE) if "rows" in f
    ]
    assert frame["rows"] == [[2, SITI["no_kk"], SITI_NIK, decile, "SITI"]]


@pytest.mark.parametrize("typed", [0, 11, "miskin", "", "6-10"])
def test_what_is_no_decile(typed: Any) -> None:
    rows = [["No KK", "NIK", "Desil"], [SITI["no_kk"], SITI_NIK, typed]]
    (frame,) = [
        f for f in frames(sheets(("Sheet1", rows)), Format.DECILE) if "rows" in f
    ]
    assert frame["rejected"][0][1][0][3] == "decile_range"


def test_a_line_of_a_list_without_any_number() -> None:
    rows: list[list[Any]] = [["No KK", "NIK", "Desil"], ["0", "", 3]]
    (frame,) = [
        f for f in frames(sheets(("Sheet1", rows)), Format.DECILE) if "rows" in f
    ]
    assert frame["rejected"][0][1][0][3] == "numbers_empty"


PROGRAM: list[list[Any]] = [
    ["id", ""],
    ["Nama Program", "BPNT"],
    ["Sasaran Program", 2],
    ["Keterangan", "Kartu Sembako"],
    ["Asal Dana", 1],
    ["Rentang Waktu (Awal)", "2026-01-01"],
    ["Rentang Waktu (Akhir)", "31/12/2026"],
    ["###"],
]
PESERTA = [
    [
        "Peserta",
        "No. Peserta",
        "NIK",
        "Nama",
        "Tempat Lahir",
        "Tanggal Lahir",
        "Alamat",
    ],
    [SITI["no_kk"], "K-17", SITI_NIK, "SITI AMINAH"],
    [SITI_NIK, "", "", "SALAH KOLOM"],
    ["###"],
]


def test_recipients_and_their_programme() -> None:
    told = frames(sheets(("Program", PROGRAM), ("Peserta", PESERTA)), Format.RECIPIENTS)
    programme = told[0]["head"]["programme"]
    assert (programme["name"], programme["since"], programme["until"]) == (
        "BPNT",
        "2026-01-01",
        "2026-12-31",
    )
    assert told[1]["rows"] == [[2, SITI["no_kk"], SITI_NIK, "K-17", "SITI AMINAH"]]
    assert told[1]["rejected"][0][1][0][1:4:2] == ["A3", "kk_impossible_day"]


@pytest.mark.parametrize(
    ("book", "reason"),
    [
        ([("Peserta", PESERTA)], "no_programme_sheet"),
        ([("Program", PROGRAM)], "no_recipient_sheet"),
        (
            [("Program", [["Sasaran Program", 3]]), ("Peserta", PESERTA)],
            "target_unknown",
        ),
        ([("Program", PROGRAM), ("Peserta", [["Nama"], ["SITI"]])], "columns_missing"),
    ],
)
def test_recipients_need_both_sheets(book: list[Any], reason: str) -> None:
    assert unusable(sheets(*book), Format.RECIPIENTS)[0] == reason


@pytest.mark.parametrize(
    ("place", "name"),
    [(0, "A"), (25, "Z"), (26, "AA"), (42, "AQ"), (701, "ZZ"), (702, "AAA")],
)
def test_columns_are_named_by_letters(place: int, name: str) -> None:
    assert letters(place) == name
    assert reader.column_number(name) == place
