"""Tables as files: for spreadsheets here (semicolons), and as a workbook."""

import csv
import io
from collections.abc import Iterable, Sequence

import xlsxwriter

WIDTH = 22
DANGEROUS = ("=", "+", "-", "@", "\t", "\r")
Cell = str | int
Row = Sequence[Cell]


def as_csv(titles: Sequence[str], rows: Iterable[Row]) -> bytes:
    """Return a table as text, as a spreadsheet here divides it."""
    target = io.StringIO()
    writer = csv.writer(target, delimiter=";", lineterminator="\r\n")
    writer.writerow(titles)
    writer.writerows([_safe(cell) for cell in row] for row in rows)
    return ("\ufeff" + target.getvalue()).encode()


def as_workbook(name: str, titles: Sequence[str], rows: Iterable[Row]) -> bytes:
    """Return a table as a workbook; nothing in it is a formula."""
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        page = book.add_worksheet(name[:31])
        bold = book.add_format({"bold": True})
        page.set_column(0, len(titles), WIDTH)
        page.freeze_panes(1, 0)
        for column, title in enumerate(titles):
            page.write_string(0, column, title, bold)
        for line, row in enumerate(rows, start=1):
            for column, cell in enumerate(row):
                if isinstance(cell, int):
                    page.write_number(line, column, cell)
                else:
                    page.write_string(line, column, cell)
    return target.getvalue()


def _safe(cell: Cell) -> Cell:
    """Return a cell that no spreadsheet reads as a formula."""
    text = str(cell)
    return f"'{text}" if text.startswith(DANGEROUS) else cell
