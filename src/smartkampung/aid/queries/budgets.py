"""The door to wishes for more budget."""

import uuid

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.roles import Permission
from smartkampung.aid.models import BudgetRequest, Programme
from smartkampung.regions.codes import within


def budget_requests_for(actor: Actor) -> QuerySet[BudgetRequest]:
    """Return the wishes of the actor's area, the newest first."""
    regions = actor.regions_where(Permission.PROGRAMME_MANAGE)
    return (
        BudgetRequest.objects.filter(within("region_code", regions))
        .select_related("programme", "asked_by", "decided_by")
        .order_by("-asked_at", "pk")
    )


def budget_request_for(actor: Actor, request_id: uuid.UUID) -> BudgetRequest:
    """Return one wish; 404 outside the actor's jurisdiction."""
    return get_object_or_404(budget_requests_for(actor), pk=request_id)


def programme_or_404(code: str) -> Programme:
    """Return a programme to be managed."""
    return get_object_or_404(Programme, pk=code)
