"""What an import finds about each row, before anything is written."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any, NamedTuple


class Outcome(StrEnum):
    """What a row means for the registry."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    REJECTED = "rejected"
    REVIEW = "review"


class Change(NamedTuple):
    """One field that would change: from what, to what."""

    field: str
    old: Any
    new: Any


@dataclass(slots=True)
class Finding:
    """The meaning of one row: for whom, what changes, or why a human must look.

    ``plan`` is what the writer needs; it differs by kind of import.
    """

    line: int
    outcome: Outcome
    draft: Any
    person_id: int | None = None
    changes: tuple[Change, ...] = ()
    review: str = ""
    other_region: str = ""
    issue: Any = None
    plan: Any = None
