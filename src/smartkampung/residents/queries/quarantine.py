"""NIKs that two people claim: what waits, and the two records side by side."""

from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.shortcuts import get_object_or_404

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.roles import Permission
from smartkampung.regions.codes import within
from smartkampung.residents.models import NikClaim, Person
from smartkampung.residents.queries.people import note_looks

DECIDES = Permission.NIK_CLAIM_DECIDE


@dataclass(frozen=True)
class Contest:
    """One claim and its two people. ``holder`` is nobody when outside the area."""

    claim: NikClaim
    claimant: Person
    holder: Person | None


def nik_claims_for(actor: Actor) -> QuerySet[NikClaim]:
    """Return the claims raised inside the actor's area, the oldest open ones first."""
    area = within("region_code", actor.regions_where(DECIDES))
    return NikClaim.objects.filter(area).order_by("raised_at", "pk")


def open_nik_claims(actor: Actor) -> QuerySet[NikClaim]:
    """Return the claims that wait for a decision, with their claimants.

    Whoever shows rows of it must call ``note_looks`` with the claimants.
    """
    rows = nik_claims_for(actor).filter(decided_at=None)
    return rows.select_related("claimant")


def is_contested(person: Person) -> bool:
    """Say whether the NIK of this person is claimed by two, and nobody has decided."""
    sides = Q(claimant=person) | Q(holder=person)
    return NikClaim.objects.filter(sides, decided_at=None).exists()


def contest_for(actor: Actor, pk: int) -> Contest:
    """Return a claim with both people, and write the looks down; 404 outside."""
    rows = nik_claims_for(actor).select_related("claimant__family", "holder__family")
    claim = get_object_or_404(rows, pk=pk)
    here = actor.may_in(DECIDES, claim.holder.region_code)
    holder = claim.holder if here else None
    note_looks(
        actor,
        [person for person in (claim.claimant, holder) if person is not None],
        purpose="resident.nik_claim",
        permission=DECIDES,
    )
    return Contest(claim, claim.claimant, holder)
