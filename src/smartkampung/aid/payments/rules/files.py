"""What is wrong with a file of bank or post office, element by element."""

from dataclasses import dataclass
from enum import StrEnum

LARGEST = 8 * 1024 * 1024
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
