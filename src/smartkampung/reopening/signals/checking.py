"""Reads the rows of a file of daily reports: what can be written, and what is wrong."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import TypeVar

from smartkampung.reopening.signals.bulk import Given
from smartkampung.reopening.signals.queries.reports import days_told, spelled
from smartkampung.reopening.signals.rules import cells, kinds
from smartkampung.reopening.signals.rules.kinds import (
    LONGEST_PLACE,
    Kind,
    Numbers,
    doubts,
    faults,
)
from smartkampung.reopening.signals.rules.places import fold_place
from smartkampung.residents.imports.hiding import hidden
from smartkampung.residents.imports.reading.columns import letters
from smartkampung.residents.imports.reading.records import FigureDraft, Issue
from smartkampung.residents.imports.source import Batch, Head
from smartkampung.residents.rules.numbers import holds_number

LONGEST_SOURCE = 200
Told = TypeVar("Told")
Faults = list[tuple[str, str]]
# The column that a fault of a whole report is shown at.
COLUMN = {kinds.Fault.FUTURE: "on", kinds.Fault.NO_PLACE: "place"}


class Checker:
    """Looks at a file batch by batch."""

    def __init__(
        self, kind: Kind, region: str, *, name: str, today: date, most_shown: int
    ) -> None:
        self._kind, self._today, self._name = kind, today, name
        self._spelled = spelled(kind, region)
        self._together, self._single = days_told(kind, region)
        self._seen: set[tuple[str, date]] = set()
        self._most = most_shown
        self.given: list[Given] = []
        self.problems: list[Issue] = []
        self.remarks: list[Issue] = []
        self.unread: list[str] = []
        self.faulty = self.rows = 0

    def look_at(self, batch: Batch) -> None:
        """Check some rows."""
        self.rows += len(batch.drafts) + len(batch.rejected)
        self.unread += [one for one in batch.head.unknown if one not in self.unread]
        for rejected in batch.rejected:
            self._name_all(self.problems, map(hidden, rejected.issues))
            self.faulty += 1
        for draft in batch.drafts:
            self._row(batch.head, draft)

    def _row(self, head: Head, draft: FigureDraft) -> None:
        found: Faults = []
        told = draft.cells
        on = _attempt(found, "on", lambda: cells.day_of(told.get("on")))
        place = _attempt(found, "place", lambda: self._place(told.get("place")))
        first = _attempt(found, "first", lambda: cells.count(told.get("first")))
        second = _attempt(found, "second", lambda: cells.count(told.get("second")))
        source = _attempt(found, "source", lambda: self._source(told.get("source")))
        if on and place is not None and first is not None and second is not None:
            given = Given(place, on, first, second, source or self._name)
            self._whole(head, draft, given, found)
        if found:
            self.faulty += 1
            self._name_all(self.problems, (_issue(head, draft, *one) for one in found))

    def _name_all(self, named: list[Issue], issues: Iterable[Issue]) -> None:
        # A file of a million faults must not fill the memory with them.
        if len(named) < self._most:
            named += issues

    def _whole(
        self, head: Head, draft: FigureDraft, given: Given, found: Faults
    ) -> None:
        numbers = Numbers(given.first, given.second)
        future = given.on > self._today
        for fault in faults(self._kind, numbers, place=given.place, future=future):
            found.append((COLUMN.get(fault, "second"), fault.value))
        if not found and (given.place, given.on) in self._seen:
            found.append(("on", cells.Fault.TWICE.value))
        if not found and given.on in (self._together if given.place else self._single):
            found.append(("place", kinds.Fault.MIXED.value))
        if not found:
            (self._single if given.place else self._together).add(given.on)
            self._seen.add((given.place, given.on))
            self.given.append(given)
            for doubt in doubts(self._kind, numbers):
                issue = _issue(head, draft, "second", doubt.value)
                self._name_all(self.remarks, [issue])

    def _place(self, cell: cells.Cell) -> str:
        name = _text(cell, LONGEST_PLACE)
        # Written in another way before, or above in this file: it is the same.
        return self._spelled.setdefault(fold_place(name), name)

    def _source(self, cell: cells.Cell) -> str:
        return _text(cell, LONGEST_SOURCE)


def _text(cell: cells.Cell, longest: int) -> str:
    text = str("" if cell is None else cell).strip()
    if len(text) > longest:
        raise cells.Unread(cells.Fault.LONG)
    if holds_number(text):
        raise cells.Unread(cells.Fault.CARD_NUMBER)
    return text


def _attempt(found: Faults, name: str, read: Callable[[], Told]) -> Told | None:
    try:
        return read()
    except cells.Unread as unread:
        found.append((name, unread.fault.value))
        return None


def _issue(head: Head, draft: FigureDraft, column: str, fault: str) -> Issue:
    # A report may lack the column itself: beds without a hospital point at the day.
    place = head.places.get(column, head.places["on"])
    value = str(draft.cells.get(column, ""))
    cell = f"{letters(place)}{draft.line}"
    return hidden(Issue(head.titles[place], cell, value, fault, {}))
