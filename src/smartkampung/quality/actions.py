"""Keeps the counts of every village, so that boards open quickly and trends show."""

from datetime import date, datetime, timedelta

from django.db.models import Exists, OuterRef

from smartkampung.kernel.clock import day
from smartkampung.quality.models import VillageScore
from smartkampung.quality.queries import tally_by
from smartkampung.quality.rules import DAYS_KEPT
from smartkampung.regions.codes import level
from smartkampung.regions.queries import kecamatan_of, regency


def keep_scores(*, at: datetime) -> int:
    """Count every village of the regency as of now; return how many were counted.

    A second count of the same day takes the place of the first.
    """
    here = regency()
    if here is None:
        return 0
    return sum(_keep(place.code, at) for place in kecamatan_of(here.code).only("code"))


def _keep(kecamatan: str, at: datetime) -> int:
    on = day(at)
    tallies = tally_by("village", region=kecamatan, on=on)
    rows = [
        VillageScore(
            village_code=code,
            on=on,
            people=tally.people,
            faultless=tally.faultless,
            found={fault: count for fault, count in tally.found.items() if count},
            counted_at=at,
        )
        for code, tally in tallies.items()
        if level(code) == "village"
    ]
    VillageScore.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["village_code", "on"],
        update_fields=["people", "faultless", "found", "counted_at"],
    )
    return len(rows)


def thin_out(*, on: date) -> int:
    """Of the months long past keep each village's last count; return how many went."""
    later = VillageScore.objects.filter(
        village_code=OuterRef("village_code"),
        on__gt=OuterRef("on"),
        on__year=OuterRef("on__year"),
        on__month=OuterRef("on__month"),
    )
    old = VillageScore.objects.filter(on__lt=on - timedelta(days=DAYS_KEPT))
    return old.filter(Exists(later)).delete()[0]
