"""Two months of daily reports, made up and marked so, and the weeks told to everybody."""

import random
from collections.abc import Iterator
from datetime import date, datetime, timedelta

from smartkampung.kernel.clock import day
from smartkampung.regions.queries import villages_of
from smartkampung.reopening.cases.models import Heard
from smartkampung.reopening.guidance.rules.kinds import Colour
from smartkampung.reopening.signals.actions.colours import import_colours
from smartkampung.reopening.signals.actions.publishing import publish_weeks
from smartkampung.reopening.signals.models import DayReport
from smartkampung.reopening.signals.queries.indicators import people
from smartkampung.reopening.signals.rules.files import ColourRow
from smartkampung.reopening.signals.rules.kinds import COLUMNS, Kind

SOURCE = "Data contoh (sintetis)"
BY = "demo"
DAYS = 60
# A day, of all who live there: some 60,000 of a million in the 60 days.
TESTED, LEAST_TESTED = 0.0008, 12
# Pilots are held against the four weeks before they began; cases begin later.
TOLD_BACK, QUIET_SINCE = 14, 80
HOSPITALS = {"RSUD Contoh Utara": 60, "RSUD Contoh Selatan": 44, "RS Contoh Medika": 28}
# What a source would stand behind; no real announcement is told here.
SAYS = "https://contoh.example/zona"
COLOURS = ((56, Colour.RED), (35, Colour.ORANGE), (14, Colour.YELLOW))


def tell_signals(*, region: str, name: str, seed: int, at: datetime) -> None:
    """Tell of tests, beds, patients and contacts, and of three official colours.

    One day of one hospital is missing, so that the demo has something to ask for.
    """
    rng = random.Random(f"{seed}:signals")
    last = day(at) - timedelta(days=1)
    daily = max(LEAST_TESTED, round(people(region, last) * TESTED))
    DayReport.objects.bulk_create(
        DayReport(
            kind=kind,
            region=region,
            place=place,
            on=on,
            source=SOURCE,
            by=BY,
            at=at,
            **dict(zip(COLUMNS[kind], numbers, strict=True)),
        )
        for back in range(DAYS)
        for on in (last - timedelta(days=back),)
        for kind, place, numbers in _day(on, back, daily, rng)
    )
    colours = [
        ColourRow(region, name, last - timedelta(days=back), colour, SAYS, SOURCE)
        for back, colour in COLOURS
    ]
    import_colours(rows=colours, by=BY, at=at)
    _hear_before(region, at)
    publish_weeks(at=at)


def _hear_before(region: str, at: datetime) -> None:
    """Let all villages be heard of in the weeks before, also of days half told of."""
    Heard.objects.bulk_create(
        (
            Heard(
                village_code=village,
                day=day(at) - timedelta(days=back),
                at=at,
                by=BY,
            )
            for village in villages_of(region).values_list("code", flat=True)
            for back in range(TOLD_BACK, QUIET_SINCE)
        ),
        ignore_conflicts=True,
    )


def _day(
    on: date, back: int, daily: int, rng: random.Random
) -> Iterator[tuple[Kind, str, tuple[int, int]]]:
    weight = 0.4 + 0.6 * back / DAYS  # what was worse two months ago
    tested = rng.randint(daily, daily + daily // 2)
    yield Kind.TESTS, "", (tested, round(tested * 0.12 * weight))
    yield Kind.PATIENTS, "", (rng.randint(4, 9), rng.randint(0, 2))
    followed = rng.randint(6, 14)
    yield Kind.TRACING, "", (followed, followed * rng.randint(9, 15))
    for place, beds in HOSPITALS.items():
        if back != 4 or place != "RS Contoh Medika":
            yield Kind.BEDS, place, (beds, round(beds * (0.25 + 0.5 * weight)))
