"""Rows of welfare lists (family, decile) and of recipients of a programme."""

import re
from collections.abc import Callable, Iterator
from typing import Any, ClassVar

from smartkampung.residents.imports.reading import cells
from smartkampung.residents.imports.reading.cells import Cell, shown, text
from smartkampung.residents.imports.reading.columns import Header, letters, slug
from smartkampung.residents.imports.reading.layouts import PROGRAMME_ROWS
from smartkampung.residents.imports.reading.records import (
    AccountDraft,
    AffectedDraft,
    Bad,
    DecileDraft,
    Fault,
    FigureDraft,
    Issue,
    RecipientDraft,
    Rejected,
)

_DECILE = re.compile(r"(?:desil|d)?\s*\.?\s*(\d{1,2})", re.IGNORECASE)
LAST_DECILE = 10
_RUPIAH = re.compile(r"(?i)^rp\.?|,(00|-)$|[\s.]")
MOST_INCOME, MOST_DEPENDANTS = 1_000_000_000, 20
Rows = Iterator[tuple[int, list[Cell]]]


class ListReader:
    """What readers of lists share: cells by name, and what is wrong with one."""

    def __init__(self, header: Header) -> None:
        self._header = header

    def _cell(self, row: list[Cell], name: str) -> Cell:
        place = self._header.places.get(name)
        return "" if place is None or place >= len(row) else row[place]

    def _issue(self, line: int, name: str, value: str, bad: Bad) -> Issue:
        place = self._header.places[name]
        cell = f"{letters(place)}{line}"
        title = self._header.title(place)
        return Issue(title, cell, value[:120], bad.fault.value, bad.details)

    def _try(self, line: int, row: list[Cell], name: str, issues: list[Issue]) -> str:
        cell = self._cell(row, name)
        read = cells.kk if name == "no_kk" else cells.nik
        try:
            return read(cell)[0]
        except Bad as bad:
            issues.append(self._issue(line, name, shown(cell), bad))
            return ""


class DecileReader(ListReader):
    """Reads DTKS and DTSEN lists: family card, NIK, decile."""

    def read(self, line: int, row: list[Cell]) -> tuple[DecileDraft | Rejected, None]:
        """Return the family and decile of a row, or why there is none."""
        issues: list[Issue] = []
        kk = self._try(line, row, "no_kk", issues)
        nik = self._try(line, row, "nik", issues)
        cell = self._cell(row, "desil")
        found = (
            _DECILE.fullmatch(text(cell))
            if not isinstance(cell, cells.Formula)
            else None
        )
        decile = int(found[1]) if found else 0
        if not 1 <= decile <= LAST_DECILE:
            issues.append(
                self._issue(line, "desil", shown(cell), Bad(Fault.DECILE_RANGE))
            )
        if not kk and not nik and not issues:
            issues.append(self._issue(line, "no_kk", "", Bad(Fault.NUMBERS_EMPTY)))
        if issues:
            return Rejected(line, issues, [shown(cell) for cell in row]), None
        return DecileDraft(line, kk, nik, decile, _name(self._cell(row, "nama"))), None


class RecipientReader(ListReader):
    """Reads the sheet Peserta: a NIK or a family card, as the programme's target says."""

    def __init__(self, header: Header, *, family: bool) -> None:
        super().__init__(header)
        self._read = cells.kk if family else cells.nik

    def read(
        self, line: int, row: list[Cell]
    ) -> tuple[RecipientDraft | Rejected, None]:
        """Return the recipient of a row, or why there is none."""
        issues: list[Issue] = []
        cell = self._cell(row, "number")
        try:
            number = self._read(cell)[0]
            if not number:
                raise Bad(Fault.NUMBERS_EMPTY)
        except Bad as bad:
            issues.append(self._issue(line, "number", shown(cell), bad))
            return Rejected(line, issues, [shown(cell) for cell in row]), None
        nik = self._try(line, row, "nik", [])
        card = _name(self._cell(row, "card"))
        return RecipientDraft(
            line, number, nik, card, _name(self._cell(row, "nama"))
        ), None


class AccountReader(ListReader):
    """Reads a bank's list of accounts: NIK, bank, number, holder."""

    def read(self, line: int, row: list[Cell]) -> tuple[AccountDraft | Rejected, None]:
        """Return the account of a row, or why there is none; it keeps no raw cells."""
        issues: list[Issue] = []
        nik = self._try(line, row, "nik", issues)
        if not nik and not issues:
            issues.append(self._issue(line, "nik", "", Bad(Fault.NUMBERS_EMPTY)))
        bank, number, holder = (
            self._words(line, row, name, issues)
            for name in ("bank", "number", "holder")
        )
        # A number that a spreadsheet calculates with has lost the zeros in front.
        if isinstance(self._cell(row, "number"), (int, float)):
            bad = Bad(Fault.ACCOUNT_AS_NUMBER)
            issues.append(self._issue(line, "number", "", bad))
        if issues:
            hidden = [issue._replace(value="") for issue in issues]
            return Rejected(line, hidden, []), None
        return AccountDraft(line, nik, bank, number, holder), None

    def _words(self, line: int, row: list[Cell], name: str, issues: list[Issue]) -> str:
        try:
            return cells.words(self._cell(row, name), 70)
        except Bad as bad:
            issues.append(self._issue(line, name, "", bad))
            return ""


class FigureReader(ListReader):
    """Reads rows of figures. What the cells mean is for whoever asked to judge."""

    def read(self, line: int, row: list[Cell]) -> tuple[FigureDraft | Rejected, None]:
        """Return the known cells of a row, or which of them hold nothing to read."""
        found: dict[str, str | int | float] = {}
        issues: list[Issue] = []
        for name in self._header.places:
            cell = self._cell(row, name)
            try:
                if isinstance(cell, (int, float)) and not isinstance(cell, bool):
                    found[name] = cell
                else:
                    found[name] = text(cell)[:200]
            except Bad as bad:
                issues.append(self._issue(line, name, shown(cell), bad))
        if issues:
            return Rejected(line, issues, [shown(cell) for cell in row]), None
        return FigureDraft(line, found), None


class AffectedReader(ListReader):
    """Reads the list of an employer or association: who was hit, how, since when."""

    KINDS: ClassVar = {
        **dict.fromkeys(("phk", "diberhentikan", "laid_off"), "laid_off"),
        **dict.fromkeys(("dirumahkan", "furloughed"), "furloughed"),
        **dict.fromkeys(("jam_kerja_berkurang", "dikurangi", "hours_cut"), "hours_cut"),
        **dict.fromkeys(("usaha_tutup", "tutup", "business_closed"), "business_closed"),
        **dict.fromkeys(("penjualan_turun", "omzet_turun", "sales_down"), "sales_down"),
        **dict.fromkeys(
            ("pekerja_migran", "tki", "pmi", "returned_migrant"), "returned_migrant"
        ),
    }

    def __init__(self, header: Header, *, today: str) -> None:
        super().__init__(header)
        self._today = today

    def read(self, line: int, row: list[Cell]) -> tuple[AffectedDraft | Rejected, None]:
        """Return the person of a row, or why there is none."""
        issues: list[Issue] = []
        raw = [shown(cell) for cell in row]
        nik = self._try(line, row, "nik", issues)
        if not nik and not issues:
            issues.append(self._issue(line, "nik", "", Bad(Fault.NUMBERS_EMPTY)))

        def take(name: str, read: Callable[[Cell], Any]) -> Any:
            cell = self._cell(row, name)
            try:
                return read(cell)
            except Bad as bad:
                issues.append(self._issue(line, name, shown(cell), bad))
                return None

        draft = AffectedDraft(
            line,
            nik,
            take("nama", name_of_person),
            take("born_on", self._date),
            take("kind", self._kind),
            take("happened_on", self._date),
            take("income_before", _money),
            take("income_after", _money),
            take("dependants", _count),
            take("skills", lambda cell: cells.words(cell, 300)),
            raw,
        )
        return (Rejected(line, issues, raw), None) if issues else (draft, None)

    def _date(self, cell: Cell) -> str:
        return cells.iso_date(cell, today=self._today)

    def _kind(self, cell: Cell) -> str:
        if cells.is_blank(cell):
            return ""
        kind = self.KINDS.get(slug(text(cell)))
        if kind is None:
            raise Bad(Fault.KIND_UNKNOWN)
        return kind


def name_of_person(cell: Cell) -> str:
    """Return a name; there must be one."""
    name = cells.words(cell, 120)
    if not name:
        raise Bad(Fault.NAME_EMPTY)
    return name


def _money(cell: Cell) -> int | None:
    """Return whole rupiah; None when the cell says nothing."""
    if cells.is_blank(cell):
        return None
    if isinstance(cell, (int, float)) and not isinstance(cell, bool):
        amount = int(cell)
    else:
        digits = _RUPIAH.sub("", text(cell))
        if not (digits.isascii() and digits.isdigit()):
            raise Bad(Fault.MONEY_UNREADABLE)
        amount = int(digits)
    if not 0 <= amount <= MOST_INCOME:
        raise Bad(Fault.MONEY_UNREADABLE)
    return amount


def _count(cell: Cell) -> int | None:
    if cells.is_blank(cell):
        return None
    found = text(cell)
    if not (found.isascii() and found.isdigit() and int(found) <= MOST_DEPENDANTS):
        raise Bad(Fault.COUNT_UNREADABLE)
    return int(found)


def read_programme(rows: Rows) -> dict[str, str]:
    """Return what the sheet Program says: name, target, funding, since, until."""
    found: dict[str, str] = {}
    for _, row in rows:
        title = slug(shown(row[0])) if row else ""
        if row and shown(row[0]).strip() == "###":
            break
        name = PROGRAMME_ROWS.get(title)
        if name and len(row) > 1:
            found[name] = _programme_value(name, row[1])
    return found


def _programme_value(name: str, cell: Cell) -> str:
    try:
        if name in ("since", "until"):
            return cells.iso_date(cell, today="9999-12-31")
        return cells.words(cell, 200)
    except Bad:
        return ""


def _name(cell: Cell) -> str:
    return "" if isinstance(cell, cells.Formula) else text(cell)[:120]
