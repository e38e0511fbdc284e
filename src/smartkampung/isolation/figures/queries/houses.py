"""Houses: their beds, and which of them are taken."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, NamedTuple

from django.db.models import Count, Q, QuerySet

from smartkampung.isolation.figures.queries.areas import Area
from smartkampung.isolation.figures.rules import Span, Window, per_day
from smartkampung.isolation.models import Bed, BedUse, House, Opening
from smartkampung.regions.codes import within

HELD = Q(live=True, stay__isnull=False)


class Beds(NamedTuple):
    """Beds of a day: those of open houses, and those in which somebody is or will be."""

    open: int
    taken: int


class HouseToday(NamedTuple):
    """One house today."""

    house_id: int
    name: str
    village: str
    open: bool
    beds: int
    taken: int

    @property
    def free(self) -> int:
        """Return how many beds of an open house nobody has today."""
        return max(0, self.beds - self.taken) if self.open else 0


def occupancy(area: Area, window: Window) -> Mapping[date, Beds]:
    """Return the beds of each day; a bed that is worked on or cleaned is not open."""
    opened = (
        Opening.objects.filter(_in(area, "house__village__code"))
        .values_list("during")
        .annotate(beds=Count("house__rooms__beds"))
    )
    days = (window.since, window.until)
    uses = BedUse.objects.filter(
        _in(area, "bed__room__house__village__code"), live=True, taken__overlap=days
    )
    beds = per_day(_spans(opened), window)
    closed = per_day(_spans(_counted(uses.filter(stay=None), "taken")), window)
    taken = per_day(_spans(_counted(uses.filter(HELD), "during")), window)
    return {on: Beds(max(0, beds[on] - closed[on]), taken[on]) for on in window.days}


def houses_today(area: Area, on: date) -> list[HouseToday]:
    """Return every house with its beds and how many of them are taken, by village."""
    opened = Opening.objects.filter(during__contains=on).values_list("house_id")
    open_now = {house for (house,) in opened}
    taken = dict(
        BedUse.objects.filter(
            HELD, _in(area, "bed__room__house__village__code"), during__contains=on
        )
        .values_list("bed__room__house_id")
        .annotate(people=Count("pk"))
    )
    beds = dict(
        Bed.objects.filter(_in(area, "room__house__village__code"))
        .values_list("room__house_id")
        .annotate(beds=Count("pk"))
    )
    rows = House.objects.filter(_in(area, "village__code")).order_by(
        "village_id", "name"
    )
    return [
        HouseToday(pk, name, village, pk in open_now, beds.get(pk, 0), taken.get(pk, 0))
        for pk, name, village in rows.values_list("pk", "name", "village_id")
    ]


def _in(area: Area, field: str) -> Q:
    return within(field, area.codes)


def _counted(rows: QuerySet[BedUse], field: str) -> QuerySet[BedUse, tuple[Any, int]]:
    return rows.values_list(field).annotate(count=Count("pk"))


def _spans(rows: Iterable[tuple[Any, int]]) -> list[Span]:
    return [(days.lower, days.upper, count) for days, count in rows]
