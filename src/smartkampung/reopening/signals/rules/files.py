"""Files of public series: read cell by cell, each fault named by its row and column."""

import csv
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from smartkampung.reopening.guidance.rules.kinds import Colour

PROVINCE_COLUMNS = ("tanggal", "kasus_baru", "sembuh_baru", "meninggal_baru")
COLOUR_COLUMNS = ("tanggal", "kode_kemendagri", "nama", "zona", "sumber")
COLOURS: Mapping[str, Colour] = {
    "hijau": Colour.GREEN,
    "kuning": Colour.YELLOW,
    "oranye": Colour.ORANGE,
    "merah": Colour.RED,
}
MOST = 10_000_000
LONGEST = {"nama": 120, "sumber": 400, "sumber_kode": 30}


class Fault(StrEnum):
    """What is wrong with a cell."""

    NO_COLUMN = "no_column"
    NOT_A_DAY = "not_a_day"
    NOT_A_COUNT = "not_a_count"
    TWICE = "twice"  # the day stands above already
    NOT_A_COLOUR = "not_a_colour"
    NO_SOURCE = "no_source"
    NO_REGION = "no_region"
    TOO_LONG = "too_long"
    NOTHING = "nothing"  # no row at all


@dataclass(frozen=True)
class Problem:
    """A cell that cannot be read; the first row of data is row 2."""

    row: int
    column: str
    fault: Fault
    value: str = ""


@dataclass(frozen=True)
class ProvinceRow:
    """One day of a province; None is not known."""

    on: date
    cases: int | None
    recovered: int | None
    died: int | None
    cases_so_far: int | None
    source: str


@dataclass(frozen=True)
class ColourRow:
    """The official colour of a regency on a day."""

    region: str
    name: str
    on: date
    colour: Colour
    source_url: str
    note: str


class _Row:
    """One row while it is read; gathers what is wrong with it."""

    def __init__(
        self, number: int, cells: Mapping[str, str | None], found: list[Problem]
    ) -> None:
        self.number, self._cells, self._found = number, cells, found
        self.sound = True

    def text(self, column: str) -> str:
        value = (self._cells.get(column) or "").strip()
        if len(value) > LONGEST.get(column, 300) or "\0" in value:
            self.wrong(column, Fault.TOO_LONG)
        return value

    def wrong(self, column: str, fault: Fault) -> None:
        value = (self._cells.get(column) or "").strip()[:60]
        self._found.append(Problem(self.number, column, fault, value))
        self.sound = False

    def day(self, column: str = "tanggal") -> date:
        try:
            return date.fromisoformat(self.text(column))
        except ValueError:
            self.wrong(column, Fault.NOT_A_DAY)
            return date.min

    def count(self, column: str) -> int | None:
        value = self.text(column)
        if not value:
            return None
        if not (value.isascii() and value.isdigit() and int(value[:9]) <= MOST):
            self.wrong(column, Fault.NOT_A_COUNT)
            return None
        return int(value)


def read_province(lines: Iterable[str]) -> tuple[list[ProvinceRow], list[Problem]]:
    """Return the days of a file of the province, and everything that is wrong."""
    rows, problems = _rows(lines, PROVINCE_COLUMNS)
    seen: set[date] = set()
    found = []
    for row in rows:
        on = row.day()
        if row.sound and on in seen:
            row.wrong("tanggal", Fault.TWICE)
        seen.add(on)
        one = ProvinceRow(
            on,
            row.count("kasus_baru"),
            row.count("sembuh_baru"),
            row.count("meninggal_baru"),
            row.count("kasus_kumulatif"),
            row.text("sumber_kode"),
        )
        if row.sound:
            found.append(one)
    return found, problems


def read_colours(lines: Iterable[str]) -> tuple[list[ColourRow], list[Problem]]:
    """Return the official colours of a file, and everything that is wrong."""
    rows, problems = _rows(lines, COLOUR_COLUMNS)
    seen: set[tuple[str, date]] = set()
    found = []
    for row in rows:
        on, region = row.day(), _code(row)
        colour, source = COLOURS.get(row.text("zona").lower()), row.text("sumber")
        if colour is None:
            row.wrong("zona", Fault.NOT_A_COLOUR)
        if not source.startswith(("http://", "https://")):
            row.wrong("sumber", Fault.NO_SOURCE)
        if row.sound and (region, on) in seen:
            row.wrong("tanggal", Fault.TWICE)
        seen.add((region, on))
        if row.sound and colour is not None:
            name, note = row.text("nama"), row.text("catatan")
            found.append(ColourRow(region, name, on, colour, source, note))
    return found, problems


def _code(row: _Row) -> str:
    code = row.text("kode_kemendagri")
    parts = code.split(".")
    if len(parts) != 2 or not all(len(one) == 2 and one.isdigit() for one in parts):
        row.wrong("kode_kemendagri", Fault.NO_REGION)
    return code


def _rows(
    lines: Iterable[str], needed: Sequence[str]
) -> tuple[list[_Row], list[Problem]]:
    problems: list[Problem] = []
    reader = csv.DictReader(lines)
    known = [name.strip() for name in reader.fieldnames or []]
    reader.fieldnames = known
    problems += [
        Problem(1, name, Fault.NO_COLUMN) for name in needed if name not in known
    ]
    if problems:
        return [], problems
    rows = [_Row(number, cells, problems) for number, cells in enumerate(reader, 2)]
    if not rows:
        problems.append(Problem(2, needed[0], Fault.NOTHING))
    return rows, problems
