"""The rejected rows as the same workbook, with a column that says what to correct."""

import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import xlsxwriter

from smartkampung.residents.imports.reading.cells import guard
from smartkampung.residents.imports.reading.records import Issue
from smartkampung.residents.imports.source import Head
from smartkampung.residents.imports.words import fault, fault_at, masked

MOST_ROWS = 100_000
REMARK = "keterangan"
LONGEST_CELL = 32_000


@dataclass
class _Sheet:
    titles: list[str]
    rows: list[tuple[list[str], list[Issue]]] = field(default_factory=list)


@dataclass(frozen=True)
class RejectedCell:
    """One cell that cannot be taken, in words."""

    sheet: str
    issue: Issue

    def __str__(self) -> str:
        return fault_at(self.issue, self.sheet)

    def as_dict(self) -> dict[str, str]:
        """Return plain values; numbers of people are masked."""
        return {
            "sheet": self.sheet,
            "cell": self.issue.cell,
            "column": self.issue.column,
            "value": masked(self.issue.column, self.issue.value),
            "problem": self.issue.fault,
            "message": fault(self.issue),
        }


class RejectionBook:
    """Collects rejected rows, sheet by sheet, and writes them as a workbook."""

    def __init__(self) -> None:
        self._sheets: dict[str, _Sheet] = {}
        self._rows = 0

    def __len__(self) -> int:
        return self._rows

    def add(self, head: Head, raw: list[str], issues: list[Issue]) -> None:
        """Take one row as it stood in the file."""
        if self._rows >= MOST_ROWS:
            return
        self._rows += 1
        sheet = self._sheets.setdefault(head.sheet, _Sheet(head.titles))
        sheet.rows.append((raw, issues))

    def issues(self) -> Iterator[RejectedCell]:
        """Yield every cell that cannot be taken."""
        for name, sheet in self._sheets.items():
            for _, issues in sheet.rows:
                for issue in issues:
                    yield RejectedCell(name, issue)

    def as_workbook(self) -> bytes:
        """Return the workbook; its cells are text, so that nothing is calculated."""
        target = io.BytesIO()
        with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
            wrong = book.add_format({"bg_color": "#fbe9e7"})
            for name, sheet in self._sheets.items():
                _write(book.add_worksheet(_sheet_name(name)), sheet, wrong)
        return target.getvalue()


def _sheet_name(name: str) -> str:
    allowed = "".join(mark for mark in name if mark not in "[]:*?/\\'")
    return allowed[:31] or "Data Penduduk"


def _write(page: Any, sheet: _Sheet, wrong: Any) -> None:
    titles = [title for title in sheet.titles if title != REMARK]
    keep = [place for place, title in enumerate(sheet.titles) if title != REMARK]
    for column, title in enumerate([*titles, REMARK]):
        page.write_string(0, column, title)
    for line, (raw, issues) in enumerate(sheet.rows, start=1):
        bad = {issue.column for issue in issues}
        for column, place in enumerate(keep):
            value = raw[place] if place < len(raw) else ""
            style = wrong if titles[column] in bad else None
            page.write_string(line, column, guard(value)[:LONGEST_CELL], style)
        remark = " ".join(f"{issue.column}: {fault(issue)}" for issue in issues)
        page.write_string(line, len(keep), guard(remark)[:LONGEST_CELL])
    page.freeze_panes(1, 0)
