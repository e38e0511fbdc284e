"""Family cards by their number, for acts that put people on one."""

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.roles import Permission
from smartkampung.kernel.sealed import blind_indexes
from smartkampung.residents.models import KK, Family
from smartkampung.residents.queries.people import families_for


def card_with_number(kk: str) -> Family | None:
    """Return the family card with a number (16 digits) anywhere in the registry.

    For an act that joins it: nothing of the card is shown to the actor.
    """
    if not kk:
        return None
    return Family.objects.filter(kk_index__in=blind_indexes(kk, KK)).first()


def own_card_with_number(actor: Actor, kk: str) -> Family | None:
    """Return the family card with a number if it lies where the actor records events."""
    rows = families_for(actor, permission=Permission.LIFE_EVENT_RECORD)
    return rows.filter(kk_index__in=blind_indexes(kk, KK)).first()
