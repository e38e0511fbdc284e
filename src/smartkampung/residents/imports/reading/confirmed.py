"""Rows of lists of confirmed cases, as a Puskesmas keeps them."""

from collections.abc import Callable
from typing import Any, ClassVar

from smartkampung.residents.imports.reading import cells
from smartkampung.residents.imports.reading.cells import Cell, shown, text
from smartkampung.residents.imports.reading.columns import Header, slug
from smartkampung.residents.imports.reading.lists import ListReader, name_of_person
from smartkampung.residents.imports.reading.records import (
    Bad,
    CaseDraft,
    Fault,
    Issue,
    Rejected,
)


class CaseReader(ListReader):
    """Reads who was confirmed, when, where, and how it ended."""

    OUTCOMES: ClassVar = {
        **dict.fromkeys(("", "sakit", "dirawat", "isolasi", "aktif", "ill"), "ill"),
        **dict.fromkeys(("sembuh", "selesai_isolasi", "recovered"), "recovered"),
        **dict.fromkeys(("meninggal", "wafat", "died"), "died"),
    }

    def __init__(self, header: Header, *, today: str) -> None:
        super().__init__(header)
        self._today = today

    def read(self, line: int, row: list[Cell]) -> tuple[CaseDraft | Rejected, None]:
        """Return the case of a row, or why there is none."""
        issues: list[Issue] = []
        raw = [shown(cell) for cell in row]
        nik = self._try(line, row, "nik", issues)

        def take(name: str, read: Callable[[Cell], Any]) -> Any:
            cell = self._cell(row, name)
            try:
                return read(cell)
            except Bad as bad:
                issues.append(self._issue(line, name, shown(cell), bad))
                return ""

        name = take("nama", name_of_person)
        village = take("village", lambda cell: cells.words(cell, 80))
        rw, rt = take("rw", cells.neighbourhood), take("rt", cells.neighbourhood)
        address = take("address", lambda cell: cells.words(cell, 120))
        confirmed = take("confirmed_on", self._confirmed)
        outcome, ended = take("outcome", self._outcome), take("outcome_on", self._date)
        early = bool(ended) and ended < confirmed
        if not issues and (early or (outcome == "ill") != (ended == "")):
            issues.append(self._late(line, ended))
        if issues:
            return Rejected(line, issues, raw), None
        where = (village, rw, rt, address)
        return CaseDraft(line, nik, name, *where, confirmed, outcome, ended, raw), None

    def _late(self, line: int, ended: str) -> Issue:
        known = "outcome_on" in self._header.places
        column = "outcome_on" if known else "outcome"
        return self._issue(line, column, ended, Bad(Fault.OUTCOME_DAY))

    def _date(self, cell: Cell) -> str:
        return cells.iso_date(cell, today=self._today)

    def _confirmed(self, cell: Cell) -> str:
        found = self._date(cell)
        if not found:
            raise Bad(Fault.DATE_EMPTY)
        return found

    def _outcome(self, cell: Cell) -> str:
        found = self.OUTCOMES.get(slug("" if cells.is_blank(cell) else text(cell)))
        if found is None:
            raise Bad(Fault.OUTCOME_UNKNOWN)
        return found
