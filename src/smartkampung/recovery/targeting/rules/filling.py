"""Who gets a place: village seats, reserved places, and the rest, each by rank.

Candidates come in the order of their rank, each as one number, their *cell*: the bits
of the groups they belong to below, their village above. Order of filling:

1. with seats for villages, each village has its part of the places (largest
   remainder) and no more, as long as others can fill theirs;
2. reserved places, group by group as the priority lists them: the first of the group
   by rank, until it has its least;
3. the rest by rank, while the village has a seat and no group is above its most;
4. seats that a village could not fill, by rank wherever somebody lives.

A most is never passed. A least that was not reached is told in ``short``.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

RANK, LEFT_OVER = -1, -2  # how somebody was chosen, where it was no group


@dataclass(frozen=True)
class Group:
    """A group of a quota: its bit in the cells, its least and most places."""

    bit: int
    least: int
    most: int


@dataclass
class Filled:
    """The chosen, as indices into the ranking with the way (a group's index or RANK).

    ``short`` names groups (by index) with fewer than their least, and how many they
    have; ``seats`` is what each village had, empty where villages have none.
    """

    ways: dict[int, int] = field(default_factory=dict)
    short: dict[int, int] = field(default_factory=dict)
    seats: dict[int, int] = field(default_factory=dict)


def apportion(places: int, weights: Mapping[int, int]) -> dict[int, int]:
    """Return so many places in proportion to weights, by the largest remainder.

    Nobody gets more than their weight. Equal remainders: the heavier first, then the
    lower number.
    """
    total = sum(weights.values())
    places = min(places, total)
    if not total:
        return dict.fromkeys(weights, 0)
    found = {key: places * weight // total for key, weight in weights.items()}
    left = places - sum(found.values())
    order = sorted(
        weights, key=lambda key: (-(places * weights[key] % total), -weights[key], key)
    )
    for key in order[:left]:
        found[key] += 1
    return found


def fill(
    cells: Sequence[int],
    places: int,
    groups: Sequence[Group],
    *,
    shift: int,
    seats: bool = False,
) -> Filled:
    """Choose from candidates in order of rank; bits from ``shift`` on are the village."""
    villages = Counter(cell >> shift for cell in cells) if seats else Counter[int]()
    filling = _Filling(cells, places, groups, shift, apportion(places, villages))
    for at, group in enumerate(groups):
        filling.take(at, filling.members(group), group.least)
    filling.take(RANK, range(len(cells)), places)
    if seats:
        filling.seats_left = None
        filling.take(LEFT_OVER, range(len(cells)), places)
    return filling.result(seats)


class _Filling:
    def __init__(
        self,
        cells: Sequence[int],
        places: int,
        groups: Sequence[Group],
        shift: int,
        seats: dict[int, int],
    ) -> None:
        self.cells, self.places, self.groups, self.shift = cells, places, groups, shift
        self.seats, self.seats_left = seats, dict(seats) if seats else None
        self.room = [group.most for group in groups]
        self.inside = [0] * len(groups)
        self.ways: dict[int, int] = {}
        self.kinds: dict[int, list[int]] = {}  # the groups that a cell belongs to

    def members(self, group: Group) -> Iterable[int]:
        bit = group.bit
        return (at for at, cell in enumerate(self.cells) if cell & bit)

    def take(self, way: int, candidates: Iterable[int], wanted: int) -> None:
        """Take by rank until a group (or everybody) has as many as wanted."""
        for at in candidates:
            has = self.inside[way] if way >= 0 else len(self.ways)
            if has >= wanted or len(self.ways) >= self.places:
                return
            if at not in self.ways:
                self._take(at, way)

    def _take(self, at: int, way: int) -> None:
        cell = self.cells[at]
        kinds = self.kinds.get(cell)
        if kinds is None:
            kinds = [i for i, group in enumerate(self.groups) if cell & group.bit]
            self.kinds[cell] = kinds
        village = cell >> self.shift
        if self.seats_left is not None and not self.seats_left.get(village, 0):
            return
        if any(self.room[kind] <= 0 for kind in kinds):
            return
        for kind in kinds:
            self.room[kind] -= 1
            self.inside[kind] += 1
        if self.seats_left is not None:
            self.seats_left[village] -= 1
        self.ways[at] = way

    def result(self, seats: bool) -> Filled:
        # Whoever would have a place by rank alone owes it to no quota.
        ways = {
            at: RANK if at < self.places else way
            for at, way in sorted(self.ways.items())
        }
        short = {
            at: self.inside[at]
            for at, group in enumerate(self.groups)
            if self.inside[at] < group.least
        }
        return Filled(ways, short, self.seats if seats else {})
