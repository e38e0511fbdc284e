"""Who may read the figures of the regency."""

from django.http import Http404

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.roles import Permission
from smartkampung.regions.queries import regency


def must_see(actor: Actor, permission: Permission = Permission.ECONOMY_VIEW) -> str:
    """Return the code of the regency; 404 for whoever answers for another."""
    here = regency()
    if here is None or not actor.may_in(permission, here.code):
        raise Http404
    return here.code
