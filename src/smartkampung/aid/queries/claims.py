"""The door to claims: what an actor may see, and what a decision looks at."""

from django.db.models import Q, QuerySet
from django.shortcuts import get_object_or_404

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.models import Staff
from smartkampung.accounts.roles import Permission
from smartkampung.aid.models import (
    Claim,
    FieldCheck,
    Programme,
)
from smartkampung.aid.rules import claims, kin
from smartkampung.regions.codes import within
from smartkampung.residents.models import NikClaim, Person


def claims_for(
    actor: Actor, permission: Permission = Permission.REPORT_VIEW
) -> QuerySet[Claim]:
    """Return the claims inside the actor's regions for a permission."""
    inside = within("region_code", actor.regions_where(permission))
    return Claim.objects.filter(inside).select_related("person__family")


def claim_for(
    actor: Actor, claim_id: int, permission: Permission = Permission.REPORT_VIEW
) -> Claim:
    """Return one claim; 404 outside the actor's jurisdiction."""
    return get_object_or_404(claims_for(actor, permission), pk=claim_id)


def check_to_rely_on(claim: Claim) -> FieldCheck | None:
    """Return the latest visit that may carry a decision: not by kin, not yet used."""
    free = FieldCheck.objects.filter(
        claim=claim, kin_declared=False, kin_found=False, decision=None
    )
    return free.order_by("-checked_at").first()


def recipient(person: Person | None) -> claims.Recipient | None:
    """Return what the registry says about a person now."""
    if person is None:
        return None
    open_claims = NikClaim.objects.filter(
        Q(holder=person) | Q(claimant=person), decided_at=None
    )
    return claims.Recipient(
        has_nik=person.nik_index is not None,
        status=person.status,
        contested=open_claims.exists(),
    )


def unit_key(person: Person, programme: Programme) -> str:
    """Return who is entitled: the family, or the person alone."""
    if programme.unit == Programme.Unit.PERSON:
        return f"person:{person.pk}"
    return f"family:{person.family_id}"


def is_kin(staff: Staff, person: Person | None) -> bool:
    """Say whether the officer's family card shows them to be kin of the person."""
    if person is None or staff.family_index is None:
        return False
    ours = Person.objects.filter(family__kk_index=staff.family_index)
    theirs = Person.objects.filter(family=person.family_id)
    return kin.are_kin(
        [_relative(member) for member in ours],
        _relative(person),
        [_relative(member) for member in theirs],
    )


def touched_by(claim: Claim) -> set[int]:
    """Return who visited or decided before, so leaves the decision to others."""
    checks = claim.checks.values_list("checker_id", flat=True)
    return {*checks, *claim.decisions.values_list("decider_id", flat=True)}


def bars_to_decide(actor: Actor, claim: Claim) -> list[claims.Bar]:
    """Return every reason why this officer may not decide this claim now."""
    return claims.bars_to_decide(
        claim.state,
        decider=actor.staff_id,
        checkers=set(claim.checks.values_list("checker_id", flat=True)),
        deciders=set(claim.decisions.values_list("decider_id", flat=True)),
        kin=is_kin(Staff.objects.get(pk=actor.staff_id), claim.person),
    )


def _relative(person: Person) -> kin.Relative:
    return kin.Relative(
        family_id=person.family_id,
        name=person.name.upper(),
        father=person.father_name.upper(),
        mother=person.mother_name.upper(),
    )
