"""Offers as staff see them, with where everybody in them stands."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import Count, Q, QuerySet, Sum
from django.http import Http404

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.roles import Permission
from smartkampung.recovery.programmes.models import (
    Closing,
    KindPair,
    Offer,
    Payout,
    Programme,
    Seat,
    Sheet,
)
from smartkampung.recovery.programmes.rules.states import Kind, SeatState
from smartkampung.recovery.targeting.models import Scenario
from smartkampung.regions.codes import within

P = Permission


@dataclass(frozen=True)
class Standing:
    """How many people of an offer stand where; ``free`` are places nobody takes."""

    places: int
    holding: int = 0
    states: dict[str, int] = field(default_factory=dict)
    days: int = 0
    paid: int = 0

    @property
    def free(self) -> int:
        """Return how many places nobody takes."""
        return self.places - self.holding

    def of(self, *states: SeatState) -> int:
        """Return how many stand in any of these states."""
        return sum(self.states.get(state.value, 0) for state in states)


def _touching(regions: Iterable[str]) -> Q:
    """Return the filter "in one of the regions, or around one of them"."""
    codes = list(regions)
    above = {
        ".".join(code.split(".")[:depth])
        for code in codes
        for depth in range(1, code.count(".") + 1)
    }
    return within("region_code", codes) | Q(region_code__in=sorted(above))


def offers_for(actor: Actor) -> QuerySet[Offer]:
    """Return the offers that people of an officer's area can be in, newest first."""
    rows = Offer.objects.filter(_touching(actor.regions_where(P.RECOVERY_VIEW)))
    return rows.select_related("programme").order_by("-starts_on", "-pk")


def offer_for(actor: Actor, offer_id: int) -> Offer:
    """Return one offer of an officer's area; 404 for any other."""
    row = offers_for(actor).filter(pk=offer_id).first()
    if row is None:
        raise Http404
    return row


def managed_offer_for(actor: Actor, offer_id: int) -> Offer:
    """Return one offer that lies where an officer manages programmes; else 404."""
    inside = within("region_code", actor.regions_where(P.RECOVERY_MANAGE))
    row = Offer.objects.filter(inside, pk=offer_id).select_related("programme").first()
    if row is None:
        raise Http404
    return row


def closing_for(actor: Actor, closing_id: int) -> Closing:
    """Return a wish to close an offer that an officer manages; else 404."""
    inside = within("offer__region_code", actor.regions_where(P.RECOVERY_MANAGE))
    rows = Closing.objects.select_related("offer__programme")
    row = rows.filter(inside, pk=closing_id).first()
    if row is None:
        raise Http404
    return row


def closing_waiting(offer: Offer) -> Closing | None:
    """Return the wish to close an offer that waits for a decision."""
    return offer.closings.filter(decided_at=None).first()


def standing_of(offers: Iterable[Offer]) -> dict[int, Standing]:
    """Return where the people of some offers stand, in three queries."""
    rows = {offer.pk: offer for offer in offers}
    states: dict[int, dict[str, int]] = {pk: {} for pk in rows}
    holding = dict.fromkeys(rows, 0)
    counted = Seat.objects.filter(offer__in=rows).values_list("offer_id", "state")
    for pk, state, count, holds in counted.annotate(
        count=Count("pk"), holding=Count("pk", filter=Q(holds=True))
    ):
        states[pk][state] = count
        holding[pk] += holds
    days = dict(
        Sheet.objects.filter(offer__in=rows)
        .values_list("offer_id")
        .annotate(days=Count("on", distinct=True))
    )
    paid = dict(
        Payout.objects.filter(seat__offer__in=rows)
        .values_list("seat__offer_id")
        .annotate(sum=Sum("amount"))
    )
    return {
        pk: Standing(
            places=offer.places,
            holding=holding[pk],
            states=states[pk],
            days=days.get(pk, 0),
            paid=paid.get(pk, 0),
        )
        for pk, offer in rows.items()
    }


def programmes() -> QuerySet[Programme]:
    """Return every programme, by kind and name."""
    return Programme.objects.order_by("kind", "name")


def programme(programme_id: int) -> Programme:
    """Return one programme; 404 for any other number."""
    row = Programme.objects.filter(pk=programme_id).first()
    if row is None:
        raise Http404
    return row


def approved_scenarios() -> list[tuple[UUID, str]]:
    """Return the scenarios from which people may be taken, newest first."""
    rows = Scenario.objects.filter(state=Scenario.State.APPROVED)
    return list(rows.order_by("-approved_at").values_list("pk", "name"))


def pairs() -> set[tuple[Kind, Kind]]:
    """Return which kinds exclude each other."""
    rows = KindPair.objects.values_list("first", "second")
    return {(Kind(one), Kind(two)) for one, two in rows}


def open_offers() -> QuerySet[Offer]:
    """Return the offers that anybody may read about, by their first day."""
    rows = Offer.objects.filter(state="open").select_related("programme")
    return rows.order_by("starts_on", "pk")
