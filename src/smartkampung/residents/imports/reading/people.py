"""Rows of people: OpenSID, OpenDK and our own CSV end up as the same drafts."""

from dataclasses import dataclass
from typing import Any

from smartkampung.residents.imports.reading.cells import Cell, shown, text
from smartkampung.residents.imports.reading.columns import Header, letters
from smartkampung.residents.imports.reading.fields import (
    AT,
    KEPT_LONGEST,
    Read,
    readers,
)
from smartkampung.residents.imports.reading.records import (
    Bad,
    Fault,
    Issue,
    Noted,
    PersonDraft,
    Rejected,
)
from smartkampung.residents.rules import fold_name
from smartkampung.residents.rules.numbers import WOMAN

NO_RW = "000"
# Read together: a number, or the temporary id that stands in its place.
PAIRS = ("nik", "kk")
MOST_REMEMBERED = 20_000


@dataclass(frozen=True)
class _Column:
    place: int
    name: str
    read: Read
    at: int | None = None  # its place in the draft; None for what is only kept

    @property
    def kept_as(self) -> str | None:
        """Return the name under which a value is kept that has no place."""
        return self.name if self.at is None else None


class Remembered(dict[Any, Any]):
    """Reads each different cell of a column once, because a few values fill most.

    Cells that are equal mean the same. What cannot be taken is not remembered.
    """

    def __init__(self, read: Read) -> None:
        super().__init__()
        self._read = read

    def __missing__(self, cell: Cell) -> Any:
        value = self._read(cell)
        if len(self) < MOST_REMEMBERED:
            self[cell] = value
        return value


class PeopleReader:
    """Reads the rows of one sheet whose header is known."""

    def __init__(self, header: Header, *, today: str) -> None:
        self._header = header
        known = readers(today=today)
        columns = [
            _Column(place, name, *known[name])
            for name, place in header.places.items()
            if name in known
        ]
        self._plan = [
            (
                column.place,
                Remembered(column.read).__getitem__,
                column.at or 0,
                column.kept_as,
                column,
            )
            for column in columns
        ]
        self._blank: list[Any] = list(PersonDraft(0))
        for name in PAIRS:
            self._blank[AT[name]] = "", ""

    def read(
        self, line: int, row: list[Cell]
    ) -> tuple[PersonDraft | Rejected, Noted | None]:
        """Return the person of a row, or why there is none; and cells left out."""
        values = self._blank.copy()
        values[0] = line
        issues: list[Issue] = []
        details: dict[str, str] = {}
        refused = self._fill(row, values, details, issues)
        draft = _finished(values, details)
        issues.extend(self._missing(draft, issues))
        if refused or not draft.name or not draft.sex:
            return Rejected(line, issues, [shown(cell) for cell in row]), None
        if draft.nik and draft.born_on:
            issues.extend(self._swapped(draft))
        return draft, Noted(line, issues) if issues else None

    def _fill(
        self,
        row: list[Cell],
        values: list[Any],
        details: dict[str, str],
        issues: list[Issue],
    ) -> bool:
        """Read the cells that hold something; say whether one of them refuses the row."""
        refused = False
        for place, read, at, kept_as, column in self._plan:
            cell = row[place] if place < len(row) else ""
            if cell == "" or cell is None:
                continue
            try:
                found: Any = read(cell)
            except Bad as bad:
                issues.append(self._issue(values[0], column, cell, bad))
                refused = refused or not bad.soft
                if bad.fault is Fault.LABEL_UNKNOWN:
                    details[column.name] = text(cell)[:KEPT_LONGEST]
                continue
            if kept_as is None:
                values[at] = found
            elif found:
                details[kept_as] = str(found)
        return refused

    def _missing(self, draft: PersonDraft, issues: list[Issue]) -> list[Issue]:
        named = {issue.column for issue in issues}
        found = []
        for name, value, fault in (
            ("nama", draft.name, Fault.NAME_EMPTY),
            ("sex", draft.sex, Fault.SEX_UNKNOWN),
        ):
            place = self._header.places[name]
            if not value and self._header.title(place) not in named:
                found.append(self._at(draft.line, place, "", fault, {}))
        return found

    def _swapped(self, draft: PersonDraft) -> list[Issue]:
        """A program with American dates has put the month first; the NIK knows better."""
        year, month, day = draft.born_on[2:4], draft.born_on[5:7], draft.born_on[8:]
        said = draft.nik[6:12]
        woman = str(int(month) + WOMAN)
        if year != said[4:] or day != said[2:4] or said[:2] not in (month, woman):
            return []
        if day == month:
            return []
        place = self._header.places["tanggallahir"]
        details: dict[str, object] = {"day": month, "month": day}
        fault = Fault.DATE_SWAPPED
        return [self._at(draft.line, place, draft.born_on, fault, details)]

    def _issue(self, line: int, column: _Column, cell: Cell, bad: Bad) -> Issue:
        return self._at(line, column.place, shown(cell)[:120], bad.fault, bad.details)

    def _at(
        self,
        line: int,
        place: int,
        value: str,
        fault: Fault,
        details: dict[str, object],
    ) -> Issue:
        title = self._header.title(place)
        return Issue(title, f"{letters(place)}{line}", value, fault.value, details)


def _finished(values: list[Any], details: dict[str, str]) -> PersonDraft:
    for name in PAIRS:
        at = AT[name]
        values[at], values[at + 1] = values[at]
    draft = PersonDraft._make(values)
    if draft.rt and not draft.rw:
        # RTs are named under their RW; villages without RWs number theirs 000.
        draft = draft._replace(rw=NO_RW)
    status = draft.status
    if status.startswith("moved:"):
        details["status_dasar"] = status.removeprefix("moved:")
        draft = draft._replace(status="moved")
    return draft._replace(details=details or None, folded=fold_name(draft.name))
