"""What was counted on earlier days."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models.functions import TruncMonth

from smartkampung.quality.models import VillageScore
from smartkampung.quality.rules import MONTHS_SHOWN, Tally, together, years_before
from smartkampung.regions.codes import within


@dataclass(frozen=True)
class Point:
    """The last count of a month."""

    on: date
    tally: Tally


@dataclass(frozen=True)
class Kept:
    """The newest count of every village of a region, and when it was made."""

    villages: dict[str, Tally]
    counted_at: datetime | None


def newest(region: str) -> Kept:
    """Return what was counted last in each village of a region."""
    rows = list(
        VillageScore.objects.filter(within("village_code", [region]))
        .order_by("village_code", "-on")
        .distinct("village_code")
    )
    villages = {row.village_code: _tally(row) for row in rows}
    return Kept(villages, min((row.counted_at for row in rows), default=None))


def months(region: str, *, on: date) -> list[Point]:
    """Return the last count of each of the last months, the oldest first."""
    rows = (
        VillageScore.objects.filter(
            within("village_code", [region]),
            on__gt=years_before(on, 1),
            on__lte=on,
        )
        .annotate(month=TruncMonth("on"))
        .order_by("village_code", "month", "-on")
        .distinct("village_code", "month")
    )
    counted: dict[date, list[VillageScore]] = defaultdict(list)
    for row in rows:
        counted[row.month].append(row)
    points = [
        Point(max(row.on for row in found), together(map(_tally, found)))
        for _, found in sorted(counted.items())
    ]
    return points[-MONTHS_SHOWN:]


def scores_before(region: str, *, before: date) -> dict[str, Tally]:
    """Return the last count of each village of a region before a day."""
    rows = (
        VillageScore.objects.filter(within("village_code", [region]), on__lt=before)
        .order_by("village_code", "-on")
        .distinct("village_code")
    )
    return {row.village_code: _tally(row) for row in rows}


def _tally(row: VillageScore) -> Tally:
    return Tally(row.people, row.faultless, row.found)
