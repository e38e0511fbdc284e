"""The monthly population report of the whole regency, by village and in total.

    python -m bench.population [--people 1750000]

The ceiling is the least that can be read: one bare SQL count of the living by
village, which answers for today only. The report counts two days and everything
between them.
"""

import argparse
import time
from collections.abc import Callable
from datetime import timedelta
from statistics import median

from django.db import connection
from rich.console import Console

from bench.town import town

ROUNDS = 9
BARE = (
    "SELECT left(region_code, 13), count(*) FROM residents_person"
    " WHERE status = 'living' GROUP BY 1"
)
out = Console(width=100)


def main() -> None:
    """Measure the report and the bare count, in turns."""
    options = argparse.ArgumentParser(description="The population report.")
    options.add_argument("--people", type=int, default=60_000)
    asked = options.parse_args()
    with town(asked.people):
        # Django is set up by now.
        from smartkampung.kernel.clock import today
        from smartkampung.residents.queries.population import (
            LENGTHS,
            flows,
            whole_of,
        )

        with connection.cursor() as cursor:
            # As autovacuum does soon after a load: then the index alone is read.
            cursor.execute("VACUUM ANALYZE residents_person")
            cursor.execute("SELECT left(min(region_code), 5) FROM residents_person")
            region = cursor.fetchone()[0]
        closing = today()
        opening = closing - timedelta(days=30)

        def report() -> None:
            days = {"opening": opening, "closing": closing}
            parts = flows(region=region, length=LENGTHS["village"], **days)
            whole_of(parts.values(), region=region, **days)

        bare, told = _in_turns(_bare, report)
    out.print(f"bare count by village   p50 {bare * 1000:7.1f} ms")
    out.print(f"the report              p50 {told * 1000:7.1f} ms   (aim < 1000)")
    out.print(f"ratio of the bare count to the report   {bare / told:.2f}")


def _bare() -> None:
    with connection.cursor() as cursor:
        cursor.execute(BARE)
        cursor.fetchall()


def _in_turns(*works: Callable[[], None]) -> list[float]:
    taken: list[list[float]] = [[] for _ in works]
    for _ in range(ROUNDS):
        for at, work in enumerate(works):
            begun = time.perf_counter()
            work()
            taken[at].append(time.perf_counter() - begun)
    return [median(times) for times in taken]


if __name__ == "__main__":
    main()
