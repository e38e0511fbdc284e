"""The trained model: what each degree of agreement weighs, in bits (log2 of odds).

One more bit makes "the same person" twice as likely. The numbers stand in a file with
a version, which says how they were trained.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from math import log2
from pathlib import Path
from typing import Any, NamedTuple

from smartkampung.duplicates.rules.comparisons import COMPARISONS, UNKNOWN, levels_of
from smartkampung.duplicates.rules.traits import Traits

FILE = Path(__file__).parent.parent / "data" / "model.json"
Share = Callable[[str, str], float | None]
# Nearly empty registries are judged as if they held so many.
FEWEST = 50_000
# The levels to which the rarity of the value adds, and the column it is of.
RARE = {
    (comparison.name, level.code): level.rare
    for comparison in COMPARISONS
    for level in comparison.levels
    if level.rare
}


class Odds(NamedTuple):
    """How often a level is reached by pairs of one person (m), and of two (u)."""

    m: float
    u: float

    @property
    def weight(self) -> float:
        """Return the evidence in bits."""
        return log2(self.m / self.u)


@dataclass(frozen=True)
class Model:
    """Trained odds, how common duplicates are, and from which weight on to propose."""

    version: str
    trained: Mapping[str, Any]
    duplicates_per_person: float
    threshold: float
    rarest_share: float
    odds: Mapping[str, Mapping[str, Odds]]

    def chance_of_two(self, people: int) -> float:
        """Return how likely two records drawn at random are of one person."""
        return 2 * self.duplicates_per_person / max(people, FEWEST)

    def prior(self, people: int) -> float:
        """Return that chance in bits, to which the evidence is added."""
        chance = self.chance_of_two(people)
        return log2(chance / (1 - chance))


class Evidence(NamedTuple):
    """What speaks for and against one person: level and bits of each comparison."""

    weight: float
    why: dict[str, tuple[str, float]]

    @property
    def name_level(self) -> str:
        """Return how alike the names are."""
        return self.why["name"][0]


def read_model(path: Path = FILE) -> Model:
    """Read a model; raise ValueError when it does not fit the comparisons."""
    content = json.loads(path.read_text(encoding="utf-8"))
    odds = {
        name: {code: Odds(*pair) for code, pair in levels.items()}
        for name, levels in content.pop("odds").items()
    }
    expected = {c.name: [level.code for level in c.levels] for c in COMPARISONS}
    if {name: list(levels) for name, levels in odds.items()} != expected:
        raise ValueError(f"{path.name} was trained for other comparisons")
    return Model(**content, odds=odds)


@cache
def current_model() -> Model:
    """Return the model that this version ships."""
    return read_model()


def evidence(
    model: Model, a: Traits, b: Traits, *, people: int, share: Share
) -> Evidence:
    """Return the weight of all that two records agree and disagree in.

    ``share`` answers how common a value of a column is among ``people``, or nothing
    when it is rare.
    """
    why = {}
    for name, code in levels_of(a, b).items():
        bits = 0.0
        if code != UNKNOWN:
            odds = model.odds[name][code]
            bits = odds.weight
            if column := RARE.get((name, code)):
                common = share(column, getattr(a, column)) or 0.0
                bits += log2(odds.u / max(common, model.rarest_share))
        why[name] = (code, round(bits, 2))
    weight = model.prior(people) + sum(bits for _, bits in why.values())
    return Evidence(round(weight, 2), why)
