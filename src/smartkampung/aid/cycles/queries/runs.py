"""Work on many villages, as far as an actor may see it."""

from django.db.models import Q, QuerySet
from django.shortcuts import get_object_or_404

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.roles import Permission
from smartkampung.aid.cycles.models import Cycle, Run
from smartkampung.regions.codes import village_of, within


def runs_for(actor: Actor, cycle: Cycle) -> QuerySet[Run]:
    """Return the work on many villages of a cycle inside the actor's regions."""
    return _inside(actor).filter(cycle=cycle)


def run_for(actor: Actor, run_id: int) -> Run:
    """Return one; 404 outside the actor's jurisdiction."""
    return get_object_or_404(_inside(actor), pk=run_id)


def _inside(actor: Actor) -> QuerySet[Run]:
    regions = actor.regions_where(Permission.CYCLE_VIEW)
    above = Q(region_code__in=[village_of(region) for region in regions])
    rows = Run.objects.filter(within("region_code", regions) | above)
    return rows.select_related("cycle__programme", "started_by").order_by("-pk")
