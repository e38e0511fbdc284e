"""The files of the post office: our own CSV, written down in docs/how-to/payments.md.

Every file ends with a line ``TOTAL``: how many payments, and their sum.
"""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from io import StringIO
from typing import IO

from smartkampung.aid.payments.rules.answers import Answer, Line, Outcome
from smartkampung.aid.payments.rules.files import (
    LARGEST,
    BadFile,
    Fault,
    Problem,
    not_text,
    opened,
)
from smartkampung.aid.payments.rules.reasons import known
from smartkampung.aid.payments.rules.steps import Totals

OUT = (
    "message_id",
    "reference",
    "name",
    "birth_year",
    "nik_last4",
    "address",
    "village",
    "amount",
    "pay_on",
)
BACK = ("answer_id", "message_id", "reference", "result", "reason", "amount")
TOTAL = "TOTAL"
RESULTS = {
    "paid": Outcome.PAID,
    "returned": Outcome.FAILED,
    "pending": Outcome.PENDING,
}


@dataclass(frozen=True)
class Recipient:
    """One line of the list that the post office pays by."""

    reference: str
    name: str
    birth_year: str
    nik_last4: str
    address: str
    village: str
    amount: int


def write_list(message_id: str, pay_on: date, rows: Sequence[Recipient]) -> bytes:
    """Return the list, with its control totals in the last line."""
    target = StringIO()
    out = csv.writer(target, lineterminator="\r\n")
    out.writerow(OUT)
    for row in rows:
        told = (row.name, row.birth_year, row.nik_last4, row.address, row.village)
        words = [_plain(word) for word in told]
        out.writerow([message_id, row.reference, *words, row.amount, pay_on])
    total = sum(row.amount for row in rows)
    out.writerow([message_id, TOTAL, len(rows), "", "", "", "", total, pay_on])
    return target.getvalue().encode()


def _plain(word: str) -> str:
    """Return a word that no spreadsheet takes for a formula."""
    return f" {word}" if word[:1] in "=+-@\t\r" and word else word


def read_result(content: bytes | IO[bytes]) -> Answer:
    """Return what the post office said; raise BadFile with everything that is wrong."""
    rows = _rows(content)
    problems: list[Problem] = []
    lines: list[Line] = []
    seen: set[str] = set()
    totals = None
    for number, row in rows:
        found = _faults(row, number, seen)
        problems += found
        if row["reference"] == TOTAL:
            totals = _totals(row) if not found else None
        elif not found:
            outcome = RESULTS[row["result"]]
            reason = known(row["reason"]) if outcome is Outcome.FAILED else ""
            lines.append(Line(row["reference"], outcome, reason, int(row["amount"])))
    if totals is None:
        problems.append(Problem(Fault.MISSING, TOTAL))
    elif not problems and totals != _sum(lines):
        problems.append(Problem(Fault.OTHER_TOTALS, TOTAL))
    problems += _one_answer(rows)
    if problems:
        raise BadFile(*problems)
    first = rows[0][1]
    return Answer(first["answer_id"], first["message_id"], None, tuple(lines))


def _one_answer(rows: list[tuple[int, dict[str, str]]]) -> list[Problem]:
    first = rows[0][1]
    return [
        Problem(Fault.VALUE_UNKNOWN, column, number)
        for column in ("answer_id", "message_id")
        for number, row in rows
        if row[column] != first[column] or not row[column] or len(row[column]) > 64
    ]


def _rows(content: bytes | IO[bytes]) -> list[tuple[int, dict[str, str]]]:
    try:
        text = opened(content, largest=LARGEST).read().decode("utf-8-sig")
        reader = csv.DictReader(StringIO(text, newline=""), strict=True)
        missing = [name for name in BACK if name not in (reader.fieldnames or ())]
        if missing:
            raise BadFile(*(Problem(Fault.COLUMN_MISSING, name, 1) for name in missing))
        rows = [
            (reader.line_num, {name: (row[name] or "").strip() for name in BACK})
            for row in reader
        ]
    except (UnicodeDecodeError, csv.Error):
        raise BadFile(Problem(Fault.NOT_CSV)) from None
    if not rows:
        raise BadFile(Problem(Fault.MISSING, TOTAL))
    return rows


def _faults(row: dict[str, str], number: int, seen: set[str]) -> list[Problem]:
    found = not_text(row, number)
    reference = row["reference"]
    if not row["amount"].isdecimal() or len(row["amount"]) > 15:
        found.append(Problem(Fault.VALUE_UNKNOWN, "amount", number))
    if not reference:
        found.append(Problem(Fault.MISSING, "reference", number))
    elif reference in seen:
        found.append(Problem(Fault.TWICE, "reference", number, reference[:35]))
    seen.add(reference)
    if reference == TOTAL:
        if not row["result"].isdecimal() or len(row["result"]) > 9:
            found.append(Problem(Fault.VALUE_UNKNOWN, "result", number))
    elif row["result"] not in RESULTS:
        found.append(Problem(Fault.VALUE_UNKNOWN, "result", number))
    return found


def _totals(row: dict[str, str]) -> Totals:
    return Totals(int(row["result"]), int(row["amount"]))


def _sum(lines: Sequence[Line]) -> Totals:
    return Totals(len(lines), sum(line.amount or 0 for line in lines))
