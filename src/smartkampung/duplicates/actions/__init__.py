"""The only writers of pairs and merges."""

from smartkampung.duplicates.actions.compare import compare
from smartkampung.duplicates.actions.decide import (
    CannotDecide,
    decide_different,
    decide_later,
)
from smartkampung.duplicates.actions.merge import CannotMerge, merge_people
from smartkampung.duplicates.actions.propose import Found, propose, propose_for
from smartkampung.duplicates.actions.undo import CannotUndo, undo_merge

__all__ = [
    "CannotDecide",
    "CannotMerge",
    "CannotUndo",
    "Found",
    "compare",
    "decide_different",
    "decide_later",
    "merge_people",
    "propose",
    "propose_for",
    "undo_merge",
]
