"""The door to objections."""

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.roles import Permission
from smartkampung.aid.models import Objection
from smartkampung.regions.codes import within


def objections_for(actor: Actor) -> QuerySet[Objection]:
    """Return the objections inside the regions where the actor decides claims."""
    regions = actor.regions_where(Permission.CLAIM_DECIDE)
    rows = Objection.objects.filter(within("claim__region_code", regions))
    return rows.select_related("claim__person", "decision__decider").order_by(
        "filed_at"
    )


def objection_for(actor: Actor, objection_id: int) -> Objection:
    """Return one objection; 404 outside the actor's jurisdiction."""
    return get_object_or_404(objections_for(actor), pk=objection_id)
