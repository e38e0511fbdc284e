"""What a ranking and a budget come to: who has a place, and figures about them."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from smartkampung.recovery.targeting.models import Scenario
from smartkampung.recovery.targeting.queries.known import Telling, facts_of
from smartkampung.recovery.targeting.queries.ranking import Ranking, groups_of, rank
from smartkampung.recovery.targeting.rules.estimates import Estimate, estimate
from smartkampung.recovery.targeting.rules.filling import (
    LEFT_OVER,
    RANK,
    Filled,
    fill,
)
from smartkampung.recovery.targeting.rules.priority import Priority
from smartkampung.recovery.targeting.rules.reading import parse

TRIAL_SEED = "trial"  # until the seed of a scenario is drawn
WAYS = {RANK: "rank", LEFT_OVER: "left_over"}
SHARES = ("women", "disability", "poorest")


@dataclass(frozen=True)
class Outcome:
    """A ranking, and who of it has a place."""

    priority: Priority
    ranking: Ranking
    filled: Filled
    places: int
    tallies: "Tallies" = field(repr=False)

    @property
    def chosen(self) -> list[int]:
        """Return the ids of the chosen, in the order of rank."""
        return [self.ranking.ids[at] for at in self.filled.ways]

    def way(self, at: int) -> str:
        """Return how the one at an index of the ranking was chosen; empty when not."""
        way = self.filled.ways.get(at)
        if way is None:
            return ""
        return WAYS.get(way) or self.priority.quotas[way].name


@dataclass(frozen=True)
class Tallies:
    """How many stand in the ranking and have a place: by village, and by mark."""

    ranked: int
    chosen: int
    left_out: int
    by_village: dict[str, int]
    ranked_by_village: dict[str, int]
    marked: dict[str, int]
    marked_all: dict[str, int]

    @property
    def checked(self) -> int:
        """Return how many of the chosen were checked in the field."""
        return self.marked["checked_needy"] + self.marked["checked_not"]

    @property
    def inclusion(self) -> Estimate | None:
        """Estimate how many of the chosen do not need it, by those that were checked."""
        return estimate(self.marked["checked_not"], self.checked)

    @property
    def exclusion(self) -> Estimate | None:
        """Estimate how many in need have no place, by those that were checked."""
        needy = self.marked_all["checked_needy"]
        return estimate(needy - self.marked["checked_needy"], needy)


def priority_of(scenario: Scenario) -> Priority:
    """Return the priority of a scenario."""
    return parse(scenario.spec, facts_of(scenario.population))


def places_for(budget: int, cost_each: int) -> int:
    """Return how many places a budget pays for."""
    return budget // cost_each if cost_each > 0 else 0


def outcome(
    priority: Priority,
    population: str,
    telling: Telling,
    *,
    places: int,
    seed: str = TRIAL_SEED,
) -> Outcome:
    """Rank everybody and say who has one of so many places."""
    ranking = rank(priority, population, telling, seed=seed)
    return decided(priority, ranking, places=places)


def decided(priority: Priority, ranking: Ranking, *, places: int) -> Outcome:
    """Say who of a ranking has one of so many places."""
    places = min(places, ranking.count)
    filled = fill(
        ranking.cells[: ranking.count],
        places,
        groups_of(priority, places),
        shift=ranking.shift,
        seats=priority.seats,
    )
    return Outcome(priority, ranking, filled, places, tallies(ranking, filled))


def tallies(ranking: Ranking, filled: Filled) -> Tallies:
    """Count the chosen and the ranked."""
    everybody = Counter(ranking.cells[: ranking.count])
    chosen = Counter(ranking.cells[at] for at in filled.ways)
    marked = {name: _with(chosen, bit) for name, bit in ranking.marks.items()}
    marked_all = {name: _with(everybody, bit) for name, bit in ranking.marks.items()}
    return Tallies(
        ranked=ranking.count,
        chosen=len(filled.ways),
        left_out=len(ranking.ids) - ranking.count,
        by_village=_by_village(ranking, chosen),
        ranked_by_village=_by_village(ranking, everybody),
        marked=marked,
        marked_all=marked_all,
    )


def shortages(found: Outcome) -> list[dict[str, Any]]:
    """Return the quotas that did not reach their least, with what they have."""
    groups = groups_of(found.priority, found.places)
    return [
        {
            "name": found.priority.quotas[at].name,
            "has": has,
            "least": groups[at].least,
        }
        for at, has in found.filled.short.items()
    ]


def _with(cells: "Counter[int]", bit: int) -> int:
    return sum(count for cell, count in cells.items() if cell & bit)


def _by_village(ranking: Ranking, cells: "Counter[int]") -> dict[str, int]:
    found: Counter[str] = Counter()
    for cell, count in cells.items():
        found[ranking.village(cell)] += count
    return dict(sorted(found.items()))


def moved(before: Iterable[int], after: Iterable[int]) -> tuple[list[int], list[int]]:
    """Return who enters and who leaves, each in the order of their ranking."""
    before, after = list(before), list(after)
    had, has = set(before), set(after)
    return [one for one in after if one not in had], [
        one for one in before if one not in has
    ]
