"""What was told of days: the version that stands, and all there ever were."""

from datetime import date

from django.db.models import Min, QuerySet

from smartkampung.accounts.actor import Actor
from smartkampung.reopening.signals.models import (
    DayReport,
    OfficialColour,
    ProvinceDay,
)
from smartkampung.reopening.signals.queries.here import regency_for
from smartkampung.reopening.signals.rules.kinds import COLUMNS, Kind
from smartkampung.reopening.signals.rules.places import fold_place
from smartkampung.reopening.signals.rules.reading import Told


def standing(region: str, *, until: date) -> dict[Kind, list[Told]]:
    """Return what stands of the days before one, of exactly this region.

    Reports of parts are not added up: a part that is silent would pass for a nought.
    Of a place that was written in two ways on a day, what was told last stands.
    """
    rows = (
        DayReport.objects.filter(region=region, on__lt=until)
        .order_by("kind", "place", "on", "-version")
        .distinct("kind", "place", "on")
    )
    last: dict[tuple[str, str, date], DayReport] = {}
    for row in sorted(rows, key=lambda one: (one.at, one.pk)):
        last[row.kind, fold_place(row.place), row.on] = row
    found: dict[Kind, list[Told]] = {kind: [] for kind in Kind}
    for (kind, place, on), row in last.items():
        first, second = (getattr(row, name) for name in COLUMNS[Kind(kind)])
        if first is not None and second is not None:
            found[Kind(kind)].append(Told(place, on, first, second))
    return found


def latest_for(actor: Actor, kind: Kind) -> QuerySet[DayReport]:
    """Return the reports of a kind that stand in the regency, the newest first."""
    newest = (
        DayReport.objects.filter(region=regency_for(actor), kind=kind)
        .order_by("region", "place", "on", "-version")
        .distinct("region", "place", "on")
    )
    return DayReport.objects.filter(pk__in=newest.values("pk")).order_by("-on", "place")


def versions_for(actor: Actor, pk: int) -> list[DayReport]:
    """Return all versions of the report that one belongs to, the newest first."""
    rows = DayReport.objects.filter(region=regency_for(actor))
    row = rows.filter(pk=pk).first()
    if row is None:
        return []
    same = rows.filter(kind=row.kind, place=row.place, on=row.on)
    return list(same.order_by("-version"))


def spelled(kind: Kind, region: str) -> dict[str, str]:
    """Return how each place was spelled first, by its folded name."""
    rows = DayReport.objects.filter(kind=kind, region=region)
    first = rows.order_by("place").values_list("place").annotate(Min("pk"))
    found: dict[str, str] = {}
    for place, _pk in sorted(first, key=lambda one: one[1]):
        found.setdefault(fold_place(place), place)
    return found


def days_told(kind: Kind, region: str) -> tuple[set[date], set[date]]:
    """Return the days that stand of all places together, and those by single places."""
    newest = (
        DayReport.objects.filter(kind=kind, region=region)
        .order_by("place", "on", "-version")
        .distinct("place", "on")
    )
    rows = DayReport.objects.filter(pk__in=newest.values("pk"))
    rows = rows.exclude(**{COLUMNS[kind][0]: None})
    together: set[date] = set()
    single: set[date] = set()
    for place, on in rows.values_list("place", "on"):
        (single if place else together).add(on)
    return together, single


def places_for(actor: Actor, kind: Kind) -> list[str]:
    """Return the hospitals or laboratories that ever told."""
    rows = DayReport.objects.filter(region=regency_for(actor), kind=kind)
    named = rows.exclude(place="").values_list("place", flat=True).distinct()
    return sorted(named)


def colours_of(region: str) -> QuerySet[OfficialColour]:
    """Return the official colours of a region that stand, the newest first."""
    newest = (
        OfficialColour.objects.filter(region=region)
        .order_by("on", "-version")
        .distinct("on")
    )
    return OfficialColour.objects.filter(pk__in=newest.values("pk")).order_by("-on")


def colour_on(region: str, on: date) -> OfficialColour | None:
    """Return the last official colour up to a day."""
    return colours_of(region).filter(on__lte=on).first()


def province_days() -> list[ProvinceDay]:
    """Return the series of the province as it stands, by day."""
    rows = ProvinceDay.objects.order_by("on", "-version").distinct("on")
    return list(rows)
