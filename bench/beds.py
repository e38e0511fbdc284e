"""Anybody does anything with the beds of a kecamatan, many times over.

    python -m bench.beds [--acts 100000] [--seed 1]

Not a measure of speed but of patience: the same acts as in the suite
(``tests/domain/isolation/test_anything.py``). A broken promise ends it; the seed and
the count of acts show it again. Each thousand acts begin in a kecamatan of their own.
"""

import argparse
import time
from collections import Counter

from django.db import transaction
from rich.console import Console
from rich.progress import track

from bench import place
from smartkampung.kernel.rls import Kind, act_as

PER_PLACE = 1_000
out = Console()


def main() -> None:
    """Act and print."""
    options = argparse.ArgumentParser(description="Let anybody do anything.")
    options.add_argument("--acts", type=int, default=100_000)
    options.add_argument("--seed", type=int, default=1)
    asked = options.parse_args()
    # The database of ``place`` must be there before the machine knows any table.
    from tests.isolation_machine import let_anybody_do

    out.print(f"{asked.acts:,} acts (in {place.HOME.name}) ...")
    tally: Counter[str] = Counter()
    begun = time.perf_counter()
    for number in track(range(-(-asked.acts // PER_PLACE)), console=out):
        with transaction.atomic():
            act_as(Kind.JOB)
            tally += let_anybody_do(PER_PLACE, seed=asked.seed + number)
            transaction.set_rollback(True)
    took = time.perf_counter() - begun
    for what, times in sorted(tally.items()):
        out.print(f"{times:8,}  {what}")
    out.print(f"{tally.total():8,}  in {took:.0f} s, and every promise held")


if __name__ == "__main__":
    main()
