"""What OpenSID's workbook says, with every trap that village files hold."""

import pytest

from smartkampung.residents.imports.reading.layouts import OPENSID_HEADERS
from tests.rules.imports.reading import frames, issues, only, people, unusable
from tests.workbooks import FAMILY, SITI, SITI_KK, SITI_NIK, sheets, text, workbook


def test_a_row_becomes_a_person_in_the_registrys_own_values() -> None:
    person = only(workbook(SITI))

    assert person.line == 2
    assert (person.nik, person.kk, person.name) == (SITI_NIK, SITI_KK, "SITI AMINAH")
    assert (person.sex, person.born_on) == ("P", "1990-07-11")
    assert (person.rw, person.rt, person.dusun) == ("002", "007", "KRAJAN")
    assert (person.religion, person.relation, person.status) == (1, 3, "living")


def test_columns_may_stand_in_any_order_and_some_may_be_missing() -> None:
    order = [name for name in reversed(OPENSID_HEADERS) if name != "suku"]
    assert only(workbook(SITI, headers=order)) == only(workbook(SITI))


def test_headers_are_known_in_capitals_and_below_a_title() -> None:
    capitals = [name.upper() for name in OPENSID_HEADERS]
    row = [SITI.get(name, "") for name in OPENSID_HEADERS]
    table = [["DATA PENDUDUK DESA"], [], capitals, row]
    person = only(sheets(("Data Penduduk", table)))
    assert (person.line, person.nik) == (4, SITI_NIK)


def test_the_sheet_with_the_codes_is_skipped_and_others_are_read() -> None:
    codes = [list(OPENSID_HEADERS), ["kode"] * 43]
    data = workbook(SITI, sheet="Warga", more=[("Kode Data", codes)])
    assert only(data).nik == SITI_NIK


def test_reading_stops_at_the_end_mark_in_the_second_column() -> None:
    end = {"alamat": "dicetak", "dusun": "###"}
    assert len(people(workbook(SITI, end, SITI))) == 1


def test_empty_rows_are_passed_over_and_line_numbers_stay_right() -> None:
    assert [p.line for p in people(workbook({}, SITI, {}, {}, SITI))] == [3, 6]


def test_a_formula_without_a_stored_result_is_rejected() -> None:
    data = workbook(SITI | {"nik": "=formula:B2&C2", "nama": "=formula:UPPER(A1)"})
    assert issues(data) == [("E2", "formula_empty"), ("G2", "formula_empty")]


def test_text_is_cleaned_of_invisible_marks_and_double_spaces() -> None:
    person = only(workbook(SITI | {"nama": "\u200b SITI \u00a0  AMINAH\x07 "}))
    assert person.name == "SITI AMINAH"


def test_a_csv_says_the_same_as_the_workbook() -> None:
    assert people(text(*FAMILY)) == people(workbook(*FAMILY))


@pytest.mark.parametrize(
    "options",
    [
        {"delimiter": ";"},
        {"delimiter": "\t"},
        {"delimiter": ";", "encoding": "utf-8-sig", "line_end": "\r\n"},
        {"line_end": "\r"},
        {"encoding": "utf-16"},
        {"encoding": "cp1252"},
    ],
    ids=str,
)
def test_csvs_of_every_program(options: dict[str, str]) -> None:
    row = SITI | {"nama": "RENÉE AMINAH", "alamat": 'Jl. "Melati", 4; blok A'}
    person = only(text(row, **options))
    assert (person.name, person.address) == (row["nama"], row["alamat"])


def test_a_csv_that_names_its_separator() -> None:
    assert only(b"sep=;\r\n" + text(SITI, delimiter=";")).nik == SITI_NIK


def test_missing_columns_are_named() -> None:
    headers = [name for name in OPENSID_HEADERS if name not in ("nik", "sex")]
    code, details = unusable(workbook(SITI, headers=headers))
    assert (code, details["columns"]) == ("columns_missing", ["nik", "sex"])


def test_a_column_that_stands_twice_is_refused() -> None:
    code, details = unusable(
        workbook(SITI, headers=["nama", "sex", "no_kk", "nik", "nik"])
    )
    assert (code, details) == ("column_twice", {"column": "nik", "where": ["D", "E"]})


def test_columns_that_are_not_ours_are_named_and_passed_over() -> None:
    (head, *_) = frames(
        workbook(
            SITI | {"hobi": "catur"}, headers=[*OPENSID_HEADERS, "hobi", "keterangan"]
        )
    )
    assert head["head"]["unknown"] == ["hobi"]
