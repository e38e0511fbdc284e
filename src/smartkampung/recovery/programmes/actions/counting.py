"""Once a night: count what anybody may read about the programmes, and keep only that."""

from collections import defaultdict
from datetime import datetime

from django.db import transaction
from django.db.models import Q, Sum

from smartkampung.recovery.programmes.models import Figure, Offer, Outcome, Seat
from smartkampung.recovery.programmes.rules.figures import counts, medians_by_place
from smartkampung.recovery.programmes.rules.states import Kind, SeatState
from smartkampung.regions.codes import ancestor

PLACES = "places"
# Whoever once said yes, whatever became of it.
CHOSEN = Q(
    state__in=[
        SeatState.ACCEPTED,
        SeatState.ATTENDING,
        SeatState.FINISHED,
        SeatState.DROPPED,
    ]
) | Q(closed_from__in=[SeatState.ACCEPTED, SeatState.ATTENDING])


def count_figures(*, at: datetime) -> int:
    """Write the figures of the public page anew; return how many there are."""
    rows = [
        Figure(kind=kind, kecamatan=place, measure=measure, value=value, counted_at=at)
        for kind in Kind
        for place, measures in _figures_of(kind).items()
        for measure, value in measures.items()
    ]
    with transaction.atomic():
        Figure.objects.all().delete()
        Figure.objects.bulk_create(rows)
    return len(rows)


def _figures_of(kind: Kind) -> dict[str, dict[str, int | None]]:
    offers = Offer.objects.filter(programme__kind=kind).exclude(state="draft")
    places = offers.aggregate(sum=Sum("places"))["sum"]
    if not places:
        return {}
    found: defaultdict[str, dict[str, int | None]] = defaultdict(dict)
    found[""][PLACES] = places
    for place, numbers in counts(_people(kind)).items():
        found[place].update(numbers)
    for place, numbers in medians_by_place(_incomes(kind)).items():
        found[place].update(numbers)
    return found


def _people(kind: Kind) -> dict[str, tuple[int, int]]:
    found: defaultdict[str, list[int]] = defaultdict(lambda: [0, 0])
    rows = Seat.objects.filter(CHOSEN, offer__programme__kind=kind)
    for region, state in rows.values_list("region_code", "state"):
        here = found[ancestor(region, "kecamatan")]
        here[0] += 1
        here[1] += state == SeatState.FINISHED
    return {place: (chosen, finished) for place, (chosen, finished) in found.items()}


def _incomes(kind: Kind) -> dict[str, list[tuple[int, int]]]:
    """Return incomes when invited and when last asked, of those who finished."""
    rows = Outcome.objects.filter(
        seat__offer__programme__kind=kind,
        seat__state=SeatState.FINISHED,
        seat__income_then__isnull=False,
    ).order_by("on", "pk")
    latest = {
        seat: (region, before, after)
        for seat, region, before, after in rows.values_list(
            "seat_id", "seat__region_code", "seat__income_then", "income"
        )
    }
    found: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
    for region, before, after in latest.values():
        found[ancestor(region, "kecamatan")].append((before or 0, after))
    return dict(found)
