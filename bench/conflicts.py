"""The conflict check of one NIK in the database: from fingerprint to red lights.

    python -m bench.conflicts [--people 60000] [--times 2000]

Each check finds the person by the fingerprint of the NIK and asks the product's own
``red_lights`` about every programme that takes reports; counted is the time of its
statements in the database. The aim is p99 below 5 ms. The ceiling is the bare look-up.
"""

import argparse
import random
import time
from typing import Any

from rich.console import Console

from bench.town import town

out = Console(width=100)
FIND = "SELECT id, family_id FROM residents_person WHERE nik_index = %s"


def _measured(times: int) -> tuple[list[float], list[float]]:
    # Django is set up by now.
    from django.db import connection, transaction

    from smartkampung.aid.queries.conflicts import red_lights
    from smartkampung.kernel.clock import today
    from smartkampung.kernel.rls import Kind, act_as

    spent: list[float] = []

    def timed(execute: Any, sql: Any, params: Any, many: Any, context: Any) -> Any:
        begun = time.perf_counter()
        try:
            return execute(sql, params, many, context)
        finally:
            spent.append((time.perf_counter() - begun) * 1000)

    check, find = [], []
    with transaction.atomic(), connection.cursor() as cursor:
        act_as(Kind.JOB)
        cursor.execute(
            "SELECT nik_index FROM residents_person WHERE nik_index IS NOT NULL"
            " AND status = 'living' ORDER BY id LIMIT 20000"
        )
        known = [row[0] for row in cursor.fetchall()]
        chance = random.Random(1)
        for _ in range(times):
            spent.clear()
            with connection.execute_wrapper(timed):
                cursor.execute(FIND, [chance.choice(known)])
                person, family = cursor.fetchone()
                find.append(sum(spent))
                red_lights(family_id=family, person_id=person, on=today())
            check.append(sum(spent))
    return sorted(check), sorted(find)


def main() -> None:
    """Measure the check and the bare look-up, one after another."""
    options = argparse.ArgumentParser(description="Check conflicts of one NIK.")
    options.add_argument("--people", type=int, default=62_000)
    options.add_argument("--times", type=int, default=2_000)
    asked = options.parse_args()
    with town(asked.people):
        check, find = _measured(asked.times)
    p50, p99 = (check[int(len(check) * part)] for part in (0.5, 0.99))
    bare = find[len(find) // 2]
    out.print(
        f"conflict check of one NIK: p50 {p50:.2f} ms, p99 {p99:.2f} ms (aim < 5);"
        f" bare look-up p50 {bare:.2f} ms, ratio {bare / p50:.2f}"
    )


if __name__ == "__main__":
    main()
