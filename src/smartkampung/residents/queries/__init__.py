"""Reads of people and families."""

from smartkampung.residents.queries.finding import Found, Wanted, search
from smartkampung.residents.queries.matching import Match, match_identity
from smartkampung.residents.queries.people import (
    FamilyWithMembers,
    families_for,
    family_for,
    find_by_nik,
    note_looks,
    person_for,
    residents_for,
)

__all__ = [
    "FamilyWithMembers",
    "Found",
    "Match",
    "Wanted",
    "families_for",
    "family_for",
    "find_by_nik",
    "match_identity",
    "note_looks",
    "person_for",
    "residents_for",
    "search",
]
