"""What single cells of OpenSID's workbook say: dates, numbers, codes, status, place."""

from datetime import date
from typing import Any

import pytest

from tests.rules.imports.reading import issues, notes, only
from tests.workbooks import SITI, SITI_NIK, workbook


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("1990-07-11", "1990-07-11"),
        ("11-07-1990", "1990-07-11"),
        ("11/07/1990", "1990-07-11"),
        ("1/7/1990", "1990-07-01"),
        ("'1990-07-11", "1990-07-11"),
        ("1990-07-11 00:00:00", "1990-07-11"),
        (date(1990, 7, 11), "1990-07-11"),
        (33065, "1990-07-11"),
        ("0000-00-00", ""),
        ("-", ""),
        ("", ""),
    ],
)
def test_dates(typed: Any, meant: str) -> None:
    assert only(workbook(SITI | {"tanggallahir": typed})).born_on == meant


@pytest.mark.parametrize(
    ("typed", "fault"),
    [
        ("31-02-1990", "date_impossible"),
        ("1990-13-40", "date_impossible"),
        ("11-07-90", "date_short_year"),
        ("11 Juli", "date_unreadable"),
        ("\U0001f476", "date_unreadable"),
        ("2027-01-01", "date_future"),
        (-5, "date_unreadable"),
    ],
)
def test_dates_that_cannot_be(typed: Any, fault: str) -> None:
    assert issues(workbook(SITI | {"tanggallahir": typed})) == [("J2", fault)]


@pytest.mark.parametrize(
    "typed",
    [
        SITI_NIK,
        f"'{SITI_NIK}",
        f"\u200b{SITI_NIK}\ufeff",
        f" {SITI_NIK[:6]} {SITI_NIK[6:12]} {SITI_NIK[12:]} ",
        f"NIK. {SITI_NIK}",
        "".join(chr(0xFF10 + int(digit)) for digit in SITI_NIK),
    ],
    ids=["plain", "apostrophe", "invisible", "spaces", "words", "full width"],
)
def test_every_mark_that_is_no_digit_is_taken_off_a_nik(typed: str) -> None:
    assert only(workbook(SITI | {"nik": typed})).nik == SITI_NIK


@pytest.mark.parametrize(
    ("column", "cell"), [("nik", "G2"), ("no_kk", "F2")], ids=["nik", "kk"]
)
@pytest.mark.parametrize(
    ("typed", "fault"),
    [
        (3510095107900001, "lost_digits"),
        ("3.51009510790E+15", "lost_digits"),
        ("3,51E+15", "lost_digits"),
        ("3510095107900001.0", "lost_digits"),
        ("351009510790001", "length"),
        ("35100951079000O1", "not_digits"),
        ("abc", "not_digits"),
        ("3510098507900001", "impossible_day"),
        ("3510095113900001", "impossible_month"),
        ("000000000000000000001", "too_long"),
    ],
)
def test_numbers_that_cannot_be(column: str, cell: str, typed: Any, fault: str) -> None:
    if column == "no_kk" and typed == "3510095113900001":
        typed = "3510091113900001"
    (found,) = issues(workbook(SITI | {column: typed}))
    assert found[0] == cell
    assert found[1].removeprefix("nik_").removeprefix("kk_") == fault


@pytest.mark.parametrize("typed", ["0", 0, "", "-", "0000", "00000000000000000"])
def test_somebody_without_a_nik(typed: Any) -> None:
    person = only(workbook(SITI | {"nik": typed}))
    assert (person.nik, person.temporary_id) == ("", "")


def test_a_temporary_id_is_kept_and_is_no_nik() -> None:
    person = only(
        workbook(SITI | {"nik": "0351009200300012", "no_kk": "0351009200301"})
    )
    assert (person.nik, person.temporary_id) == ("", "0351009200300012")
    assert (person.kk, person.family_id) == ("", "0351009200301")


@pytest.mark.parametrize(
    ("column", "typed", "code"),
    [
        ("status_kawin", 2, 2),
        ("status_kawin", "2", 2),
        ("status_kawin", "02", 2),
        ("status_kawin", 2.0, 2),
        ("status_kawin", "KAWIN", 2),
        ("status_kawin", "k a w i n", 2),
        ("status_kawin", "BK", 1),
        ("status_kawin", "K", 2),
        ("status_kawin", "CH", 3),
        ("status_kawin", "CM", 4),
        ("status_kawin", "Cerai Mati", 4),
        ("status_kawin", "", None),
        ("status_kawin", "-", None),
        ("status_kawin", 0, None),
        ("golongan_darah_id", "Tdk Th", 13),
        ("golongan_darah_id", "A+", 5),
        ("golongan_darah_id", "A-", 6),
        ("golongan_darah_id", "A", 1),
        ("pekerjaan_id", "Petani / Pekebun", 9),
        ("pekerjaan_id", "PETANI/PEKEBUN", 9),
        ("pendidikan_kk_id", "SLTP / SEDERAJAT", 4),
        ("agama_id", "KATHOLIK", 3),
        ("agama_id", "Katolik", 3),
        ("kk_level", "KEPALA KELUARGA", 1),
        ("warganegara_id", "WNI", 1),
        ("pekerjaan_id", 95, 95),
        ("pekerjaan_id", "95", 95),
    ],
)
def test_codes_come_as_numbers_digits_or_labels(
    column: str, typed: Any, code: int | None
) -> None:
    field = {
        "status_kawin": "marital_status",
        "golongan_darah_id": "blood_type",
        "pekerjaan_id": "occupation",
        "pendidikan_kk_id": "education",
        "agama_id": "religion",
        "kk_level": "relation",
        "warganegara_id": "citizenship",
    }[column]
    assert getattr(only(workbook(SITI | {column: typed})), field) == code


def test_a_label_that_no_list_knows_is_kept_beside() -> None:
    data = workbook(SITI | {"pekerjaan_id": "TUKANG PIJAT"})
    person = only(data)
    assert person.occupation is None
    assert person.details == {"pekerjaan_id": "TUKANG PIJAT"}
    assert notes(data) == [("pekerjaan_id", "label_unknown")]


@pytest.mark.parametrize(
    ("typed", "sex"),
    [
        (1, "L"),
        (2, "P"),
        ("L", "L"),
        ("LK", "L"),
        ("P", "P"),
        ("Pr", "P"),
        ("LAKI-LAKI", "L"),
        ("Perempuan", "P"),
    ],
)
def test_sex(typed: Any, sex: str) -> None:
    assert only(workbook(SITI | {"sex": typed})).sex == sex


@pytest.mark.parametrize("typed", ["X", 3, "", "-"])
def test_somebody_without_a_sex_is_rejected(typed: Any) -> None:
    assert issues(workbook(SITI | {"sex": typed})) == [("H2", "sex_unknown")]


@pytest.mark.parametrize(
    ("typed", "status"),
    [(1, "living"), ("MATI", "dead"), (3, "moved"), ("4", "missing"), ("", "")],
)
def test_status(typed: Any, status: str) -> None:
    assert only(workbook(SITI | {"status_dasar": typed})).status == status


def test_who_left_without_papers_has_moved_and_the_code_is_kept() -> None:
    person = only(workbook(SITI | {"status_dasar": 6}))
    assert (person.status, person.details) == ("moved", {"status_dasar": "6"})


def test_a_record_that_opensid_calls_not_valid_is_rejected() -> None:
    data = workbook(SITI | {"status_dasar": 9})
    assert issues(data) == [("AK2", "record_not_valid")]


@pytest.mark.parametrize("typed", ["TRUE", "WNI", 77])
def test_a_spoilt_status_is_left_out_and_the_row_is_taken(typed: Any) -> None:
    data = workbook(SITI | {"status_dasar": typed})
    assert only(data).status == ""
    assert notes(data) == [("status_dasar", "status_unknown")]


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("2", "002"),
        (2, "002"),
        ("RT 02", "002"),
        ("rw.2", "002"),
        ("-", ""),
        ("0", ""),
        ("", ""),
    ],
)
def test_rw(typed: Any, read: str) -> None:
    assert only(workbook(SITI | {"rw": typed, "rt": ""})).rw == read


def test_an_rt_without_rw_stands_under_rw_000() -> None:
    person = only(workbook(SITI | {"rw": "-", "rt": "7"}))
    assert (person.rw, person.rt) == ("000", "007")


@pytest.mark.parametrize("typed", ["1234", "IIA", "02/07"])
def test_an_rw_that_is_no_number_is_rejected(typed: str) -> None:
    assert issues(workbook(SITI | {"rw": typed})) == [
        ("C2", "neighbourhood_unreadable")
    ]


@pytest.mark.parametrize(
    ("column", "length", "cell"),
    [
        ("nama", 121, "E2"),
        ("alamat", 201, "A2"),
        ("tempatlahir", 81, "I2"),
        ("nama_ibu", 121, "U2"),
    ],
)
def test_what_is_too_long_is_rejected_with_its_cell(
    column: str, length: int, cell: str
) -> None:
    assert issues(workbook(SITI | {column: "x" * length})) == [(cell, "too_long")]


def test_a_row_without_a_name_is_rejected_and_every_fault_is_named() -> None:
    data = workbook(SITI | {"nama": " ", "nik": 3510095107900001, "tanggallahir": "?"})
    assert issues(data) == [
        ("G2", "lost_digits"),
        ("J2", "date_unreadable"),
        ("E2", "name_empty"),
    ]


@pytest.mark.parametrize(
    ("born", "swapped"),
    [("07/11/1990", True), ("11/07/1990", False), ("07/11/1991", False)],
)
def test_a_date_that_fits_its_nik_only_month_first_is_noted(
    born: str, swapped: bool
) -> None:
    data = workbook(SITI | {"tanggallahir": born})
    assert only(data).nik == SITI_NIK
    assert notes(data) == [("tanggallahir", "date_swapped")] * swapped


def test_what_is_only_kept_never_rejects_a_person() -> None:
    data = workbook(
        SITI
        | {
            "ayah_nik": 3510091204600003,
            "tanggalperkawinan": "kapan?",
            "no_asuransi": 12345678901234567,
            "suku": "s" * 201,
        }
    )
    assert only(data).nik == SITI_NIK
    assert notes(data) == [
        ("ayah_nik", "lost_digits"),
        ("tanggalperkawinan", "date_unreadable"),
        ("suku", "too_long"),
        ("no_asuransi", "lost_digits"),
    ]


def test_what_is_only_kept_is_kept_as_text() -> None:
    kept = {
        "ayah_nik": "3510091204600003",
        "cacat_id": "CACAT FISIK",
        "tanggalperkawinan": date(2010, 1, 31),
        "lat": -8.21,
        "suku": "OSING",
        "hamil": 2,
        "ktp_el": 3,
    }
    assert only(workbook(SITI | kept)).details == {
        "ayah_nik": "3510091204600003",
        "cacat_id": "1",
        "tanggalperkawinan": "2010-01-31",
        "lat": "-8.21",
        "suku": "OSING",
        "hamil": "2",
        "ktp_el": "3",
    }
