"""Which column is which: finds the header row and says what is missing."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from smartkampung.residents.imports.reading.cells import Cell, shown
from smartkampung.residents.imports.reading.records import Bad, Defect, Unusable

MOST_COLUMNS = 1_000
SEARCHED_ROWS = 30
ENOUGH = 3
_ODD = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True)
class Layout:
    """The columns of a format: accepted header names (as slugs) and which must be there."""

    names: dict[str, str]
    required: frozenset[str]
    ignored: frozenset[str] = frozenset()

    def titles(self, keys: Iterable[str]) -> list[str]:
        """Return the headers that people write for some of its columns."""
        first: dict[str, str] = {}
        for title, key in self.names.items():
            first.setdefault(key, title)
        return sorted(first[key] for key in keys)


@dataclass(frozen=True)
class Header:
    """The header row of a sheet: what stands in it, and where the known columns are."""

    line: int
    cells: list[str]
    places: dict[str, int]
    unknown: list[str]

    def title(self, place: int) -> str:
        """Return the header text of a column."""
        return self.cells[place] if place < len(self.cells) else ""


def slug(header: str) -> str:
    """Return a header as it is compared: ``No. KK`` is ``no_kk``."""
    return _ODD.sub("_", header.strip().lower()).strip("_")


def letters(place: int) -> str:
    """Return the letters of a column: 0 is A, 26 is AA."""
    name, place = "", place + 1
    while place:
        place, rest = divmod(place - 1, 26)
        name = chr(65 + rest) + name
    return name


def find_header(
    rows: Iterator[tuple[int, list[Cell]]], layout: Layout
) -> tuple[Header, Iterator[tuple[int, list[Cell]]]]:
    """Return the header and the rows below it; raise Unusable when there is none."""
    best: Header | None = None
    for line, row in rows:
        _refuse_wide(row)
        found = _header(line, row, layout)
        if layout.required <= found.places.keys():
            return found, rows
        if best is None or len(found.places) > len(best.places):
            best = found
        if line >= SEARCHED_ROWS:
            break
    if best is None or len(best.places) < min(ENOUGH, len(layout.required)):
        raise Unusable(Defect.NO_HEADER, columns=layout.titles(layout.required))
    missing = layout.titles(layout.required - best.places.keys())
    raise Unusable(Defect.COLUMNS_MISSING, columns=missing, line=best.line)


def _refuse_wide(row: list[Cell]) -> None:
    if len(row) > MOST_COLUMNS:
        raise Unusable(Defect.TOO_WIDE, columns=len(row), most=MOST_COLUMNS)


def _header(line: int, row: list[Cell], layout: Layout) -> Header:
    cells = [_title(cell) for cell in row]
    places: dict[str, int] = {}
    unknown = []
    for place, title in enumerate(cells):
        name = layout.names.get(slug(title))
        if name is None:
            if title and slug(title) not in layout.ignored:
                unknown.append(title)
            continue
        places.setdefault(name, place)
    _refuse_doubles(cells, places, layout)
    return Header(line, cells, places, unknown)


def _refuse_doubles(cells: list[str], places: dict[str, int], layout: Layout) -> None:
    """A column that stands twice is refused, but only on the row that is the header."""
    if not layout.required <= places.keys():
        return
    for place, title in enumerate(cells):
        name = layout.names.get(slug(title))
        if name is not None and places[name] != place:
            where = [letters(places[name]), letters(place)]
            raise Unusable(Defect.COLUMN_TWICE, column=title, where=where)


def _title(cell: Cell) -> str:
    try:
        return " ".join(shown(cell).split())
    except Bad:
        return ""
