"""Which village that is no pilot stands beside each pilot, and how alike they are.

Nearest neighbour, without giving a village twice: variables are divided by their
spread, and the distance is that of Euclid. Pilots that are hardest to match choose
first. Only what was so before a pilot began is looked at.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import sqrt
from statistics import fmean, pstdev, variance

Values = Mapping[str, float]  # by variable
FAIR = 0.25  # a standardised difference above this is too large to call groups alike


@dataclass(frozen=True)
class Pair:
    """A pilot and the village beside it; the distance is in spreads."""

    pilot: str
    beside: str
    distance: float


@dataclass(frozen=True)
class Balance:
    """How far the groups lie apart in a variable, in spreads: before and after matching.

    None where the groups have no spread and are not the same.
    """

    variable: str
    before: float | None
    after: float | None


def match(
    pilots: Mapping[str, Values], others: Mapping[str, Mapping[str, Values]]
) -> list[Pair]:
    """Return a pair for each pilot while villages last, in the order of codes.

    ``others`` tells, for each pilot, what every other village was like before that
    pilot began.
    """
    distances = {
        pilot: _distances(values, others[pilot]) for pilot, values in pilots.items()
    }
    hardest = sorted(
        distances,
        key=lambda one: (-min(distances[one].values(), default=0.0), one),
    )
    taken: set[str] = set()
    found = []
    for pilot in hardest:
        free = [
            (distance, village)
            for village, distance in distances[pilot].items()
            if village not in taken
        ]
        if free:
            distance, village = min(free)
            taken.add(village)
            found.append(Pair(pilot, village, distance))
    return sorted(found, key=lambda pair: pair.pilot)


def _distances(values: Values, others: Mapping[str, Values]) -> dict[str, float]:
    spreads = {
        variable: pstdev([value, *(one[variable] for one in others.values())])
        for variable, value in values.items()
    }
    return {
        village: sqrt(
            sum(
                ((one[variable] - value) / spreads[variable]) ** 2
                for variable, value in values.items()
                if spreads[variable]
            )
        )
        for village, one in others.items()
    }


def balance(
    variables: Sequence[str],
    pilots: Sequence[Values],
    others: Sequence[Values],
    matched: Sequence[Values],
) -> list[Balance]:
    """Return how alike the groups are, against all others and against the matched."""
    return [
        Balance(one, _apart(one, pilots, others), _apart(one, pilots, matched))
        for one in variables
    ]


def _apart(
    variable: str, here: Sequence[Values], there: Sequence[Values]
) -> float | None:
    """Return the standardised difference of means."""
    if len(here) < 2 or len(there) < 2:
        return None
    ours, theirs = ([one[variable] for one in group] for group in (here, there))
    gap = fmean(ours) - fmean(theirs)
    spread = sqrt((variance(ours) + variance(theirs)) / 2)
    if spread:
        return gap / spread
    return None if gap else 0.0
