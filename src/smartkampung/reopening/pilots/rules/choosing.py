"""Which villages of a kecamatan come first: criteria in points, weights in the open."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

PLACES = 2
MOST = 100
# Cases of a village count in bands: a number of its own would tell of single houses.
BANDS: tuple[tuple[int, int], ...] = ((20, 0), (5, 30), (1, 70), (0, MOST))
# So do its green streets: of few streets an exact part would tell of single ones.
GREEN = (100, 75, 50, 25, 0)
RURAL = 50


class Criterion(StrEnum):
    """What a village is compared by."""

    READINESS = "readiness"
    COLOUR = "colour"
    ZONE = "zone"
    ROLE = "role"
    URBAN = "urban"
    POPULATION = "population"


# An example that every round may change; the weights of a round stand in it.
WEIGHTS: dict[Criterion, int] = {
    Criterion.READINESS: 40,
    Criterion.COLOUR: 15,
    Criterion.ZONE: 15,
    Criterion.ROLE: 15,
    Criterion.URBAN: 5,
    Criterion.POPULATION: 10,
}


class Question(StrEnum):
    """What a village answers about itself; yes is one part of readiness."""

    TASK_FORCE = "task_force"
    RULES_WRITTEN = "rules_written"
    HAND_WASHING = "hand_washing"
    MASKS = "masks"
    ISOLATION_HOUSE = "isolation_house"
    DATA_OF_FRAIL = "data_of_frail"
    COMMUNICATION = "communication"
    MONEY = "money"


@dataclass(frozen=True)
class Facts:
    """What is known of a village on the day of a round."""

    village: str
    ready: int | None  # questions answered with yes, None without an answer
    cases: int | None  # new in the 14 days before, None where nobody told of any day
    green: int | None  # % of its RTs in the green zone, None where undecided
    market: bool
    tourism: bool
    urban: bool
    people: int


@dataclass(frozen=True)
class Point:
    """The points of one criterion, at most 100, and the number behind them.

    For cases and green streets that number is the least of their band.
    """

    criterion: Criterion
    points: int
    fact: int | None


@dataclass(frozen=True)
class Ranked:
    """A village in the order of a round; the score is in tenths of a point."""

    village: str
    place: int
    score: int
    points: tuple[Point, ...]


def rank(
    villages: Sequence[Facts], weights: Mapping[Criterion, int]
) -> tuple[Ranked, ...]:
    """Order villages by their weighted points; of equal ones the lower code is first."""
    most = max((one.people for one in villages), default=0)
    scored = [(one, _points(one, most)) for one in villages]
    rows = sorted(
        ((_score(points, weights), one.village, points) for one, points in scored),
        key=lambda row: (-row[0], row[1]),
    )
    return tuple(
        Ranked(village, place, score, points)
        for place, (score, village, points) in enumerate(rows, start=1)
    )


def wrong_weights(weights: Mapping[Criterion, int]) -> bool:
    """Say whether weights cannot be used: each from 0 to 100, and not all 0."""
    values = [weights.get(one, -1) for one in Criterion]
    return not all(0 <= value <= MOST for value in values) or not any(values)


def _points(one: Facts, most: int) -> tuple[Point, ...]:
    asked = len(Question)
    role = int(one.market) + int(one.tourism)
    return (
        Point(Criterion.READINESS, MOST * (one.ready or 0) // asked, one.ready),
        _green(one.green),
        _few(one.cases),
        Point(Criterion.ROLE, MOST * role // 2, role),
        Point(Criterion.URBAN, MOST if one.urban else RURAL, int(one.urban)),
        Point(
            Criterion.POPULATION, MOST * one.people // most if most else 0, one.people
        ),
    )


def band(cases: int) -> tuple[int, int]:
    """Return the least and the points of the band in which so many cases are."""
    return next(one for one in BANDS if cases >= one[0])


def part(green: int) -> int:
    """Return the least of the band in which such a part (%) of green streets is."""
    return next(least for least in GREEN if green >= least)


def _green(green: int | None) -> Point:
    """Return the point of so many green streets; where nobody can say there is none."""
    if green is None:
        return Point(Criterion.COLOUR, 0, None)
    return Point(Criterion.COLOUR, part(green), part(green))


def _few(cases: int | None) -> Point:
    """Return the point of so many cases; a village that told of no day has none."""
    if cases is None:
        return Point(Criterion.ZONE, 0, None)
    least, points = band(cases)
    return Point(Criterion.ZONE, points, least)


def _score(points: Sequence[Point], weights: Mapping[Criterion, int]) -> int:
    whole = sum(weights[point.criterion] for point in points)
    return sum(10 * weights[point.criterion] * point.points for point in points) // (
        whole
    )
