"""The list of a lottery as it was fixed at the proposal, and what a seed makes of it."""

from array import array
from collections.abc import Iterable
from dataclasses import replace
from hashlib import sha256

from smartkampung.kernel.rls import as_job
from smartkampung.recovery.targeting.models import Scenario
from smartkampung.recovery.targeting.queries.outcome import (
    Outcome,
    decided,
    places_for,
    priority_of,
)
from smartkampung.recovery.targeting.queries.ranking import (
    Ranking,
    marks_of,
    villages,
)
from smartkampung.recovery.targeting.rules.lots import drawn


def hash_of(rows: Iterable[tuple[int, int]]) -> str:
    """Return the SHA-256 of "tier,number" lines in order: that of the public list."""
    lines = "".join(f"{tier},{number}\n" for tier, number in sorted(rows))
    return sha256(lines.encode()).hexdigest()


def list_of(scenario: Scenario) -> list[tuple[int, int]]:
    """Return (tier, number) of everybody on the list of a lottery."""
    with as_job():
        return sorted(scenario.lots.values_list("tier", "number"))


def drawn_outcome(scenario: Scenario, *, seed: str) -> Outcome:
    """Draw the lots of a fixed list; nothing that changed since plays a part."""
    priority = priority_of(scenario)
    marks = marks_of(priority, scenario.population)
    with as_job():
        rows = scenario.lots.values_list("tier", "number", "cell")
        cells = {str(number): (tier, cell) for tier, number, cell in rows.iterator()}
    order = drawn(seed, [(tier, number) for number, (tier, _cell) in cells.items()])
    ranking = Ranking(
        array("q", [int(number) for _tier, number in order]),
        array("q", [cells[number][1] for _tier, number in order]),
        len(order),
        len(priority.quotas) + len(marks),
        villages(),
        marks,
    )
    places = places_for(scenario.budget, scenario.cost_each)
    found = decided(priority, ranking, places=places)
    left_out = scenario.left_out or 0
    return replace(found, tallies=replace(found.tallies, left_out=left_out))
