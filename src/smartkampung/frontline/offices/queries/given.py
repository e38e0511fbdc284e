"""One item of work, and who may be given it."""

from datetime import date, datetime

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.models import Staff
from smartkampung.accounts.queries import actor_for
from smartkampung.accounts.queries.covers import (
    Colleague,
    away_on,
    described,
    holders_of,
)
from smartkampung.accounts.roles import Permission
from smartkampung.frontline.offices.rules import stands_above
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
    """Return the colleagues who may do an item where it is, and are not away.

    Beside the actor and below: whoever stands above finds it on their own list. Who
    asked for it is none of them.
    """
    area = actor.regions_where(Permission(item.permission))
    rows = holders_of(item.permission, item.region_code, inside=area, on=on)
    rows = rows.exclude(username__in=item.not_by)
    return rows.exclude(pk=actor.staff_id).exclude(pk__in=away_on(on))


def is_given(item: WorkItem, *, at: datetime) -> bool:
    """Say whether an item is somebody's, and has not fallen back."""
    return item.given_until is not None and item.given_until > at


def may_take_back(actor: Actor, item: WorkItem, *, on: date) -> bool:
    """Say whether the actor gives back, or on, what somebody was given.

    Who gave it, who was given it, whoever stands in for them, and whoever stands above
    the one who gave it.
    """
    if not item.given_to:
        return False
    if {item.given_to, item.given_by} & set(actor.names):
        return True
    giver = Staff.objects.filter(username=item.given_by).first()
    held = actor_for(giver, on=on) if giver else Actor(0, item.given_by)
    roles = held.roles_in(Permission(item.permission), item.region_code)
    return stands_above(actor, roles, item.region_code)
