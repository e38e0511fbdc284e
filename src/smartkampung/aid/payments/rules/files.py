"""What is wrong with a file of bank or post office, element by element."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from io import SEEK_END, BytesIO
from typing import IO

# A list, some 100,000 lines, is held whole; an XML message above this size is read
# element by element, up to some 200,000 payments.
LARGEST = 8 * 1024 * 1024
LARGEST_XML = 64 * 1024 * 1024
SHOWN = 10


class Fault(StrEnum):
    """What can be wrong. The words are in ``payments.words``."""

    TOO_LARGE = "too_large"
    NOT_XML = "not_xml"
    HAS_DTD = "has_dtd"
    OTHER_MESSAGE = "other_message"
    NOT_AS_STRUCTURE = "not_as_structure"
    NOT_CSV = "not_csv"
    COLUMN_MISSING = "column_missing"
    VALUE_UNKNOWN = "value_unknown"
    NOT_TEXT = "not_text"
    MISSING = "missing"
    TWICE = "twice"
    UNKNOWN_REFERENCE = "unknown_reference"
    OTHER_AMOUNT = "other_amount"
    OTHER_TOTALS = "other_totals"
    OTHER_BATCH = "other_batch"
    NOT_ASKED_BACK = "not_asked_back"


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong, with the element (or column) and line where it stands."""

    fault: Fault
    element: str = ""
    line: int = 0
    value: str = ""


class BadFile(ValueError):
    """A file that cannot be used; ``problems`` names where."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__(", ".join(each.fault for each in problems))
        self.problems = problems[:SHOWN]


def opened(content: bytes | IO[bytes], *, largest: int) -> IO[bytes]:
    """Return a file from its beginning; raise BadFile where it is too large."""
    source = BytesIO(content) if isinstance(content, bytes) else content
    if source.seek(0, SEEK_END) > largest:
        raise BadFile(Problem(Fault.TOO_LARGE))
    source.seek(0)
    return source


def not_text(cells: Mapping[str, str], line: int) -> list[Problem]:
    """Return the cells of a line that hold NUL, which no table keeps."""
    return [
        Problem(Fault.NOT_TEXT, column, line)
        for column, value in cells.items()
        if "\0" in value
    ]
