"""The door to objections, and to the claims that they reopened."""

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.roles import Permission
from smartkampung.aid.models import Claim, Objection
from smartkampung.aid.queries.claims import claims_for
from smartkampung.regions.codes import within


def objections_for(actor: Actor) -> QuerySet[Objection]:
    """Return the objections inside the regions where the actor may answer them."""
    regions = actor.regions_where(Permission.OBJECTION_ANSWER)
    rows = Objection.objects.filter(within("claim__region_code", regions))
    return rows.select_related("claim__person", "decision__decider").order_by(
        "filed_at"
    )


def objection_for(actor: Actor, objection_id: int) -> Objection:
    """Return one objection; 404 outside the actor's jurisdiction."""
    return get_object_or_404(objections_for(actor), pk=objection_id)


def is_reopened(claim: Claim) -> bool:
    """Say whether an upheld objection once sent this claim back to be checked."""
    return claim.objections.filter(outcome=Objection.Outcome.UPHELD).exists()


def reopened_claim_for(actor: Actor, claim_id: int) -> Claim:
    """Return a claim that an objection reopened; 404 for any other, or elsewhere."""
    upheld = Objection.objects.filter(outcome=Objection.Outcome.UPHELD)
    rows = claims_for(actor, Permission.OBJECTION_ANSWER)
    return get_object_or_404(rows.filter(pk__in=upheld.values("claim")), pk=claim_id)
