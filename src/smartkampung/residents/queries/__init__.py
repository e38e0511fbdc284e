"""Reads of people and families."""

from smartkampung.residents.models import Family, NikClaim, Person, ResidentSession
from smartkampung.residents.queries.finding import Found, Wanted, search
from smartkampung.residents.queries.households import (
    Household,
    Households,
    Key,
    households_for,
)
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
from smartkampung.residents.queries.quarantine import (
    Contest,
    contest_for,
    is_contested,
    nik_claims_for,
    open_nik_claims,
)

__all__ = [
    "Contest",
    "Family",
    "FamilyWithMembers",
    "Found",
    "Household",
    "Households",
    "Key",
    "Match",
    "NikClaim",
    "Person",
    "ResidentSession",
    "Wanted",
    "contest_for",
    "families_for",
    "family_for",
    "find_by_nik",
    "households_for",
    "is_contested",
    "match_identity",
    "nik_claims_for",
    "note_looks",
    "open_nik_claims",
    "person_for",
    "residents_for",
    "search",
]
