"""Reads of pairs, merges and candidates."""

from smartkampung.duplicates.models import Merge, Pair
from smartkampung.duplicates.queries.candidates import (
    Candidate,
    Candidates,
    Entered,
    candidates_for,
)
from smartkampung.duplicates.queries.review import (
    Review,
    merge_for,
    merges_for,
    open_pairs,
    open_pairs_with,
    pair_between,
    pair_for,
    survivor_for,
)

__all__ = [
    "Candidate",
    "Candidates",
    "Entered",
    "Merge",
    "Pair",
    "Review",
    "candidates_for",
    "merge_for",
    "merges_for",
    "open_pairs",
    "open_pairs_with",
    "pair_between",
    "pair_for",
    "survivor_for",
]
