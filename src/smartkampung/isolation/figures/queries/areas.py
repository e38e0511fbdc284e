"""The places whose figures somebody may see."""

from typing import NamedTuple

from django.http import Http404

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.roles import Permission
from smartkampung.regions.codes import inside
from smartkampung.regions.models import Region

FIGURES, STAYS = Permission.ISOLATION_FIGURES, Permission.STAY_VIEW


class Area(NamedTuple):
    """Some places together: one, or the villages of a Puskesmas.

    ``sees_people`` says that the reader may know who stays where, and so how many in
    the smallest place.
    """

    codes: tuple[str, ...]
    sees_people: bool


def areas_of(actor: Actor) -> Area:
    """Return all places that a reader works in, as one area."""
    return Area(actor.regions_where(FIGURES), actor.may(STAYS))


def area_for(actor: Actor, code: str) -> Area:
    """Return one place; raise Http404 where there is none, or not for this reader."""
    allowed = any(inside(code, own) for own in actor.regions_where(FIGURES))
    if not allowed or not Region.objects.filter(code=code).exists():
        raise Http404
    return Area((code,), actor.may_in(STAYS, code))
