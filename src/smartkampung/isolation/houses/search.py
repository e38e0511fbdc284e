"""Look for a house: those with room on my days, the nearest first."""

from dataclasses import dataclass
from datetime import date, datetime

from smartkampung.isolation.houses.rules import km_between
from smartkampung.isolation.queries.free import (
    FreeHouse,
    fitting,
    last_day,
    seen_houses,
)
from smartkampung.isolation.rules.intake import BOOKABLE_AHEAD, MOST_GUESTS
from smartkampung.isolation.rules.states import Need
from smartkampung.regions.codes import inside
from smartkampung.regions.queries import region

MOST_PEOPLE, LONGEST_STAY = MOST_GUESTS, 30
FARTHEST_DAYS = BOOKABLE_AHEAD.days  # as far as anybody may book
Position = tuple[float, float]


@dataclass(frozen=True)
class Search:
    """What is asked; ``near`` and ``inside`` are codes of regions, or empty.

    ``until`` is the day of leaving; when not said, the end of a whole isolation.
    """

    since: date
    people: int = 1
    near: str = ""
    needs: frozenset[Need] = frozenset()
    inside: str = ""
    until: date | None = None

    @property
    def leaves(self) -> date:
        """Return the day of leaving."""
        return self.until or last_day(self.since)

    def asked(self, *, but: str = "") -> list[tuple[str, str]]:
        """Return what an address says to ask the same again, in a fixed order."""
        pairs = [
            ("from", self.since.isoformat()),
            ("people", str(self.people)),
            ("village", self.near),
            *(("need", need.value) for need in sorted(self.needs)),
            ("in", self.inside),
        ]
        return [(name, value) for name, value in pairs if value and name != but]


@dataclass(frozen=True)
class Row:
    """A house, and how far it is from the village asked for."""

    house: FreeHouse
    km: float | None


@dataclass(frozen=True)
class Found:
    """The houses that fit, in order, and the moment from which this is known."""

    rows: list[Row]
    as_of: datetime


def found(asked: Search, *, at: datetime, full_too: bool = False) -> Found:
    """Return the houses that fit: nearest first where a village is named.

    What is known may be a minute old. ``full_too`` keeps houses without room.
    """
    seen = seen_houses(asked.since, asked.leaves, at=at)
    people, needs = (0, frozenset[Need]()) if full_too else (asked.people, asked.needs)
    houses = fitting(seen.houses, people=people, needs=needs)
    if asked.inside:
        houses = [one for one in houses if inside(one.village, asked.inside)]
    start = _position(asked.near)
    rows = [Row(house, _km(start, house)) for house in houses]
    if start:
        rows.sort(key=lambda row: (row.km is None, row.km or 0))
    return Found(rows, seen.as_of)


def _position(code: str) -> Position | None:
    place = region(code) if code else None
    if place is None or place.lat is None or place.lng is None:
        return None
    return place.lat, place.lng


def _km(start: Position | None, house: FreeHouse) -> float | None:
    if start is None or house.lat is None or house.lng is None:
        return None
    return km_between(start, (house.lat, house.lng))
