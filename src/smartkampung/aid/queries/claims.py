"""The door to claims: what an actor may see, and what a decision looks at."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet
from django.shortcuts import get_object_or_404

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.models import Staff
from smartkampung.accounts.roles import Permission
from smartkampung.aid.models import (
    Claim,
    Criterion,
    Entitlement,
    FieldCheck,
    Programme,
)
from smartkampung.aid.queries.conflicts import red_lights
from smartkampung.aid.rules import claims, kin
from smartkampung.aid.rules.conflicts import RedLight
from smartkampung.aid.rules.periods import period_of
from smartkampung.ledger.queries import balances
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


@dataclass(frozen=True)
class Outlook:
    """What approving one programme would meet: reasons against, and red lights."""

    programme: Programme
    lights: list[RedLight]
    budget_left: int
    reasons: list[claims.Reason]

    @property
    def hindrances(self) -> list[claims.Reason]:
        """Return the reasons that make approval impossible."""
        return [reason for reason in self.reasons if reason in claims.BLOCKING]


def outlook(claim: Claim, programme: Programme, *, on: date) -> Outlook:
    """Look at a claim in the light of one programme, as of now."""
    person = claim.person
    lights = _lights(person, programme, on)
    left = balances([f"budget/{programme.code}"]).get(f"budget/{programme.code}", 0)
    check = check_to_rely_on(claim)
    case = claims.Case(
        recipient=recipient(person),
        blocked=any(light.blocks for light in lights),
        entitled=person is not None and _entitled(person, programme, on),
        amount=programme.amount,
        budget_left=left,
        findings=set(claim.findings.values_list("code", flat=True)),
        recommended=check is None or check.recommends,
        poverty_met=poverty_met(check.answers) if check else 0,
        poverty_needed=programme.criteria_needed if check else 0,
    )
    return Outlook(programme, lights, left, claims.reasons_against(case))


def standing_reasons(
    claim: Claim, programme: Programme | None, *, on: date
) -> list[claims.Reason]:
    """Return what makes approval impossible now, for one programme or for any."""
    if programme is not None:
        return outlook(claim, programme, on=on).hindrances
    return claims.hindrances(claims.Case(recipient=recipient(claim.person)))


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


def poverty_met(answers: dict[str, bool]) -> int:
    """Return how many poverty criteria were answered yes."""
    poverty = Criterion.objects.filter(group=Criterion.Group.POVERTY)
    codes = set(poverty.values_list("code", flat=True))
    return sum(1 for code, yes in answers.items() if yes and code in codes)


def is_kin(staff: Staff, person: Person | None) -> bool:
    """Say whether the officer's family card shows them to be kin of the person."""
    if person is None or staff.family_index is None:
        return False
    members = Person.objects.filter(family__kk_index=staff.family_index)
    return kin.are_kin([_relative(member) for member in members], _relative(person))


def visited_or_decided(claim: Claim) -> tuple[Collection[int], Collection[int]]:
    """Return the officers who visited, and those who decided before."""
    return (
        set(claim.checks.values_list("checker_id", flat=True)),
        set(claim.decisions.values_list("decider_id", flat=True)),
    )


def _lights(person: Person | None, programme: Programme, on: date) -> list[RedLight]:
    if person is None:
        return []
    return red_lights(
        family_id=person.family_id, person_id=person.pk, programme=programme.code, on=on
    )


def _entitled(person: Person, programme: Programme, on: date) -> bool:
    begin, _end = period_of(programme.period, on=on, since=programme.since)
    return Entitlement.objects.filter(
        programme=programme,
        unit_key=unit_key(person, programme),
        period=begin,
        cancelled=False,
    ).exists()


def _relative(person: Person) -> kin.Relative:
    return kin.Relative(
        family_id=person.family_id,
        name=person.name.upper(),
        father=person.father_name.upper(),
        mother=person.mother_name.upper(),
    )
