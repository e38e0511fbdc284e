"""Files that OpenSID and spreadsheets read. No cell can be taken for a formula.

Every file says who took it out, when, why and under which number (the watermark).
"""

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import xlsxwriter

from smartkampung.residents.imports.giving_back import person_cells
from smartkampung.residents.imports.reading.cells import guard
from smartkampung.residents.imports.reading.layouts import (
    OPENSID_HEADERS,
    PEOPLE,
    PEOPLE_HEADERS,
)
from smartkampung.residents.imports.reading.records import PersonDraft

SHEET, REMARKS = "Data Penduduk", "Keterangan"
END_MARK = "###"
NUMBERS = {"lat", "lng"}


@dataclass(frozen=True)
class Watermark:
    """Who took this file out of the registry, and under which number."""

    mark: str
    by: str
    at: str
    place: str
    reason: str

    def lines(self) -> list[str]:
        """Return what the file says about itself."""
        return [
            f"Ekspor {self.mark}",
            f"{self.place}",
            f"Diunduh oleh {self.by}, {self.at}",
            f"Keperluan: {self.reason}",
            "Data pribadi penduduk (UU 27/2022). Jangan dibagikan.",
        ]

    def line(self) -> str:
        """Return the same as one line."""
        return " | ".join(self.lines())


def opensid_workbook(people: Iterable[PersonDraft], watermark: Watermark) -> bytes:
    """Return OpenSID's population workbook: 43 columns, numbers of people as text."""
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        book.set_properties({"comments": watermark.line(), "company": "Smart Kampung"})
        book.set_custom_property("ekspor", watermark.mark)
        page = book.add_worksheet(SHEET)
        page.set_footer(f"&L&8{watermark.line().replace('&', '&&')}"[:255])
        page.freeze_panes(1, 0)
        for column, header in enumerate(OPENSID_HEADERS):
            page.write_string(0, column, header)
        for line, draft in enumerate(people, start=1):
            cells = person_cells(draft)
            for column, header in enumerate(OPENSID_HEADERS):
                _write(page, line, column, header, cells.get(header, ""))
        remarks = book.add_worksheet(REMARKS)
        for line, text in enumerate(watermark.lines()):
            remarks.write_string(line, 0, guard(text))
    return target.getvalue()


def _write(page: Any, line: int, column: int, header: str, value: str | int) -> None:
    if value == "":
        return
    number = as_number(header, value)
    if number is not None:
        page.write_number(line, column, number)
    else:
        page.write_string(line, column, safe(str(value)))


def opensid_csv(people: Iterable[PersonDraft], watermark: Watermark) -> bytes:
    """Return the same columns as text; the watermark stands below the end mark."""
    return _csv(OPENSID_HEADERS, (person_cells(draft) for draft in people), watermark)


def people_csv(people: Iterable[PersonDraft], watermark: Watermark) -> bytes:
    """Return our own CSV, whose rows name their village."""
    rows = (
        {header: cells.get(PEOPLE.names[header], "") for header in PEOPLE_HEADERS}
        for cells in map(person_cells, people)
    )
    return _csv(PEOPLE_HEADERS, rows, watermark)


def _csv(
    headers: Iterable[str], rows: Iterable[dict[str, Any]], watermark: Watermark
) -> bytes:
    target = io.StringIO()
    writer = csv.writer(target, lineterminator="\r\n")
    names = list(headers)
    writer.writerow(names)
    for cells in rows:
        writer.writerow([safe(str(cells.get(name, ""))) for name in names])
    writer.writerow([safe(watermark.line()), END_MARK])
    return ("\ufeff" + target.getvalue()).encode()


def safe(text: str) -> str:
    """Return a cell that no spreadsheet calculates; a lone dash and numbers may stay."""
    if text == "-" or _is_number(text):
        return text
    return guard(text)


def as_number(header: str, value: str | int) -> float | None:
    """Return what is written as a number: codes and positions, never a NIK."""
    if isinstance(value, int):
        return value
    if header in NUMBERS and _is_number(value) and repr(float(value)) == value:
        return float(value)
    return None


def _is_number(text: str) -> bool:
    body = text.removeprefix("-")
    whole, _, rest = body.partition(".")
    return body.isascii() and whole.isdigit() and (rest == "" or rest.isdigit())
