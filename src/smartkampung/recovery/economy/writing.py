"""Tables as files: every cell safe from formulas, every file with its source."""

import csv
import io
from collections.abc import Sequence
from decimal import Decimal

import xlsxwriter

from smartkampung.residents.exports.writing import END_MARK, safe

Raw = str | int | float | Decimal | None
LONGEST_SHEET_NAME = 31
WIDTH = 18


def as_csv(
    title: str,
    heads: Sequence[str],
    rows: Sequence[Sequence[Raw]],
    notes: Sequence[str],
) -> bytes:
    """Return a table as text: its title, its heads, its rows, then what it rests on.

    Numbers are written with a decimal point and without marks, between commas, as
    programs read them everywhere. A spreadsheet of an Indonesian computer wants
    semicolons and decimal commas, and other ones not: for it there is the workbook.
    """
    target = io.StringIO()
    writer = csv.writer(target, lineterminator="\r\n")
    writer.writerow([safe(title)])
    writer.writerow([safe(head) for head in heads])
    for row in rows:
        writer.writerow([safe(_plain(cell)) for cell in row])
    writer.writerow([END_MARK])
    for note in notes:
        writer.writerow([safe(note)])
    return ("\ufeff" + target.getvalue()).encode()


def as_workbook(
    title: str,
    heads: Sequence[str],
    rows: Sequence[Sequence[Raw]],
    notes: Sequence[str],
) -> bytes:
    """Return the same as a workbook, in which numbers are numbers."""
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        book.set_properties({"title": title, "comments": " | ".join(notes)})
        page = book.add_worksheet("Data")
        page.set_footer(f"&L&8{' | '.join(notes).replace('&', '&&')}"[:255])
        page.set_column(0, len(heads), WIDTH)
        page.freeze_panes(2, 1)
        bold = book.add_format({"bold": True})
        page.write_string(0, 0, safe(title), bold)
        for column, head in enumerate(heads):
            page.write_string(1, column, safe(head), bold)
        for line, row in enumerate(rows, start=2):
            for column, cell in enumerate(row):
                if isinstance(cell, str):
                    page.write_string(line, column, safe(cell))
                elif cell is not None:
                    page.write_number(line, column, cell)
        end = len(rows) + 2
        page.write_string(end, 0, END_MARK)
        for line, note in enumerate(notes, start=end + 1):
            page.write_string(line, 0, safe(note))
    return target.getvalue()


def _plain(cell: Raw) -> str:
    if cell is None:
        return ""
    if isinstance(cell, Decimal):
        whole = cell.to_integral_value()
        return f"{whole:f}" if whole == cell else f"{cell:f}"
    return str(cell)
