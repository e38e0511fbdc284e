"""Anybody tries anything, many times over: does a promise of the aid ever break?

    python -m bench.stateful [--tries 100000]

Not a measure of speed but of patience: the same tries as in the suite, drawn at
random. Prints how often each came about; a broken promise ends it with the shortest
way there that was seen.
"""

import argparse
import time

from django.db import transaction
from rich.console import Console

from bench import place

PER_EXAMPLE = 100
out = Console()


def main() -> None:
    """Try and print."""
    options = argparse.ArgumentParser(description="Let anybody try anything.")
    options.add_argument("--tries", type=int, default=100_000)
    asked = options.parse_args()
    # The database of ``place`` must be there before the machine knows any table.
    from tests.aid_machine.everything import let_anybody_try

    out.print(f"{asked.tries:,} tries (in {place.HOME.name}) ...")
    begun = time.perf_counter()
    with transaction.atomic():
        tally = let_anybody_try(
            examples=asked.tries // PER_EXAMPLE, tries=PER_EXAMPLE, derandomize=False
        )
        transaction.set_rollback(True)
    took = time.perf_counter() - begun
    for what, times in sorted(tally.items()):
        out.print(f"{times:8,}  {what}")
    out.print(f"{sum(tally.values()):8,}  in {took:.0f} s, and every promise held")


if __name__ == "__main__":
    main()
