"""The files by which payments are asked back: our own CSV, docs/how-to/payments.md."""

import csv
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum
from io import StringIO

from smartkampung.aid.payments.rules.files import (
    LARGEST,
    BadFile,
    Fault,
    Problem,
    not_text,
)

OUT = ("message_id", "reference", "amount", "reason")
BACK = ("answer_id", "message_id", "reference", "result")


class Result(StrEnum):
    """What the other side says: it gives the money back, or it was too late."""

    RECALLED = "recalled"
    EXECUTED = "executed"


@dataclass(frozen=True)
class Asked:
    """One payment that is asked back."""

    reference: str
    amount: int
    reason: str


@dataclass(frozen=True)
class Said:
    """What is said about one payment, and the line where."""

    line: int
    answer_id: str
    reference: str
    result: Result


def write_request(message_id: str, rows: Sequence[Asked]) -> bytes:
    """Return the list of what is asked back; it holds no person."""
    target = StringIO()
    out = csv.writer(target, lineterminator="\r\n")
    out.writerow(OUT)
    for row in rows:
        words = row.reason if row.reason[:1] not in "=+-@\t\r" else f" {row.reason}"
        out.writerow([message_id, row.reference, row.amount, words])
    return target.getvalue().encode()


def read_said(content: bytes, *, message_id: str, known: Collection[str]) -> list[Said]:
    """Return what was said; raise BadFile with everything that is wrong."""
    problems: list[Problem] = []
    said: list[Said] = []
    for line, cells in _lines(content):
        found = _faults(line, cells, message_id, known)
        problems += found
        if not found:
            result = Result(cells["result"])
            said.append(Said(line, cells["answer_id"], cells["reference"], result))
    if problems:
        raise BadFile(*problems)
    return said


def _lines(content: bytes) -> list[tuple[int, dict[str, str]]]:
    if len(content) > LARGEST:
        raise BadFile(Problem(Fault.TOO_LARGE))
    try:
        source = StringIO(content.decode("utf-8-sig"), newline="")
        reader = csv.DictReader(source, strict=True)
        missing = [name for name in BACK if name not in (reader.fieldnames or ())]
        if missing:
            raise BadFile(*(Problem(Fault.COLUMN_MISSING, name, 1) for name in missing))
        lines = [
            (reader.line_num, {name: (row[name] or "").strip() for name in BACK})
            for row in reader
        ]
    except (UnicodeDecodeError, csv.Error):
        raise BadFile(Problem(Fault.NOT_CSV)) from None
    if not lines:
        raise BadFile(Problem(Fault.MISSING, "reference", 2))
    return lines


def _faults(
    line: int, cells: dict[str, str], message_id: str, known: Collection[str]
) -> list[Problem]:
    reference = cells["reference"]
    tests = [
        (Fault.VALUE_UNKNOWN, "answer_id", not 0 < len(cells["answer_id"]) <= 64),
        (Fault.OTHER_BATCH, "message_id", cells["message_id"] != message_id),
        (Fault.NOT_ASKED_BACK, "reference", reference not in known),
        (Fault.VALUE_UNKNOWN, "result", cells["result"] not in list(Result)),
    ]
    found = [Problem(fault, column, line) for fault, column, wrong in tests if wrong]
    return not_text(cells, line) + found
