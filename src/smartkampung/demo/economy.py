"""The economy in numbers: real figures with their sources, and a made-up past by month.

The monthly series are synthetic: sizes and the shape of the fall are invented, and
every row says so.
"""

import random
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from importlib import resources
from typing import NamedTuple

from smartkampung.accounts.actor import Actor
from smartkampung.demo.pour import pour
from smartkampung.kernel.clock import day
from smartkampung.recovery.economy import bulk
from smartkampung.recovery.economy.actions.entering import write_down
from smartkampung.recovery.economy.actions.loading import load_known
from smartkampung.recovery.economy.bulk import Given
from smartkampung.recovery.economy.models import Figure
from smartkampung.recovery.economy.rules.comparing import before, months_between
from smartkampung.recovery.economy.rules.kinds import Measure

SOURCE = "Data contoh (sintetis)"
BY = "demo"
FIRST = date(2019, 1, 1)
FALL = date(2020, 3, 1)
MILLION = 1_000_000
FIELDS = (
    "measure",
    "item",
    "month",
    "version",
    "value",
    "source",
    "synthetic",
    "reason",
    "by",
    "at",
)
# What was left in each month from the fall on, where tourism is everything.
LEFT = (55, 12, 8, 14, 27, 38, 41, 48, 52, 58, 50, 47, 49, 55, 61, 63, 24, 21, 46)
RISE = 3.2  # percentage points a month after that, up to the full
FULL = 108
TOURISM = (90, 80, 86, 88, 90, 122, 128, 96, 92, 96, 98, 134)
EVEN = (92, 94, 100, 98, 99, 98, 100, 101, 102, 104, 104, 108)
LATE = (40, 45, 60, 70, 80, 90, 120, 180, 260, 110, 80, 65)


class Shape(NamedTuple):
    """The size of an ordinary month, how much of it hangs on visitors, its seasons."""

    size: int
    hangs: float
    seasons: tuple[int, ...] = EVEN


REVENUE = {
    "hotel": Shape(750 * MILLION, 1.0, TOURISM),
    "restaurant": Shape(1_240 * MILLION, 0.75, TOURISM),
    "entertainment": Shape(200 * MILLION, 1.05, TOURISM),
    "advertisement": Shape(290 * MILLION, 0.3),
    "street_lighting": Shape(6_000 * MILLION, 0.05),
    "parking": Shape(105 * MILLION, 0.7, TOURISM),
    "ground_water": Shape(125 * MILLION, 0.1),
    "minerals": Shape(80 * MILLION, 0.25),
    "pbb": Shape(3_700 * MILLION, 0.15, LATE),
    "bphtb": Shape(3_300 * MILLION, 0.35),
    "levies": Shape(3_100 * MILLION, 0.4),
    "assets": Shape(1_500 * MILLION, 0.1),
    "other": Shape(17_500 * MILLION, 0.12),
}
# Names of sites are real; their figures here are not.
SITES = {
    "Pulau Merah": Shape(26_000, 1.0, TOURISM),
    "Grand Watu Dodol": Shape(15_000, 0.9, TOURISM),
    "Bangsring Underwater": Shape(14_000, 1.0, TOURISM),
    "Djawatan": Shape(19_000, 0.9, TOURISM),
    "Pantai Cacalan": Shape(11_000, 0.8, TOURISM),
}
FOREIGN = 0.035
SECTORS = {
    "homestay": Shape(9, 1.0),
    "restaurant": Shape(22, 0.7),
    "souvenir": Shape(11, 0.8),
    "tourist_transport": Shape(7, 1.0),
    "trade": Shape(60, 0.3),
    "food_stall": Shape(48, 0.25),
}
# A fall of today, so that one alert waits.
NOW_FALLING = "entertainment"
LATELY = (0.62, 0.5, 0.44)


def tell_economy(*, at: datetime, seed: int, by: Actor) -> None:
    """Load the real figures, then a past by month up to the month before."""
    known = resources.files("smartkampung.recovery.economy") / "data/known.csv"
    load_known(known.read_text().splitlines(), by=BY)
    last = before(day(at).replace(day=1), months=1)
    rng = random.Random(f"{seed}:economy")
    rows = [(*one, 1, at) for one in _figures(months_between(FIRST, last), rng)]
    pour(Figure, FIELDS, map(_row, rows))
    _correct(last, by=by, at=at)


def _correct(month: date, *, by: Actor, at: datetime) -> None:
    """Let the office correct one figure, which looks at every curve as well."""
    row = Figure.objects.get(measure="realised", item="levies", month=month)
    value = Decimal(row.value or 0) + 12 * MILLION
    found = bulk.sort([Given(Measure.REALISED, "levies", month, value)])
    write_down(
        found,
        source=SOURCE,
        reason="Setoran tanggal 30 masuk belakangan (contoh)",
        by=by.username,
        at=at,
        synthetic=True,
    )


Row = tuple[str, str, date, int]


def _figures(months: list[date], rng: random.Random) -> Iterator[Row]:
    for item, shape in REVENUE.items():
        for month in months:
            value = _value(shape, month, rng) * _lately(item, month, months)
            target = shape.size * shape.seasons[month.month - 1] / 100 * 1.04
            yield "realised", item, month, _rounded(value)
            yield "target", item, month, _rounded(target)
    for site, shape in SITES.items():
        for month in months:
            people = _value(shape, month, rng)
            yield "domestic", site, month, round(people)
            yield "foreign", site, month, round(people * _abroad(month))
    for sector, shape in SECTORS.items():
        for month in months:
            kept = _kept(shape, month)
            yield "opened", sector, month, round(shape.size * kept * _about(rng))
            closed = shape.size * (0.45 + 1.6 * max(0.0, 1 - kept))
            yield "closed", sector, month, round(closed * _about(rng))


def _value(shape: Shape, month: date, rng: random.Random) -> float:
    season = shape.seasons[month.month - 1] / 100
    return shape.size * season * _kept(shape, month) * _about(rng)


def _about(rng: random.Random) -> float:
    return 0.95 + 0.1 * rng.random()


def _kept(shape: Shape, month: date) -> float:
    """Return which part of an ordinary month was left."""
    since = (month.year - FALL.year) * 12 + month.month - FALL.month
    if since < 0:
        return 1.0
    if since < len(LEFT):
        left = LEFT[since] / 100
    else:
        left = min(FULL, LEFT[-1] + RISE * (since - len(LEFT) + 1)) / 100
    return max(0.03, 1 - shape.hangs * (1 - left))


def _abroad(month: date) -> float:
    """Return the part of visitors from abroad: nearly none while borders were shut."""
    shut = date(2020, 4, 1) <= month < date(2022, 4, 1)
    return FOREIGN / 20 if shut else FOREIGN


def _lately(item: str, month: date, months: list[date]) -> float:
    if item != NOW_FALLING or month not in months[-len(LATELY) :]:
        return 1.0
    return LATELY[months[-len(LATELY) :].index(month)]


def _rounded(value: float) -> int:
    return round(value / 1000) * 1000


def _row(told: tuple[str, str, date, int, int, datetime]) -> tuple[object, ...]:
    measure, item, month, value, version, at = told
    return measure, item, month, version, value, SOURCE, True, "", BY, at
