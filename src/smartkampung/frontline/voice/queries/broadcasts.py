"""Broadcasts of an area, and what became of their messages."""

from typing import NamedTuple

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.roles import Permission
from smartkampung.frontline.voice.models import Announcement, Broadcast
from smartkampung.frontline.voice.rules.broadcasting import (
    DANGERS,
    State,
    Wording,
)
from smartkampung.notify.queries import told_about
from smartkampung.regions.codes import inside, within


def broadcasts_for(
    actor: Actor, permission: Permission = Permission.BROADCAST
) -> QuerySet[Broadcast]:
    """Return the broadcasts to places inside the actor's area."""
    area = within("region_code", actor.regions_where(permission))
    rows = Broadcast.objects.filter(area).select_related("announcement")
    return rows.order_by("-at", "-pk")


def broadcast_for(actor: Actor, pk: int) -> Broadcast:
    """Return one of them, or raise Http404."""
    return get_object_or_404(broadcasts_for(actor), pk=pk)


def to_decide_for(actor: Actor, pk: int) -> Broadcast:
    """Return a broadcast that the actor may look at to allow it, or raise Http404."""
    rows = broadcasts_for(actor, Permission.BROADCAST_APPROVE)
    return get_object_or_404(rows.filter(large=True), pk=pk)


class Warned(NamedTuple):
    """A warning that went to phones, and how many of them got it."""

    warning: Broadcast
    phones: int


def warned_by(announcement: Announcement) -> list[Warned]:
    """Return the warnings of an announcement that were not called off yet."""
    rows = announcement.broadcasts.exclude(state__in=[State.REFUSED, State.WAITING])
    told = rows.filter(wording=Wording.CALLED_OFF).values("region_code")
    warnings = rows.filter(wording__in=DANGERS).exclude(region_code__in=told)
    found = [Warned(row, told_about(about(row)).count()) for row in warnings]
    return [one for one in found if one.phones]


def warning_behind(row: Broadcast) -> Broadcast:
    """Return the warning that a message calls off."""
    return Broadcast.objects.exclude(state=State.REFUSED).get(
        announcement=row.announcement_id,
        region_code=row.region_code,
        wording__in=DANGERS,
    )


def purse_for(actor: Actor, region_code: str) -> str:
    """Return whose month pays for a broadcast of the actor to a place."""
    return _widest(actor, Permission.BROADCAST, region_code)


def speaker_pays(actor: Actor, region_code: str) -> str:
    """Return whose month pays for telling officers what the actor announces there."""
    return _widest(actor, Permission.ANNOUNCE, region_code)


def _widest(actor: Actor, permission: Permission, place: str) -> str:
    areas = [code for code in actor.regions_where(permission) if inside(place, code)]
    return min(areas, key=len, default="")


def about(row: Broadcast) -> str:
    """Return the name under which the messages of a broadcast are counted."""
    return f"voice.broadcast:{row.pk}"
