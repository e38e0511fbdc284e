"""Search: names within a jurisdiction, the 100 commonest included.

    python -m bench.search [--people 1750000]

Every search is the whole of ``residents.queries.search`` in a transaction of its own:
the query or two, the people, and the looks in the access log. The ceiling is what no
search can do without: a page of people by key, and their looks.
"""

import argparse
import random
import time
from collections.abc import Callable, Iterable
from typing import Any

from rich.console import Console

from bench.town import town

AREAS = ("rt", "village", "kecamatan", "regency")
EACH = 100
out = Console(width=100)


def main() -> None:
    """Measure every kind of name in every size of area."""
    options = argparse.ArgumentParser(description="Search people by name.")
    options.add_argument("--people", type=int, default=60_000)
    options.add_argument("--seed", type=int, default=1)
    asked = options.parse_args()
    with town(asked.people):
        # Django is set up by now.
        from bench import names

        dice = random.Random(asked.seed)
        kinds = {
            "100 commonest words": names.commonest(EACH),
            "full names": names.full(EACH, dice),
            "full names, mistyped": [
                names.mistyped(name, dice) for name in names.full(EACH, dice)
            ],
            "common word and year": [
                f"{word} @{1950 + at % 60}"
                for at, word in enumerate(names.commonest(EACH))
            ],
        }
        ceiling = _times(names.page_of_people, range(EACH))
        _tell("a page of people by key", "", ceiling)
        every = []
        for kind, wanted in kinds.items():
            for area in AREAS:
                find = names.finder(area)
                _times(find, wanted[:10])
                taken = _times(find, wanted)
                every += taken
                _tell(kind, area, taken)
    _tell("all", "", every)
    ratio = _percentile(ceiling, 0.95) / _percentile(every, 0.95)
    out.print(f"p95 of the ceiling to p95 of a search  {ratio:5.2f}")
    out.print(
        f"p95 of a search  {_percentile(every, 0.95):5.1f} ms   (aim under 60 ms)"
    )


def _times(ask: Callable[[Any], None], wanted: Iterable[Any]) -> list[float]:
    taken = []
    for item in wanted:
        begun = time.perf_counter()
        ask(item)
        taken.append((time.perf_counter() - begun) * 1000)
    return taken


def _percentile(taken: list[float], share: float) -> float:
    return sorted(taken)[min(int(len(taken) * share), len(taken) - 1)]


def _tell(kind: str, area: str, taken: list[float]) -> None:
    p50, p95, worst = (_percentile(taken, share) for share in (0.5, 0.95, 1))
    out.print(
        f"{kind:<26}{area:<12}p50 {p50:6.1f} ms   p95 {p95:6.1f} ms   worst {worst:6.1f} ms"
    )


if __name__ == "__main__":
    main()
