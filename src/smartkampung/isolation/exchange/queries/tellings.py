"""The door to the line of stays that are told to another system."""

from collections.abc import Mapping

from django.db.models import Count, QuerySet
from django.shortcuts import get_object_or_404

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.roles import Permission
from smartkampung.isolation.exchange.models import Outgoing
from smartkampung.isolation.models import Stay
from smartkampung.regions.codes import within

VIEW = Permission.ISOLATION_HEALTH_VIEW


def tellings_for(actor: Actor) -> QuerySet[Outgoing]:
    """Return what waits, was taken and was refused in the actor's places, newest first."""
    inside = within("stay__reservation__region_code", actor.regions_where(VIEW))
    rows = Outgoing.objects.filter(inside).select_related("stay__reservation")
    return rows.order_by("-queued_at", "-pk")


def counts_for(actor: Actor) -> Mapping[str, int]:
    """Return how many tellings stand where, those of no state as zero."""
    rows = tellings_for(actor).order_by().values_list("state")
    found = dict(rows.annotate(count=Count("pk")))
    return {state.value: found.get(state.value, 0) for state in Outgoing.State}


def stay_for(actor: Actor, stay_id: int) -> Stay:
    """Return a stay that the actor may tell of; 404 for everybody else's."""
    inside = within("reservation__region_code", actor.regions_where(VIEW))
    rows = Stay.objects.filter(inside, present_at__isnull=False)
    return get_object_or_404(rows.select_related("reservation"), pk=stay_id)


def of_stay(stay: Stay) -> list[Outgoing]:
    """Return what was told of one stay, the newest first."""
    return list(Outgoing.objects.filter(stay=stay).order_by("-queued_at", "-pk"))
