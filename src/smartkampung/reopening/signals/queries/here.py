"""Who may read signals and who may write them down, and where."""

from django.http import Http404

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.roles import Permission
from smartkampung.regions.queries import regency


def regency_for(actor: Actor, permission: Permission = Permission.SIGNAL_VIEW) -> str:
    """Return the code of the regency; 404 for whoever answers for no part of it.

    Signals are counts of the regency: whoever works in a part of it reads them too.
    """
    here = regency()
    own = actor.regions_where(permission)
    if here is None or not any(
        one == here.code or one.startswith(here.code + ".") for one in own
    ):
        raise Http404
    return here.code


def must_enter(actor: Actor, region: str) -> None:
    """Raise 404 unless the actor may write down signals of a region."""
    if not actor.may_in(Permission.SIGNAL_ENTER, region):
        raise Http404
