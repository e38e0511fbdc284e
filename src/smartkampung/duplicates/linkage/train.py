"""Train the odds: disagreement of strangers by chance, agreement of known doubles."""

from collections.abc import Iterable
from typing import Any

import pyarrow as pa
from splink import Linker

from smartkampung.duplicates.linkage.engine import in_memory, registered
from smartkampung.duplicates.linkage.settings import blank_settings

# No kind of mistake is impossible, and no agreement proves anything by itself.
LEAST_M, LEAST_U = 0.003, 1e-6
# A NIK repeats birth date and region, which are compared by themselves: of strangers who
# share those, about so many come within a digit or two. Counted among all strangers
# they would look like proof.
REPEATED_U = {("nik", "one_digit"): 0.005, ("nik", "two_digits"): 0.01}


def trained_odds(
    people: pa.Table, doubles: Iterable[tuple[int, int]], *, strangers: float, seed: int
) -> dict[str, Any]:
    """Return m and u of every level of every comparison.

    ``doubles`` are pairs known to be of one person; so many pairs of ``strangers``
    are drawn at random.
    """
    pairs = list(doubles)
    known = pa.table({"id_l": [a for a, _ in pairs], "id_r": [b for _, b in pairs]})
    with in_memory() as engine:
        linker = Linker(registered(engine, people), blank_settings(), log_level=None)
        linker.training.estimate_u_using_random_sampling(
            max_pairs=strangers, seed=seed, min_count_per_level=None
        )
        linker.training.estimate_m_from_pairwise_labels(
            registered(engine, known, "known")
        )
        found = linker.misc.save_model_to_json()["comparisons"]
    return {
        (name := comparison["output_column_name"]): _odds(
            name, comparison["comparison_levels"]
        )
        for comparison in found
    }


def _odds(name: str, levels: list[dict[str, Any]]) -> dict[str, list[float]]:
    found = {}
    for level in levels:
        if level.get("is_null_level"):
            continue
        code = level["label_for_charts"]
        least_u = REPEATED_U.get((name, code), LEAST_U)
        found[code] = [
            round(max(level.get("m_probability", LEAST_M), LEAST_M), 6),
            round(max(level.get("u_probability", least_u), least_u), 9),
        ]
    return found
