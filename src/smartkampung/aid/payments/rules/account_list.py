"""A list of accounts as the bank gives it out: our own CSV, docs/how-to/payments.md."""

import csv
from dataclasses import dataclass
from io import StringIO

from smartkampung.aid.payments.rules.accounts import (
    BANKS,
    AccountFault,
    account_faults,
    digits,
)
from smartkampung.aid.payments.rules.files import LARGEST, BadFile, Fault, Problem
from smartkampung.residents.rules import Misshapen, read_nik

COLUMNS = ("nik", "bank", "number", "holder")
MOST = 500
_CODES = {name.casefold(): code for code, name in BANKS.items()}
_COLUMN = {
    AccountFault.BANK: "bank",
    AccountFault.NUMBER: "number",
    AccountFault.HOLDER: "holder",
}


@dataclass(frozen=True)
class Row:
    """One account of a list, and the line where it stands."""

    line: int
    nik: str
    bank: str
    number: str
    holder: str


def read_accounts(content: bytes) -> list[Row]:
    """Return the accounts of a list; raise BadFile with everything that is wrong.

    A problem names line and column, and never holds what stands there.
    """
    problems: list[Problem] = []
    rows: list[Row] = []
    seen: set[str] = set()
    for line, cells in _lines(content):
        found = _faults(line, cells, seen)
        problems += found
        if not found:
            code = _code(cells["bank"])
            number, holder = digits(cells["number"]), cells["holder"]
            rows.append(Row(line, read_nik(cells["nik"]), code, number, holder))
    if problems:
        raise BadFile(*problems)
    return rows


def _lines(content: bytes) -> list[tuple[int, dict[str, str]]]:
    if len(content) > LARGEST:
        raise BadFile(Problem(Fault.TOO_LARGE))
    try:
        text = content.decode("utf-8-sig")
        first = text.partition("\n")[0]
        mark = ";" if first.count(";") > first.count(",") else ","
        source = StringIO(text, newline="")
        reader = csv.DictReader(source, delimiter=mark, strict=True)
        reader.fieldnames = [
            name.strip().casefold() for name in reader.fieldnames or ()
        ]
        missing = [name for name in COLUMNS if name not in reader.fieldnames]
        if missing:
            raise BadFile(*(Problem(Fault.COLUMN_MISSING, name, 1) for name in missing))
        lines = [
            (reader.line_num, {name: (row[name] or "").strip() for name in COLUMNS})
            for row in reader
        ]
    except (UnicodeDecodeError, csv.Error):
        raise BadFile(Problem(Fault.NOT_CSV)) from None
    if not lines:
        raise BadFile(Problem(Fault.MISSING, "nik", 2))
    if len(lines) > MOST:
        raise BadFile(Problem(Fault.TOO_MANY, line=MOST + 2))
    return lines


def _faults(line: int, cells: dict[str, str], seen: set[str]) -> list[Problem]:
    found = []
    try:
        nik = read_nik(cells["nik"])
    except Misshapen:
        found.append(Problem(Fault.VALUE_UNKNOWN, "nik", line))
    else:
        if nik in seen:
            found.append(Problem(Fault.TWICE_HERE, "nik", line))
        seen.add(nik)
    wrong = account_faults(
        bank=_code(cells["bank"]),
        number=digits(cells["number"]),
        holder=cells["holder"],
    )
    found += [Problem(Fault.VALUE_UNKNOWN, _COLUMN[fault], line) for fault in wrong]
    return found


def _code(text: str) -> str:
    """Return the code of a bank that is called by its code or its name."""
    return _CODES.get(text.casefold(), text.zfill(3) if text else "")
