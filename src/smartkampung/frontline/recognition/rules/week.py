"""Which village is named for a week: by shares and by growth, never in a row. Pure."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from math import sqrt

A_WEEK = timedelta(days=7)
WEEKS_BEFORE = 4
FEWEST = 10  # items that fell due; fewer say nothing about a village
GOOD_SHARE = 0.8
GOOD_GROWTH = 0.05
WORTH_NAMING = 0.5  # who grew still has to keep half of its dates
REST_WEEKS = 4
Z = 1.96


class Area(StrEnum):
    """What is looked at; the next week looks at the next."""

    AID = "aid"
    ISOLATION = "isolation"
    DATA = "data"
    SERVICES = "services"


class Way(StrEnum):
    """How it is looked at."""

    GROWTH = "growth"  # against one's own four weeks before
    SHARE = "share"


# By what the kinds of work begin with; only what is done in the village itself.
KINDS: dict[Area, tuple[str, ...]] = {
    Area.AID: (
        *("aid.field_check", "aid.hand_over", "aid.grievance", "aid.verify_list"),
        *("aid.propose_list", "affected.verify", "affected.follow_up"),
    ),
    Area.ISOLATION: (
        *("isolation.expected", "isolation.look_for", "isolation.see"),
        *("isolation.mend_house", "isolation.relocate"),
    ),
    Area.DATA: (
        *("residents.correction", "residents.nik_claim", "residents.import_review"),
        *("residents.import_move", "duplicates.pair"),
    ),
    Area.SERVICES: (
        *("texting.assist", "counters.over", "places.accept", "pilots.prepare"),
        *("places.inspect", "places.event"),
    ),
}
TURNS = [(area, way) for way in Way for area in Area]


@dataclass(frozen=True)
class Tally:
    """What fell due in a village in the week and in the weeks before, and was done in
    time. What was never done counts as due.
    """

    village: str
    due: int
    in_time: int
    due_before: int
    in_time_before: int

    @property
    def share(self) -> float:
        """Return the part that was done in time."""
        return self.in_time / self.due if self.due else 0.0

    @property
    def growth(self) -> float:
        """Return how much larger that part is than in the weeks before."""
        return self.share - self.in_time_before / self.due_before

    @property
    def surely(self) -> float:
        """Return the lower end of the interval that holds the share (Wilson, 95 %).

        So that 10 of 10 does not beat 199 of 200 by being small.
        """
        n, p = self.due, self.share
        middle = p + Z * Z / (2 * n)
        spread = Z * sqrt(p * (1 - p) / n + Z * Z / (4 * n * n))
        return (middle - spread) / (1 + Z * Z / n)


def monday_of(on: date) -> date:
    """Return the Monday of the week of a day."""
    return on - timedelta(days=on.weekday())


def turn_of(monday: date) -> tuple[Area, Way]:
    """Return what is looked at in a week, and how: eight turns, then again."""
    return TURNS[(monday.toordinal() // 7) % len(TURNS)]


def compared(tallies: Iterable[Tally], way: Way) -> list[Tally]:
    """Return the villages with enough to say something about."""
    return [
        one
        for one in tallies
        if one.due >= FEWEST and (way is Way.SHARE or one.due_before >= FEWEST)
    ]


def chosen(
    tallies: Iterable[Tally], way: Way, *, resting: Collection[str] = ()
) -> list[Tally]:
    """Return the village that is named, or several that are equally good, or none.

    Whoever was named in the last four weeks rests, so that others are seen.
    """
    found = [
        one
        for one in compared(tallies, way)
        if one.village not in resting and _good(one, way)
    ]
    worth = {
        one.village: one.surely if way is Way.SHARE else one.growth for one in found
    }
    best = max(worth.values(), default=0.0)
    return [one for one in found if worth[one.village] >= best - 1e-9]


def _good(one: Tally, way: Way) -> bool:
    if way is Way.SHARE:
        return one.share >= GOOD_SHARE
    return one.growth >= GOOD_GROWTH and one.share >= WORTH_NAMING
