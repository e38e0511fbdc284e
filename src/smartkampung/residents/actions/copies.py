"""Open a family's sealed numbers for a copy of its own data, and write it down."""

import json
from dataclasses import dataclass, field
from typing import Any

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.roles import Permission
from smartkampung.audit import actions as audit
from smartkampung.kernel.sealed import Sealed
from smartkampung.residents.actions.reveal import ReasonNeeded
from smartkampung.residents.models import Person, PersonDetail
from smartkampung.residents.queries.own import own_family, own_person
from smartkampung.residents.queries.people import FamilyWithMembers, residents_for
from smartkampung.residents.rules.quarantine import reason_bars
from smartkampung.residents.subject import FAMILY, Subject


@dataclass(frozen=True)
class Copy:
    """A person, the family card, and what is sealed about them in plain.

    ``niks`` is by person, empty text where no number is recorded; ``details`` holds
    what a village's file said beyond the registry, by person.
    """

    person: Person
    card: FamilyWithMembers
    kk: str = field(repr=False)
    phone: str = field(repr=False)
    niks: dict[int, str] = field(repr=False)
    details: dict[int, Any] = field(repr=False)


def open_own_copy(subject: Subject) -> Copy:
    """Open the numbers for the family itself, which proved who it is."""
    look = _Look(FAMILY, FAMILY, "own.copy", reason="")
    return _open(own_person(subject), own_family(subject), look)


def open_statement(*, person: Person, reason: str, by: Actor) -> Copy:
    """Open the numbers for a statement that the village office prints for a resident.

    Of the family card, everybody who lives in the officer's area. The caller found the
    person through ``person_for`` with STATEMENT_PRINT. Raises ReasonNeeded.
    """
    bars = reason_bars(reason)
    if bars:
        raise ReasonNeeded(bars)
    permission = Permission.STATEMENT_PRINT
    members = residents_for(by, permission=permission).filter(family=person.family_id)
    card = FamilyWithMembers(
        person.family,
        list(members.select_related("family").order_by("relation", "born_on", "pk")),
    )
    role = by.role_for(permission)
    look = _Look(by.username, role, "resident.statement", reason.strip())
    return _open(person, card, look)


@dataclass(frozen=True)
class _Look:
    by: str
    role: str
    purpose: str
    reason: str


def _open(person: Person, card: FamilyWithMembers, look: _Look) -> Copy:
    audit.record(
        "residents.data_copied",
        target=person,
        by=look.by,
        region_code=person.region_code,
        purpose=look.purpose,
    )
    audit.looked(
        person_ids=[row.pk for row in card.members if row.nik is None],
        by=look.by,
        role=look.role,
        purpose=look.purpose,
        reason=look.reason,
    )
    return Copy(
        person=person,
        card=card,
        kk=_plain(card.family.kk, person.pk, look),
        phone=_plain(card.family.phone, person.pk, look),
        niks={row.pk: _plain(row.nik, row.pk, look) for row in card.members},
        details={
            row.pk: json.loads(_plain(row.box, row.pk, look))
            for row in PersonDetail.objects.filter(person__in=card.members)
        },
    )


def _plain(sealed: Sealed | None, person_id: int, look: _Look) -> str:
    if sealed is None:
        return ""
    return audit.reveal(
        sealed,
        person_id=person_id,
        by=look.by,
        role=look.role,
        purpose=look.purpose,
        reason=look.reason,
    )
