"""Parties that lost their beds to somebody who is ill, and where they could go."""

from datetime import date

from django.shortcuts import get_object_or_404

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.roles import Permission
from smartkampung.isolation.models import Reservation, Stay
from smartkampung.isolation.queries.offers import houses_for
from smartkampung.isolation.queries.rooms import Near
from smartkampung.isolation.rules.rooms import Guest
from smartkampung.isolation.rules.states import LIVE_RESERVATIONS, LIVE_STAYS, Need
from smartkampung.regions.codes import ancestor, within

MOST_OFFERED = 12


def party_for(actor: Actor, reservation_id: int) -> Reservation:
    """Return a party that may be moved, in the actor's places; else Http404."""
    inside = within("region_code", actor.regions_where(Permission.ARRIVAL_RECORD))
    rows = Reservation.objects.filter(inside, state__in=LIVE_RESERVATIONS)
    return get_object_or_404(rows.select_related("house"), pk=reservation_id)


def people_of(party: Reservation) -> list[Stay]:
    """Return who of a party is expected or there, in the order of the booking."""
    return list(party.stays.filter(state__in=LIVE_STAYS).order_by("pk"))


def houses_for_party(party: Reservation, *, on: date) -> list[Near]:
    """Return the houses of the regency with room for a party from a day on.

    The nearest come first; the house where the party is booked is left out.
    """
    people = people_of(party)
    if not people:
        return []
    village = ancestor(party.region_code, "village")
    return houses_for(
        village,
        [Guest(stay.sex, stay.born_on) for stay in people],
        since=max(on, party.arrives_on),
        until=max(stay.during.upper for stay in people),
        most=MOST_OFFERED,
        needs=frozenset(Need(need) for need in party.needs),
        inside=ancestor(village, "regency"),
        but=party.house_id,
    )
