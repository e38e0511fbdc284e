"""Village files made for tests: workbooks and CSVs with made-up people in them."""

import csv
import io
from collections.abc import Sequence
from datetime import date
from typing import Any

import xlsxwriter

from smartkampung.residents.imports.reading.layouts import OPENSID_HEADERS

Row = dict[str, Any]
SITI_NIK, SITI_KK = "3510095107900001", "3510091501100001"
SITI: Row = {
    "alamat": "Jl. Melati 4",
    "dusun": "DUSUN KRAJAN",
    "rw": "002",
    "rt": "007",
    "nama": "SITI AMINAH",
    "no_kk": SITI_KK,
    "nik": SITI_NIK,
    "sex": 2,
    "tempatlahir": "BANYUWANGI",
    "tanggallahir": "1990-07-11",
    "agama_id": 1,
    "pendidikan_kk_id": 5,
    "pekerjaan_id": 2,
    "status_kawin": 2,
    "kk_level": 3,
    "warganegara_id": 1,
    "nama_ayah": "SUPARMAN",
    "nama_ibu": "SULASTRI",
    "golongan_darah_id": 13,
    "status_dasar": 1,
}
SLAMET: Row = SITI | {
    "nama": "SLAMET RIYADI",
    "nik": "3510091204850003",
    "sex": 1,
    "tanggallahir": "1985-04-12",
    "pekerjaan_id": 9,
    "kk_level": 1,
}
BAYU: Row = SITI | {
    "nama": "BAYU PRATAMA",
    "nik": "0",
    "sex": 1,
    "tanggallahir": "2020-03-05",
    "pekerjaan_id": 1,
    "status_kawin": 1,
    "kk_level": 4,
}
FAMILY = (SLAMET, SITI, BAYU)


def workbook(
    *rows: Row,
    headers: Sequence[str] = OPENSID_HEADERS,
    sheet: str = "Data Penduduk",
    more: Sequence[tuple[str, Sequence[Sequence[Any]]]] = (),
) -> bytes:
    """Return an .xlsx file of one data sheet; ``more`` are further plain sheets."""
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        days = book.add_format({"num_format": "dd-mm-yyyy"})
        _fill(book.add_worksheet(sheet), _table(headers, rows), days)
        for name, table in more:
            _fill(book.add_worksheet(name), table, days)
    return target.getvalue()


def sheets(*named: tuple[str, Sequence[Sequence[Any]]]) -> bytes:
    """Return an .xlsx file of plain sheets."""
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        days = book.add_format({"num_format": "dd-mm-yyyy"})
        for name, table in named:
            _fill(book.add_worksheet(name), table, days)
    return target.getvalue()


def text(
    *rows: Row,
    headers: Sequence[str] = OPENSID_HEADERS,
    delimiter: str = ",",
    line_end: str = "\n",
    encoding: str = "utf-8",
) -> bytes:
    """Return a CSV file."""
    target = io.StringIO()
    writer = csv.writer(target, delimiter=delimiter, lineterminator=line_end)
    writer.writerows(_table(headers, rows))
    return target.getvalue().encode(encoding)


def _table(headers: Sequence[str], rows: Sequence[Row]) -> list[list[Any]]:
    return [list(headers), *([row.get(name, "") for name in headers] for row in rows)]


def _fill(page: Any, table: Sequence[Sequence[Any]], days: Any) -> None:
    for line, row in enumerate(table):
        for column, value in enumerate(row):
            if isinstance(value, date):
                page.write_datetime(line, column, value, days)
            elif isinstance(value, bool):
                page.write_boolean(line, column, value)
            elif isinstance(value, (int, float)):
                page.write_number(line, column, value)
            elif isinstance(value, str) and value.startswith("=formula:"):
                page.write_formula(line, column, "=" + value[9:], value="")
            elif value not in ("", None):
                page.write_string(line, column, value)
