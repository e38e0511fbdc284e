"""Empty files of daily reports: the columns that are read, and what stands in them."""

import io
from collections.abc import Sequence

import xlsxwriter

from smartkampung.reopening.signals.rules.kinds import Kind
from smartkampung.residents.imports.reading.days import DAYS
from smartkampung.residents.imports.reading.records import Format

ORDER = ("on", "place", "first", "second", "source")
WIDTH = 22
SPARE_ROWS = 400  # a year, whose days are shown as days


def columns(kind: Kind) -> dict[str, str]:
    """Return the titles of a kind of file, by what they are to us."""
    layout = DAYS[Format(kind.value)]
    known = set(layout.names.values())
    return {key: layout.titles([key])[0] for key in ORDER if key in known}


def as_csv(kind: Kind) -> bytes:
    """Return the columns as a line of text, as a spreadsheet here divides them."""
    return ("\ufeff" + ";".join(columns(kind).values()) + "\r\n").encode()


def as_workbook(kind: Kind, notes: Sequence[str]) -> bytes:
    """Return the columns as a workbook; its second sheet says what they hold."""
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        page = book.add_worksheet("Data")
        bold = book.add_format({"bold": True})
        as_day = book.add_format({"num_format": "yyyy-mm-dd"})
        page.set_column(0, len(ORDER), WIDTH)
        page.freeze_panes(1, 0)
        for place, title in enumerate(columns(kind).values()):
            page.write_string(0, place, title, bold)
        for line in range(1, SPARE_ROWS):
            page.write_blank(line, 0, None, as_day)
        # The reader passes over a sheet of this name, in whatever language it is.
        about = book.add_worksheet("Keterangan")
        about.set_column(0, 0, 4 * WIDTH)
        for line, note in enumerate(notes):
            about.write_string(line, 0, note)
    return target.getvalue()
