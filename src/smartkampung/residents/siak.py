"""Code lists of the civil registry (SIAK), with words in both languages."""

import csv
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

FILE = Path(__file__).parent / "data" / "siak.csv"
HEAD_OF_FAMILY = 1


class CodeList(StrEnum):
    """The lists that a resident's record refers to."""

    RELIGION = "religion"
    RELATION = "relation"
    MARITAL_STATUS = "marital_status"
    OCCUPATION = "occupation"
    EDUCATION = "education"
    CITIZENSHIP = "citizenship"
    BLOOD_TYPE = "blood_type"


@dataclass(frozen=True)
class Term:
    """What one code means."""

    id: str
    en: str


def _read() -> dict[CodeList, dict[int, Term]]:
    lists: dict[CodeList, dict[int, Term]] = {name: {} for name in CodeList}
    with FILE.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            terms = lists[CodeList(row["list"])]
            terms[int(row["code"])] = Term(row["id"], row["en"])
    return lists


CODES = _read()


def term(name: CodeList, code: int | None, *, language: str) -> str:
    """Return the word for a code; empty for none, the number for one not listed.

    Villages send codes that no list knows; they are kept, and shown as they came.
    """
    if code is None:
        return ""
    known = CODES[name].get(code)
    if known is None:
        return f"#{code}"
    return known.en if language.startswith("en") else known.id
