"""Is the officer a relative of the person whose case it is?"""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Relative:
    """One person as far as kinship shows in the registry; names folded."""

    family_id: int
    name: str
    father: str
    mother: str


def are_kin(
    officers_family: Iterable[Relative],
    person: Relative,
    household: Iterable[Relative] = (),
) -> bool:
    """Say whether somebody on the officer's family card is kin of the person.

    Same card; brothers and sisters (same father and mother); or a couple on one
    card who are father and mother of somebody on the other (``household`` is the
    card of the person). One equal name alone is no kinship: names repeat in a
    village.
    """
    ours, theirs = list(officers_family), [person, *household]
    if any(member.family_id == person.family_id for member in ours):
        return True
    if any(_siblings(member, person) for member in ours):
        return True
    return _child_of(person, ours) or any(_child_of(one, theirs) for one in ours)


def _siblings(one: Relative, other: Relative) -> bool:
    known = one.father and one.mother
    return bool(known) and (one.father, one.mother) == (other.father, other.mother)


def _child_of(one: Relative, couple: list[Relative]) -> bool:
    if not (one.father and one.mother):
        return False
    return {one.father, one.mother} <= {member.name for member in couple}
