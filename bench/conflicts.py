"""The conflict check of one NIK in the database: from fingerprint to red lights.

    python -m bench.conflicts [--people 60000] [--times 2000]

Each check finds the person by the fingerprint of the NIK, what the family receives,
and the cells of the matrix for every programme. The aim is p99 below 5 ms. The ceiling
is the bare look-up of the person.
"""

import argparse
import random
import time

from rich.console import Console

from bench.town import town

out = Console(width=100)
CHECK = """
SELECT n.id, c.effect FROM residents_person p
JOIN aid_enrolment n ON n.family_id = p.family_id
    AND n.since <= current_date AND (n.until IS NULL OR n.until > current_date)
CROSS JOIN aid_programme g
LEFT JOIN aid_conflict c ON c.first_id = least(g.code, n.programme_id)
    AND c.second_id = greatest(g.code, n.programme_id)
    AND c.component IN ('', n.component) AND c.since <= current_date
    AND (c.until IS NULL OR c.until > current_date)
WHERE p.nik_index = %s AND g.takes_reports
"""
FIND = "SELECT id FROM residents_person WHERE nik_index = %s"


def main() -> None:
    """Measure the check and the bare look-up, one after another."""
    options = argparse.ArgumentParser(description="Check conflicts of one NIK.")
    options.add_argument("--people", type=int, default=62_000)
    options.add_argument("--times", type=int, default=2_000)
    asked = options.parse_args()
    with town(asked.people):
        # Django is set up by now.
        from django.db import connection

        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT nik_index FROM residents_person WHERE nik_index IS NOT NULL"
                " AND status = 'living' ORDER BY id LIMIT 20000"
            )
            known = [row[0] for row in cursor.fetchall()]
            chance = random.Random(1)
            spent: dict[str, list[float]] = {CHECK: [], FIND: []}
            for _ in range(asked.times):
                for sql, times in spent.items():
                    begun = time.perf_counter()
                    cursor.execute(sql, [chance.choice(known)])
                    cursor.fetchall()
                    times.append((time.perf_counter() - begun) * 1000)
    check, find = (sorted(times) for times in spent.values())
    p50, p99 = (check[int(len(check) * part)] for part in (0.5, 0.99))
    bare = find[len(find) // 2]
    out.print(
        f"conflict check of one NIK: p50 {p50:.2f} ms, p99 {p99:.2f} ms (aim < 5);"
        f" bare look-up p50 {bare:.2f} ms, ratio {bare / p50:.2f}"
    )


if __name__ == "__main__":
    main()
