"""Sheets of an Excel workbook, after looking whether it is safe to open.

Macros are never run: the parser reads values only. Of a formula it reads the stored
result; where none is stored, the cell becomes ``Formula``, which no reader takes.
"""

import html
import io
import re
import zipfile
from collections.abc import Iterator

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook

from smartkampung.residents.imports.reading.cells import Cell, Formula
from smartkampung.residents.imports.reading.columns import MOST_COLUMNS
from smartkampung.residents.imports.reading.records import Defect, Unusable

MOST_ENTRIES = 10_000
# Real sheets pack 10 to 50 times; what packs tighter, and is large, was built to.
TIGHTEST = 150
LARGE = 100 * 1024 * 1024
BLOCK = 1 << 20
ENCRYPTED = 0x1
_SHEET = re.compile(rb"<(?:\w+:)?sheet\s[^>]*>")
_NAME = re.compile(rb'\bname="([^"]*)"')
_ID = re.compile(rb'\br:id="([^"]*)"|\bid="([^"]*)"')
_RELATION = re.compile(rb"<Relationship\s[^>]*>")
_TARGET = re.compile(rb'\bTarget="([^"]*)"')
_RELATION_ID = re.compile(rb'\bId="([^"]*)"')
_DIMENSION = re.compile(rb'<dimension ref="[A-Z]+\d+:([A-Z]+)(\d+)"')
_EMPTY_FORMULA = re.compile(
    rb'<c [^>]*?\br="([A-Z]{1,3})(\d{1,7})"[^>]*>\s*'
    rb"<f(?:\s[^>]*)?(?:/>|>[^<]*</f>)\s*(?:<v\s*/>|<v></v>|<v>0</v>)?\s*</c>"
)


def opened(body: bytes, *, unpacked: int) -> zipfile.ZipFile:
    """Return the archive in ``body``; raise Unusable for bombs, passwords, damage."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(body))
    except (zipfile.BadZipFile, OSError, ValueError):
        raise Unusable(Defect.DAMAGED) from None
    entries = archive.infolist()
    size = sum(entry.file_size for entry in entries)
    tight = size > LARGE and size > TIGHTEST * max(len(body), 1)
    if size > unpacked or tight or len(entries) > MOST_ENTRIES:
        raise Unusable(Defect.ZIP_BOMB)
    if any(entry.flag_bits & ENCRYPTED for entry in entries):
        raise Unusable(Defect.LOCKED)
    return archive


def read(
    body: bytes, archive: zipfile.ZipFile
) -> Iterator[tuple[str, int, Iterator[list[Cell]]]]:
    """Yield name, number of rows, and rows of every sheet; cells keep their types."""
    parts = _parts(archive)
    empty = {name: _look_at(archive, part) for name, part in parts.items()}
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(body))
        for name in book.sheet_names:
            sheet = book.get_sheet_by_name(name)
            _refuse_wide(sheet)
            height = sheet.end[0] + 1 if sheet.end else 0
            yield name, height, _rows(sheet, empty.get(name, {}))
    except (CalamineError, zipfile.BadZipFile):
        raise Unusable(Defect.DAMAGED) from None


def _refuse_wide(sheet: CalamineSheet) -> None:
    width = sheet.end[1] + 1 if sheet.end else 0
    if width > MOST_COLUMNS:
        raise Unusable(Defect.TOO_WIDE, columns=width, most=MOST_COLUMNS)


def _rows(sheet: CalamineSheet, empty: dict[int, set[int]]) -> Iterator[list[Cell]]:
    if sheet.start is None:
        return
    before: list[Cell] = [""] * sheet.start[1]
    for line, cells in enumerate(sheet.iter_rows()):
        row: list[Cell] = [*before, *cells]
        for column in empty.get(line, ()):
            row.extend([""] * (column + 1 - len(row)))
            row[column] = Formula()
        yield row


def _parts(archive: zipfile.ZipFile) -> dict[str, str]:
    """Return where in the archive each sheet is."""
    book = _entry(archive, "xl/workbook.xml")
    targets = {}
    for relation in _RELATION.findall(_entry(archive, "xl/_rels/workbook.xml.rels")):
        key, target = _RELATION_ID.search(relation), _TARGET.search(relation)
        if key and target:
            path = target[1].decode().removeprefix("/")
            targets[key[1]] = path if path.startswith("xl/") else f"xl/{path}"
    parts = {}
    for sheet in _SHEET.findall(book):
        name, key = _NAME.search(sheet), _ID.search(sheet)
        part = targets.get(key[1] or key[2]) if key else None
        if name and part:
            parts[html.unescape(name[1].decode("utf-8", "replace"))] = part
    return parts


def _entry(archive: zipfile.ZipFile, name: str) -> bytes:
    try:
        return archive.read(name)
    except KeyError:
        return b""
    except (zipfile.BadZipFile, OSError, NotImplementedError, EOFError):
        raise Unusable(Defect.DAMAGED) from None


def _look_at(archive: zipfile.ZipFile, part: str) -> dict[int, set[int]]:
    """Return the cells of a sheet, by row, whose formula has no stored result.

    Refuses on the way a sheet that says it is wider than any list of people, before
    the parser makes room for it.
    """
    found: dict[int, set[int]] = {}
    if part not in archive.NameToInfo:
        return found
    rest = b""
    try:
        with archive.open(part) as stream:
            while block := stream.read(BLOCK):
                rest += block
                _refuse_wide_claim(rest)
                cut = rest.rfind(b"<c ")
                whole, rest = (rest[:cut], rest[cut:]) if cut > 0 else (b"", rest)
                _collect(whole, found)
    except (zipfile.BadZipFile, OSError, NotImplementedError, EOFError):
        raise Unusable(Defect.DAMAGED) from None
    _collect(rest, found)
    return found


def _refuse_wide_claim(text: bytes) -> None:
    claim = _DIMENSION.search(text[:4_096])
    if claim and column_number(claim[1].decode()) >= MOST_COLUMNS:
        columns = column_number(claim[1].decode()) + 1
        raise Unusable(Defect.TOO_WIDE, columns=columns, most=MOST_COLUMNS)


def _collect(text: bytes, found: dict[int, set[int]]) -> None:
    if b"<f" not in text:
        return
    for cell in _EMPTY_FORMULA.finditer(text):
        row = found.setdefault(int(cell[2]) - 1, set())
        row.add(column_number(cell[1].decode()))


def column_number(letters: str) -> int:
    """Return the place of a column from its letters: A is 0."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1
