"""Pure comparison of what a file says with what the registry knows."""

from difflib import SequenceMatcher
from typing import Any

from smartkampung.residents.imports.findings import Change
from smartkampung.residents.imports.reading.fields import CODES as COLUMNS
from smartkampung.residents.imports.reading.records import PersonDraft

NEAR_ENOUGH = 0.6
GONE = ("dead", "moved")
TEXTS = ("name", "birth_place", "father_name", "mother_name")
CODES = tuple(COLUMNS.values())
# Where a label stood that no list knows, it is kept; a code that comes later replaces it.
KEPT_IN_PLACE_OF = {field: column for column, field in COLUMNS.items()} | {
    "status": "status_dasar"
}


def same_text(one: str, other: str) -> bool:
    """Say whether two texts differ in nothing but case and spaces."""
    return one == other or one.casefold().split() == other.casefold().split()


def same_name(one: str, other: str) -> bool:
    """Say whether two folded names can be of one person: a word in common, or near."""
    if set(one.split()) & set(other.split()):
        return True
    return SequenceMatcher(None, one, other).ratio() >= NEAR_ENOUGH


def text_change(field: str, old: str, new: str) -> Change | None:
    """Return the change of a text; a file that says nothing changes nothing."""
    if not new or same_text(old, new):
        return None
    return Change(field, old, new)


def code_change(field: str, old: Any, new: Any) -> Change | None:
    """Return the change of a code; a file that says nothing changes nothing."""
    return None if new is None or new == old else Change(field, old, new)


def is_back(old: str, new: str) -> bool:
    """Say whether a file calls somebody living whom the registry knows as gone."""
    return old in GONE and new in ("living", "missing")


def detail_changes(old: dict[str, str], draft: PersonDraft) -> list[Change]:
    """Return the changes of what is only kept: deeds, passports, unknown labels."""
    new = draft.details or {}
    found = [
        Change(column, old.get(column, ""), value)
        for column, value in new.items()
        if value and not same_text(old.get(column, ""), value)
    ]
    for field, column in KEPT_IN_PLACE_OF.items():
        said = getattr(draft, field)
        if column in old and said not in (None, "") and column not in new:
            found.append(Change(column, old[column], ""))
    return found


def merged_details(old: dict[str, str], changes: list[Change]) -> dict[str, str]:
    """Return what is kept after the changes; emptied columns are gone."""
    merged = old | {change.field: change.new for change in changes}
    return {column: value for column, value in merged.items() if value}
