"""Whose NIK is this? For jobs that verify what the public sent; takes no actor.

A match means "agrees with the village's data" and never "verified by Dukcapil".
"""

from dataclasses import dataclass
from datetime import date

from smartkampung.kernel.sealed import Sealed
from smartkampung.residents.models import NikClaim, Person


@dataclass(frozen=True)
class Match:
    """The person who holds a NIK, and what else of the claim agrees with the record.

    ``contested`` means that somebody else claims the same NIK and nobody decided yet.
    """

    person: Person
    kk_agrees: bool
    born_on_agrees: bool
    contested: bool

    @property
    def agrees(self) -> bool:
        """Say whether family card and birth date both agree."""
        return self.kk_agrees and self.born_on_agrees


def standing_for(person: Person) -> Person:
    """Return the record that stands for a merged one, with its family; else itself."""
    while person.merged_into_id is not None:
        rows = Person.objects.select_related("family")
        person = rows.get(pk=person.merged_into_id)
    return person


def match_identity(
    *, nik: Sealed, kk: Sealed | None = None, born_on: date | None = None
) -> Match | None:
    """Return the holder of a sealed NIK, or nothing when the registry knows none.

    A NIK of a record that was merged is of the record that stands for it.

    Family card and birth date that were not given do not disagree. Sealed values
    and not fingerprints, because those differ while keys are being rotated.
    """
    person = (
        Person.objects.select_related("family")
        .filter(nik_index__in=nik.indexes())
        .first()
    )
    if person is None:
        return None
    person = standing_for(person)
    kk_index = person.family.kk_index
    return Match(
        person=person,
        kk_agrees=kk is None or kk_index is None or bytes(kk_index) in kk.indexes(),
        born_on_agrees=born_on is None
        or person.born_on is None
        or person.born_on == born_on,
        contested=NikClaim.objects.filter(holder=person, decided_at=None).exists(),
    )
