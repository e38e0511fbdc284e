"""The whole case file of one claim, for the officer who opens it."""

import uuid
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.roles import Permission
from smartkampung.aid.models import (
    Claim,
    Decision,
    Entitlement,
    Evaluation,
    FieldCheck,
    Finding,
    Handover,
    Objection,
    Report,
)
from smartkampung.aid.queries.benefits import Benefit, benefits_of_family
from smartkampung.aid.queries.claims import claim_for, claims_for
from smartkampung.aid.queries.conflicts import red_lights
from smartkampung.aid.rules.conflicts import RedLight
from smartkampung.intake.models import Upload
from smartkampung.residents.queries import note_looks
from smartkampung.residents.queries.consents import agrees
from smartkampung.residents.rules.consents import Purpose


@dataclass(frozen=True)
class CaseFile:
    """A claim with everything that was told, found, seen, decided and handed over.

    ``photos_withheld``: the family does not want photos of its house to be shown.
    """

    claim: Claim
    reports: list[Report]
    findings: list[Finding]
    checks: list[FieldCheck]
    decisions: list[Decision]
    evaluations: dict[int, Evaluation]
    objections: list[Objection]
    due: Entitlement | None
    handovers: list[Handover]
    lights: list[RedLight]
    benefits: list[Benefit]
    photos_withheld: bool


def open_case_file(
    actor: Actor,
    claim_id: int,
    *,
    on: date,
    permission: Permission = Permission.REPORT_VIEW,
) -> CaseFile:
    """Return the case file and write the look down; 404 outside the jurisdiction."""
    claim = claim_for(actor, claim_id, permission)
    person = claim.person
    if person is not None:
        note_looks(actor, [person], purpose="aid.claim", permission=permission)
    due = _due(claim)
    return CaseFile(
        claim=claim,
        reports=list(claim.reports.select_related("photo").order_by("sent_at")),
        findings=list(
            claim.findings.select_related("enrolment__programme").order_by("pk")
        ),
        checks=list(
            claim.checks.select_related("checker", "programme", "photo").order_by(
                "checked_at"
            )
        ),
        decisions=list(
            claim.decisions.select_related("decider", "programme").order_by(
                "decided_at"
            )
        ),
        evaluations={
            row.decision_id: row
            for row in Evaluation.objects.filter(
                decision__claim=claim
            ).prefetch_related("results")
        },
        objections=list(
            claim.objections.select_related("answered_by").order_by("filed_at")
        ),
        due=due,
        handovers=list(due.handovers.order_by("recorded_at")) if due else [],
        lights=red_lights(
            family_id=person.family_id,
            person_id=person.pk,
            apart_from=due.enrolment_id if due else None,
            claim=claim.pk,
            on=on,
        )
        if person
        else [],
        benefits=benefits_of_family(family_id=person.family_id, on=on)
        if person
        else [],
        photos_withheld=_withheld(claim),
    )


def _due(claim: Claim) -> Entitlement | None:
    rows = claim.entitlements.select_related("programme", "batch")
    return rows.order_by("-pk").first()


def states_of_claims(actor: Actor) -> dict[str, int]:
    """Return how many claims stand in each state inside the actor's regions."""
    rows = claims_for(actor).order_by().values("state").annotate(n=Count("pk"))
    return dict(rows.values_list("state", "n"))


def claims_in(actor: Actor, states: tuple[str, ...]) -> QuerySet[Claim]:
    """Return the claims in some states, the most urgent first."""
    return claims_for(actor).filter(state__in=states).order_by("due_at", "pk")


def photo_of(actor: Actor, claim_id: int, upload_id: uuid.UUID) -> Upload:
    """Return a photo that belongs to a claim; 404 for any other, or outside.

    Photos of a house also need the family's consent; the proof of a hand-over does not.
    """
    claim = claim_for(actor, claim_id)
    calls = Handover.objects.filter(entitlement__claim=claim)
    mine = {
        *calls.values_list("photo", flat=True),
        *calls.values_list("signature", flat=True),
    }
    if not _withheld(claim):
        mine |= {
            *claim.reports.values_list("photo", flat=True),
            *claim.checks.values_list("photo", flat=True),
        }
    if upload_id not in mine:
        raise Http404
    return get_object_or_404(Upload, pk=upload_id)


def _withheld(claim: Claim) -> bool:
    person = claim.person
    return person is not None and not agrees(person.family_id, Purpose.HOUSE_PHOTOS)
