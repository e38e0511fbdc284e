"""Five phones in the hills, many times over: is anything lost, doubled, overwritten?

    python -m bench.fieldwork [--operations 10000] [--seed 1]

Not a measure of speed but of patience: the same operations as in the suite
(``tests/domain/field/test_anything.py``), with 30 % lost and 10 % doubled. A broken
promise ends it; the seed shows it again. Each 500 operations begin in new hills.
"""

import argparse
import inspect
import logging
import time
from collections import Counter

from django.conf import settings
from django.db import transaction
from rich.console import Console
from rich.progress import track

from bench import place

PER_HILLS = 500
out = Console()


def main() -> None:
    """Act and print."""
    options = argparse.ArgumentParser(description="Let phones lose their network.")
    options.add_argument("--operations", type=int, default=10_000)
    options.add_argument("--seed", type=int, default=1)
    asked = options.parse_args()
    logging.disable(logging.WARNING)
    settings.ALLOWED_HOSTS = ["testserver"]
    # The database of ``place`` must be there before the machine knows any table.
    from tests import cases
    from tests.fieldwork_machine import let_phones_work

    # Built by the actions each time: what tests keep of a world goes with the hills.
    vars(cases)["desk"] = inspect.unwrap(cases.desk)

    out.print(f"{asked.operations:,} operations (in {place.HOME.name}) ...")
    tally: Counter[str] = Counter()
    begun = time.perf_counter()
    for number in track(range(-(-asked.operations // PER_HILLS)), console=out):
        with transaction.atomic():
            tally += let_phones_work(PER_HILLS, seed=asked.seed + number)
            transaction.set_rollback(True)
    took = time.perf_counter() - begun
    for what, times in sorted(tally.items()):
        out.print(f"{times:8,}  {what}")
    out.print(
        f"{asked.operations:8,}  in {took:.0f} s, and nothing was lost or doubled"
    )


if __name__ == "__main__":
    main()
