"""One cell to one value. A cell is what the parser found: text, number, date, truth.

Text is told apart from numbers, because a spreadsheet that holds a NIK as a number
has already lost its last digit.
"""

import re
import unicodedata
from datetime import date, datetime, timedelta

from smartkampung.residents.imports.reading.records import Bad, Fault
from smartkampung.residents.rules import Misshapen, Problem, read_kk, read_nik

Cell = object
LARGEST_CODE = 32_767
# Above this a spreadsheet no longer knows the last digit of a number.
EXACT = 10**15
SERIAL_ZERO = date(1899, 12, 30)
LAST_SERIAL = 2_958_465
DASH = "-"
_INVISIBLE = re.compile(
    "[\u0000-\u0008\u000b-\u001f\u007f\u00ad\u200b-\u200f\u202a-\u202e\u2060\ufeff]"
)
_SCIENTIFIC = re.compile(r"\d([.,]\d+)?[eE]\+?\d{1,2}")
_WITH_POINT_ZERO = re.compile(r"\d+[.,]0+")
_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ][\d:.]+)?")
_DAY_FIRST = re.compile(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4})(?: [\d:.]+)?")
_SHORT_YEAR = re.compile(r"\d{1,2}[-/. ]\d{1,2}[-/. ]\d{2}")
_NO_DATE = {"0000-00-00", "00-00-0000", "00/00/0000", "0"}
_NIK = {
    Problem.LENGTH: Fault.NIK_LENGTH,
    Problem.IMPOSSIBLE_DAY: Fault.NIK_DAY,
    Problem.IMPOSSIBLE_MONTH: Fault.NIK_MONTH,
}
_KK = {
    Problem.LENGTH: Fault.KK_LENGTH,
    Problem.IMPOSSIBLE_DAY: Fault.KK_DAY,
    Problem.IMPOSSIBLE_MONTH: Fault.KK_MONTH,
}


class Formula:
    """A formula that the file holds no result of."""

    def __str__(self) -> str:
        return "=..."


def is_blank(cell: Cell) -> bool:
    """Say whether a cell holds nothing, or a lone dash, which villages use for it."""
    return (
        cell is None
        or cell == ""
        or (isinstance(cell, str) and text(cell) in ("", DASH))
    )


def text(cell: Cell) -> str:
    """Return a cell as clean text: one line, single spaces, no invisible marks."""
    if isinstance(cell, str):
        if not (cell.isascii() and cell.isprintable()):
            cell = _INVISIBLE.sub("", cell)
        plain = " ".join(cell.split())
        return unguard(plain) if plain[:1] == "'" else plain
    if isinstance(cell, bool):
        return "1" if cell else "0"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else repr(cell)
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, Formula):
        raise Bad(Fault.FORMULA_EMPTY)
    return "" if cell is None else str(cell)


def shown(cell: Cell) -> str:
    """Return a cell as it stood, for the list of rejected rows.

    A number too long to be exact is told as one: written out, its made-up last
    digits would look like a number that somebody has corrected.
    """
    if isinstance(cell, Formula):
        return str(cell)
    if isinstance(cell, (int, float)) and abs(cell) >= EXACT:
        return f"{float(cell):.14E}"
    # No table keeps NUL; a workbook can hold it.
    return cell.replace("\0", "\ufffd") if isinstance(cell, str) else text(cell)


def guard(value: str) -> str:
    """Return text that no spreadsheet takes for a formula: an apostrophe goes before.

    ``unguard`` gives the text back, whatever it was.
    """
    return f"'{value}" if value.lstrip("'")[:1] in _FORMULA_STARTS else value


def unguard(value: str) -> str:
    """Undo ``guard``; other text is returned as it is."""
    if value.startswith("'") and value.lstrip("'")[:1] in _FORMULA_STARTS:
        return value[1:]
    return value


_FORMULA_STARTS = frozenset("=+-@\t\r")


def words(cell: Cell, longest: int) -> str:
    """Return clean text of at most ``longest`` characters; a lone dash is nothing."""
    value = text(cell)
    if value == DASH:
        return ""
    if len(value) > longest:
        raise Bad(Fault.TOO_LONG, longest=longest, typed=len(value))
    return value


def digits(cell: Cell) -> str:
    """Return the digits of a number that identifies; refuse one that lost digits."""
    if isinstance(cell, str) and cell.isascii() and cell.isdigit():
        return cell
    if isinstance(cell, (int, float)) and not isinstance(cell, bool):
        if cell == 0:
            return "0"
        raise Bad(Fault.LOST_DIGITS)
    value = unicodedata.normalize("NFKC", text(cell))
    if _SCIENTIFIC.fullmatch(value) or _WITH_POINT_ZERO.fullmatch(value):
        raise Bad(Fault.LOST_DIGITS)
    return "".join(filter(str.isdigit, value))


def nik(cell: Cell) -> tuple[str, str]:
    """Return the NIK of a cell, or the temporary id that stands in its place."""
    found = digits(cell)
    if found.startswith("0") or (not found and is_blank(cell)):
        return "", _temporary(found)
    try:
        return read_nik(found), ""
    except Misshapen as error:
        fault = _misshapen(cell, error, _NIK, Fault.NIK_NOT_DIGITS)
        raise Bad(fault, typed=len(found)) from None


def kk(cell: Cell) -> tuple[str, str]:
    """Return the family-card number of a cell, or the temporary id in its place."""
    found = digits(cell)
    if found.startswith("0") or (not found and is_blank(cell)):
        return "", _temporary(found)
    try:
        return read_kk(found), ""
    except Misshapen as error:
        fault = _misshapen(cell, error, _KK, Fault.KK_NOT_DIGITS)
        raise Bad(fault, typed=len(found)) from None


def _misshapen(
    cell: Cell, error: Misshapen, faults: dict[Problem, Fault], letters: Fault
) -> Fault:
    # A letter O in place of a zero leaves too few digits: say what is wrong, not how many.
    odd = any(mark.isalpha() for mark in text(cell))
    if odd and error.problem in (Problem.LENGTH, Problem.EMPTY):
        return letters
    return faults.get(error.problem, letters)


def _temporary(found: str) -> str:
    if not found.strip("0"):
        return ""
    if len(found) > 20:
        raise Bad(Fault.TOO_LONG, longest=20, typed=len(found))
    return found


def iso_date(cell: Cell, *, today: str) -> str:
    """Return a date as ``yyyy-mm-dd``; empty when the cell says nothing."""
    if isinstance(cell, str):
        found = _date_text(text(cell).lstrip("'").strip())
    elif isinstance(cell, datetime):
        found = cell.date().isoformat()
    elif isinstance(cell, date):
        found = cell.isoformat()
    elif isinstance(cell, (int, float)):
        found = _serial(float(cell))
    else:
        found = _date_text(text(cell).lstrip("'").strip())
    if found > today:
        raise Bad(Fault.DATE_FUTURE)
    return found


def _serial(days: float) -> str:
    if days == 0:
        return ""
    if not 1 <= days <= LAST_SERIAL:
        raise Bad(Fault.DATE_UNREADABLE)
    return (SERIAL_ZERO + timedelta(days=int(days))).isoformat()


def _date_text(value: str) -> str:
    if value in ("", DASH) or value in _NO_DATE:
        return ""
    found = _ISO.fullmatch(value)
    if found:
        return _real(int(found[1]), int(found[2]), int(found[3]))
    found = _DAY_FIRST.fullmatch(value)
    if found:
        return _real(int(found[3]), int(found[2]), int(found[1]))
    if _SHORT_YEAR.fullmatch(value):
        raise Bad(Fault.DATE_SHORT_YEAR)
    raise Bad(Fault.DATE_UNREADABLE)


def _real(year: int, month: int, day: int) -> str:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        raise Bad(Fault.DATE_IMPOSSIBLE) from None


def neighbourhood(cell: Cell) -> str:
    """Return RW or RT as three digits; empty for none (a dash, nothing, or zero)."""
    value = text(cell).upper()
    for prefix in ("RT", "RW"):
        value = value.removeprefix(prefix)
    value = value.strip(" .:")
    if value in ("", DASH):
        return ""
    if not (value.isascii() and value.isdigit() and int(value) <= 999):
        raise Bad(Fault.NEIGHBOURHOOD)
    return f"{int(value):03}" if int(value) else ""
