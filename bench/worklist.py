"""The list of a kecamatan with 20,000 open tasks, against bare SQL in the same run.

    python -m bench.worklist [--tasks 20000] [--rounds 40]

Through the whole stack of the program (sessions, rights, templates), without the
network. Beside it the two statements that any list needs: one count by urgency, kind
and place, one page of rows. Nothing of it is kept.
"""

import argparse
import logging
import random
import statistics
import time
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

from rich.console import Console

from bench.town import town

AIM_MS, SEED = 150, 3510
COUNT = """
    SELECT urgent, CASE WHEN due_at < %(at)s - interval '3 days' THEN 'stuck'
        WHEN due_at < %(at)s THEN 'overdue' WHEN due_at < %(night)s THEN 'today'
        ELSE 'later' END AS bucket, kind, region_code, count(*)
    FROM worklist_workitem WHERE closed_at IS NULL AND permission = ANY(%(may)s)
        AND region_code LIKE %(below)s GROUP BY 1, 2, 3, 4
"""
PAGE = """
    SELECT * FROM worklist_workitem WHERE closed_at IS NULL
        AND permission = ANY(%(may)s) AND region_code LIKE %(below)s
    ORDER BY urgent DESC, due_at, id LIMIT 25
"""
VIEWS = {
    "first page": "",
    "page 400": "?page=400",
    "due today": "?show=today",
    "one kind": "?kind=aid.decide",
    "one village": "?area={village}",
}
out = Console()


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser(description="Open a long list of work.")
    options.add_argument("--people", type=int, default=6_000)
    options.add_argument("--tasks", type=int, default=20_000)
    options.add_argument("--rounds", type=int, default=20)
    asked = options.parse_args()
    with town(asked.people):
        logging.disable(logging.INFO)
        from django.db import transaction

        with transaction.atomic():
            _measure(asked.tasks, asked.rounds)
            transaction.set_rollback(True)


def _measure(tasks: int, rounds: int) -> None:
    """Fill the list of a kecamatan and open it. Django is set up by now."""
    from django.db import connection
    from django.test import Client

    from smartkampung.accounts.adapters import SECOND_FACTOR
    from smartkampung.accounts.models import Staff

    kecamatan, villages, may = _fill(tasks)
    client = Client(headers={"host": "localhost"})
    client.force_login(
        Staff.objects.get(username="camat"),
        backend="smartkampung.accounts.backends.StaffBackend",
    )
    session = client.session
    session[SECOND_FACTOR] = True
    session.save()
    values = _values(kecamatan, may)

    def bare() -> None:
        with connection.cursor() as cursor:
            for statement in (COUNT, PAGE):
                cursor.execute(statement, values)
                cursor.fetchall()

    def page(query: str) -> None:
        answer = client.get("/staff/" + query)
        assert answer.status_code == 200, answer.status_code

    sql = _timed("bare SQL", bare, rounds)
    for name, query in VIEWS.items():
        address = query.format(village=villages[0])
        took = _timed(name, partial(page, address), rounds)
        out.print(f"    ratio to bare SQL {took / sql:.1f}   (aim {AIM_MS} ms)")


def _fill(tasks: int) -> tuple[str, list[str], list[str]]:
    """Put tasks on the list of the kecamatan that is played, over all its RTs."""
    from django.db import connection

    from smartkampung.demo.cast import KECAMATAN
    from smartkampung.kernel.clock import now
    from smartkampung.regions.queries import rts_of, villages_of
    from smartkampung.web.aid_staff.kinds import KINDS
    from smartkampung.worklist.models import WorkItem

    draw = random.Random(SEED)
    kinds = ["aid.decide", "aid.batch", "aid.hand_over", "aid.approve_list"]
    rts = list(rts_of(KECAMATAN).values_list("code", flat=True))
    at = now()
    WorkItem.objects.bulk_create(
        (
            WorkItem(
                kind=(kind := draw.choice(kinds)),
                permission=KINDS[kind].permission,
                target=f"bench.row:{number}",
                region_code=draw.choice(rts),
                opened_at=at,
                due_at=at + timedelta(hours=draw.randint(-200, 400)),
                urgent=draw.random() < 0.05,
            )
            for number in range(tasks)
        ),
        batch_size=2_000,
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE worklist_workitem")
    villages = [row.code for row in villages_of(KECAMATAN)]
    out.print(f"{tasks} tasks in {len(rts)} RTs of {len(villages)} villages")
    return KECAMATAN, villages, sorted({KINDS[kind].permission for kind in kinds})


def _values(kecamatan: str, may: list[str]) -> dict[str, Any]:
    from smartkampung.kernel.clock import end_of_day, now

    at = now()
    below = f"{kecamatan}.%"
    return {"at": at, "night": end_of_day(at.date()), "may": may, "below": below}


def _timed(name: str, act: Callable[[], None], rounds: int) -> float:
    """Do it many times; print and return the median in milliseconds."""
    act()
    times = []
    own = time.process_time()
    for _ in range(rounds):
        begun = time.perf_counter()
        act()
        times.append((time.perf_counter() - begun) * 1000)
    median = statistics.median(times)
    out.print(
        f"{name:<14}median {median:6.1f} ms   best {min(times):6.1f} ms"
        f"   p95 {sorted(times)[int(len(times) * 0.95)]:6.1f} ms"
        f"   of it ours {(time.process_time() - own) * 1000 / rounds:5.1f} ms"
    )
    return median


if __name__ == "__main__":
    main()
