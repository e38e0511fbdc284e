"""One item of work, and who may be given it."""

from datetime import date

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.models import Staff
from smartkampung.accounts.queries.covers import (
    Colleague,
    away_on,
    described,
    holders_of,
)
from smartkampung.accounts.roles import Permission
from smartkampung.worklist.models import WorkItem
from smartkampung.worklist.queries import anybodys_for

ALL = [permission.value for permission in Permission]


def item_for(actor: Actor, item_id: int) -> WorkItem:
    """Return one open item that the actor may do, or raise Http404."""
    return get_object_or_404(anybodys_for(actor, ALL), pk=item_id)


def receivers_for(actor: Actor, item: WorkItem, *, on: date) -> list[Colleague]:
    """Return the colleagues who may do an item where it is, in words."""
    return described(may_receive(actor, item, on=on), on=on)


def may_receive(actor: Actor, item: WorkItem, *, on: date) -> QuerySet[Staff]:
    """Return the colleagues who may do an item where it is, and are not away."""
    rows = holders_of(item.permission, item.region_code, on=on)
    return rows.exclude(pk=actor.staff_id).exclude(pk__in=away_on(on))
