"""The only doors to people and families. Each knows who asks, and writes it down.

Outside one's jurisdiction is a 404, so that nobody learns who lives elsewhere.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.roles import Permission
from smartkampung.audit.actions import looked
from smartkampung.kernel.sealed import blind_indexes
from smartkampung.regions.codes import within
from smartkampung.residents.models import NIK, Family, Person


@dataclass(frozen=True)
class FamilyWithMembers:
    """A family card and the people on it whom the actor may see, head first."""

    family: Family
    members: list[Person]


def residents_for(
    actor: Actor, *, permission: Permission = Permission.RESIDENT_VIEW
) -> QuerySet[Person]:
    """Return the people inside the regions where the actor holds a permission.

    Building block for other queries; whoever shows rows of it must call
    ``note_looks``.
    """
    regions = actor.regions_where(permission)
    return Person.objects.filter(within("region_code", regions))


def families_for(
    actor: Actor, *, permission: Permission = Permission.RESIDENT_VIEW
) -> QuerySet[Family]:
    """Return the family cards inside the regions where the actor holds a permission."""
    regions = actor.regions_where(permission)
    return Family.objects.filter(within("region_code", regions))


def person_for(
    actor: Actor,
    pk: int,
    *,
    purpose: str = "resident.page",
    permission: Permission = Permission.RESIDENT_VIEW,
) -> Person:
    """Return one person with their family, and write the look down; 404 outside."""
    rows = residents_for(actor, permission=permission).select_related("family")
    person = get_object_or_404(rows, pk=pk)
    note_looks(actor, [person], purpose=purpose, permission=permission)
    return person


def family_for(
    actor: Actor, pk: int, *, purpose: str = "family.page"
) -> FamilyWithMembers:
    """Return one family with its members, and write the looks down; 404 outside."""
    family = get_object_or_404(families_for(actor), pk=pk)
    members = list(
        residents_for(actor)
        .filter(family=family, merged_into=None)
        .order_by("relation", "born_on", "pk")
    )
    note_looks(actor, members, purpose=purpose)
    return FamilyWithMembers(family, members)


def find_by_nik(
    actor: Actor, nik: str, *, purpose: str = "resident.find"
) -> Person | None:
    """Return the holder of a NIK (16 digits) if they live in the actor's area.

    Nobody, and somebody who lives elsewhere, are the same answer.
    """
    area = actor.regions_where(Permission.RESIDENT_FIND)
    below = [f"{region}.%" for region in area]
    # Asked more often than anything else. Putting the same statement together anew
    # would take longer than running it; "within" of residents_for is the same test.
    found = Person.objects.raw(
        "SELECT * FROM residents_person WHERE nik_index = ANY(%s)"
        " AND (region_code = ANY(%s) OR region_code LIKE ANY(%s))",
        [blind_indexes(nik, NIK), list(area), below],
    )
    person = next(iter(found), None)
    if person is not None:
        note_looks(
            actor, [person], purpose=purpose, permission=Permission.RESIDENT_FIND
        )
    return person


def note_looks(
    actor: Actor,
    people: Iterable[Person],
    *,
    purpose: str,
    permission: Permission = Permission.RESIDENT_VIEW,
) -> None:
    """Write down, in one statement, that these people were shown to the actor."""
    looked(
        person_ids=[person.pk for person in people],
        by=actor.username,
        role=actor.role_for(permission),
        purpose=purpose,
    )
