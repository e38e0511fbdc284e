"""Who stands in line for an offer: sent home first, then as the ranking says."""

from collections.abc import Iterable
from typing import Any

from django.db.models import (
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
)
from django.db.models.functions import Coalesce

from smartkampung.recovery.affected.models import Affected
from smartkampung.recovery.programmes.models import KindPair, Offer, Seat
from smartkampung.recovery.programmes.rules.choosing import InLine
from smartkampung.recovery.programmes.rules.states import LIVE
from smartkampung.recovery.targeting.models import Ranked
from smartkampung.regions.codes import within
from smartkampung.residents.models import Person
from smartkampung.residents.siak import HEAD_OF_FAMILY


def free_numbers(offer: Offer) -> list[int]:
    """Return the numbers of the places that nobody takes."""
    taken = set(
        Seat.objects.filter(offer=offer, holds=True).values_list("number", flat=True)
    )
    return [number for number in range(1, offer.places + 1) if number not in taken]


def ways_before(offer: Offer, numbers: Iterable[int]) -> dict[int, str]:
    """Return how whoever last had each number was chosen."""
    rows = Seat.objects.filter(offer=offer, number__in=list(numbers)).order_by("pk")
    return dict(rows.values_list("number", "way"))


def in_line(
    offer: Offer,
    *,
    most: int,
    ways: Iterable[str] = (),
    among: Iterable[int] | None = None,
) -> list[InLine]:
    """Return who comes next, at most so many, and as many of each way.

    Only people who live here, whose case is open and verified, who were never invited
    to this offer and are in no running programme that excludes it.
    """
    sent_home = _sent_home(offer, among)[:most]
    found = {one.person: one for one in map(_again, sent_home)}
    rows = _ranked(offer, among)
    wanted = [rows[:most], *(rows.filter(way=way)[:most] for way in sorted(set(ways)))]
    for part in wanted:
        for one in part.values_list("who", "affected_id", "place", "way", "chosen"):
            found.setdefault(one[0], InLine(*one))
    return list(found.values())


def _again(seat: Seat) -> InLine:
    return InLine(
        seat.person_id, seat.affected_id, seat.place, seat.way, chosen=True, again=True
    )


def _sent_home(offer: Offer, among: Iterable[int] | None) -> QuerySet[Seat]:
    rows = Seat.objects.filter(
        _free(offer, "person_id"),
        Q(affected=None) | Q(affected__state=Affected.State.VERIFIED),
        within("region_code", [offer.region_code]),
        again=True,
        offer__programme__kind=offer.programme.kind,
        person__status=Person.Status.LIVING,
    )
    rows = rows if among is None else rows.filter(person_id__in=list(among))
    return rows.order_by("ended_at", "place", "pk")


def _ranked(offer: Offer, among: Iterable[int] | None) -> QuerySet[Any]:
    head = Person.objects.filter(
        family=OuterRef("family_id"),
        status=Person.Status.LIVING,
        relation=HEAD_OF_FAMILY,
    ).order_by("pk")
    rows = (
        Ranked.objects.filter(scenario_id=offer.scenario_id)
        .annotate(who=Coalesce("affected__person_id", Subquery(head.values("pk")[:1])))
        .filter(
            Q(affected__state=Affected.State.VERIFIED) | Q(affected=None),
            Q(affected__person__status=Person.Status.LIVING) | Q(affected=None),
            within("affected__region_code", [offer.region_code])
            | within("family__region_code", [offer.region_code]),
            _free(offer, "who"),
            who__isnull=False,
        )
        .order_by(F("chosen").desc(), "place", "pk")
    )
    return rows if among is None else rows.filter(who__in=list(among))


def _free(offer: Offer, person: str) -> Q:
    """Return the filter "never invited to this, and in nothing that excludes it"."""
    kind = offer.programme.kind
    theirs = Seat.objects.filter(person_id=OuterRef(person))
    elsewhere = theirs.filter(
        state__in=LIVE, offer__programme__kind__in=excluded_by(kind)
    )
    return ~Q(Exists(theirs.filter(offer=offer))) & ~Q(Exists(elsewhere))


def excluded_by(kind: str) -> list[str]:
    """Return the kinds whose running programmes exclude one of this kind."""
    pairs = KindPair.objects.filter(Q(first=kind) | Q(second=kind))
    return [
        two if one == kind else one for one, two in pairs.values_list("first", "second")
    ]
