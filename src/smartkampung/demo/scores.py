"""What the hourly count would have kept, had the demo run for a year."""

import random
from collections.abc import Iterator
from datetime import date, timedelta

from smartkampung.quality.models import VillageScore

MONTHS = 11
A_MONTH_WORSE = 0.07


def remember_months(*, on: date, seed: int) -> None:
    """Give every village that was counted today a past in which more was wrong."""
    rng = random.Random(f"{seed}:scores")
    VillageScore.objects.bulk_create(
        _earlier(row, day, age, rng)
        for row in VillageScore.objects.filter(on=on).order_by("village_code")
        for age, day in enumerate(_ends_of_months(on), 1)
    )


def _ends_of_months(on: date) -> Iterator[date]:
    day = on
    for _ in range(MONTHS):
        day = day.replace(day=1) - timedelta(days=1)
        yield day


def _earlier(
    row: VillageScore, day: date, age: int, rng: random.Random
) -> VillageScore:
    more = 1 + A_MONTH_WORSE * age * (0.6 + 0.8 * rng.random())
    faulty = min(row.people, round((row.people - row.faultless) * more))
    return VillageScore(
        village_code=row.village_code,
        on=day,
        people=row.people,
        faultless=row.people - faulty,
        found={fault: round(count * more) for fault, count in row.found.items()},
        counted_at=row.counted_at - timedelta(days=(row.on - day).days),
    )
