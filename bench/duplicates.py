"""Duplicates: how many planted doubles are found, and how long a whole search takes.

    python -m bench.duplicates [--people 1750000] [--seed 5] [--database]

Made-up people, one in a hundred of them registered twice in one of ten ways, none of
them those that the weights were trained on. With ``--database`` the reading from
PostgreSQL is measured too, in a town of that size (``bench.town``).
"""

import argparse
import resource
import time
from collections import Counter
from typing import NamedTuple

from rich.console import Console

from bench.town import town

SMALL_TOWN = 1_000
STRICTER = (2, 3, 4, 6)  # other thresholds of proposals, to choose from
Truth = dict[tuple[int, int], str]
out = Console()


class Found(NamedTuple):
    """What a search proposed, and how long its parts took."""

    pairs: dict[tuple[int, int], float]  # with the weight of what speaks for them
    looked_at: float
    explained: float


def main() -> None:
    """Measure once and print the figures."""
    options = argparse.ArgumentParser(description="Find people registered twice.")
    options.add_argument("--people", type=int, default=60_000)
    options.add_argument("--seed", type=int, default=5)
    options.add_argument("--database", action="store_true")
    asked = options.parse_args()
    with town(asked.people if asked.database else SMALL_TOWN):
        reading = _read() if asked.database else 0.0
        found, truth = _search(asked.people, asked.seed)
    _tell_quality(found.pairs, truth)
    whole = reading + found.looked_at + found.explained
    out.print(
        f"search, explain          {found.looked_at:8.1f} s {found.explained:8.1f} s"
    )
    out.print(f"in all                   {whole:8.1f} s   (aim 120 s at 1.75 million)")
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    out.print(f"peak memory              {memory:8.0f} MB  (aim 6,000 MB)")


def _read() -> float:
    """Read everybody from PostgreSQL as a run does; return the seconds."""
    # Django is set up by now.
    from smartkampung.duplicates.linkage.registry import everybody
    from smartkampung.duplicates.linkage.table import table_of

    begin = time.perf_counter()
    count = table_of(everybody()).num_rows
    seconds = time.perf_counter() - begin
    out.print(
        f"read, unseal, veil, fold {seconds:8.1f} s {count / seconds:10,.0f} people/s"
    )
    return seconds


def _search(people: int, seed: int) -> tuple[Found, Truth]:
    from smartkampung.demo.doubled import DoubledRegency
    from smartkampung.duplicates.linkage.engine import in_memory, registered
    from smartkampung.duplicates.linkage.find import Search
    from smartkampung.duplicates.linkage.table import table_of
    from smartkampung.duplicates.rules.weights import current_model

    regency = DoubledRegency(people, seed=seed)
    table = table_of(regency.facts())
    truth = regency.truth()
    out.print(f"people {table.num_rows:,}, registered twice {len(truth):,}")
    with in_memory() as engine:
        begin = time.perf_counter()
        search = Search(
            registered(engine, table), current_model(), count=table.num_rows
        )
        pairs = search.pairs()
        middle = time.perf_counter()
        weights = {(pair.first, pair.second): pair.weight for pair in pairs}
        kept = {
            (one.first, one.second): weights[one.first, one.second]
            for one in search.explained(pairs)
        }
        end = time.perf_counter()
    return Found(kept, middle - begin, end - middle), truth


def _tell_quality(found: dict[tuple[int, int], float], truth: Truth) -> None:
    right = found.keys() & truth.keys()
    planted, hit = Counter(truth.values()), Counter(truth[pair] for pair in right)
    for kind in sorted(planted):
        out.print(f"  {kind:<22} {hit[kind] / planted[kind]:8.3f} of {planted[kind]:,}")
    out.print(f"recall                   {len(right) / len(truth):8.3f}   (aim 0.95)")
    out.print(f"precision                {len(right) / len(found):8.3f}   (aim 0.95)")
    for more in STRICTER:
        strict = {pair for pair, weight in found.items() if weight >= more}
        hits = len(strict & truth.keys())
        recall, precision = hits / len(truth), hits / len(strict)
        out.print(
            f"  above weight {more}: recall {recall:.3f}, precision {precision:.3f}"
        )


if __name__ == "__main__":
    main()
