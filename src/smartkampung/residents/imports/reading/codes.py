"""The code columns of OpenSID, and the labels that stand in place of codes."""

import csv
import re
from pathlib import Path

from smartkampung.residents.imports.reading.cells import LARGEST_CODE, Cell, text
from smartkampung.residents.imports.reading.records import Bad, Fault
from smartkampung.residents.siak import CODES, CodeList

FILE = Path(__file__).parents[2] / "data" / "opensid.csv"
# Our own lists, and the columns of OpenSID that hold the same codes.
LISTS = {
    "agama_id": CodeList.RELIGION,
    "pendidikan_kk_id": CodeList.EDUCATION,
    "pekerjaan_id": CodeList.OCCUPATION,
    "status_kawin": CodeList.MARITAL_STATUS,
    "kk_level": CodeList.RELATION,
    "warganegara_id": CodeList.CITIZENSHIP,
    "golongan_darah_id": CodeList.BLOOD_TYPE,
}
_SPACE = re.compile(r"[^a-z0-9+\-]+")
_NUMBER = re.compile(r"\d{1,5}(?:[.,]0+)?")


def plain(label: str) -> str:
    """Return a label as it is compared: small letters, without spaces and strokes."""
    return _SPACE.sub("", label.lower())


def _read() -> dict[str, dict[str, int]]:
    labels: dict[str, dict[str, int]] = {}
    with FILE.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            known = labels.setdefault(row["column"], {})
            for label in row["labels"].split("|"):
                known[plain(label)] = int(row["code"])
    for column, name in LISTS.items():
        for code, term in CODES[name].items():
            for label in (term.id, term.en):
                labels[column].setdefault(plain(label), code)
    return labels


LABELS = _read()


class Coder:
    """Reads one code column."""

    def __init__(self, column: str) -> None:
        self._labels = LABELS[column]

    def __call__(self, cell: Cell) -> int | None:
        """Return the code; None for nothing. Codes that no list knows are kept.

        Raises Bad for a label that no list knows.
        """
        value = text(cell)
        if _NUMBER.fullmatch(value):
            code = int(re.split("[.,]", value)[0])
            if code > LARGEST_CODE:
                raise Bad(Fault.LABEL_UNKNOWN, soft=True)
            return code or None
        label = plain(value)
        if label in ("", "-", "null"):
            return None
        if label not in self._labels:
            raise Bad(Fault.LABEL_UNKNOWN, soft=True)
        return self._labels[label]
