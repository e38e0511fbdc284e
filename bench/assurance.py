"""The six checks of the auditor, against their bare form and a sequential count.

    python -m bench.assurance [--recipients 5000] [--villages 25] [--plans]

Recipients of one cycle; half of them were handed their aid, and one in a hundred has
some error. *Bare* is the same statement without row-level security, run by the owner
of the tables alone; *count* reads every entitlement once with what was handed over.
"""

import argparse
import statistics
import time
from collections.abc import Callable
from functools import partial

from django.db import connection
from rich.console import Console
from rich.table import Table

from bench.enrol import as_job, cycle_of, ground, run
from smartkampung.accounts.actor import Actor, Post
from smartkampung.accounts.roles import Role
from smartkampung.aid.assurance.queries.findings import statement_for, tally_for
from smartkampung.aid.assurance.rules import Error
from smartkampung.aid.cycles.actions.approve import approve_list
from smartkampung.aid.models import VillageList
from smartkampung.kernel.clock import now, today

out = Console(width=100)
AUDITOR = Actor(1, "auditor", (Post(Role.AUDITOR, ("35.10",)),))
HANDED_OVER = """
    INSERT INTO aid_handover (id, entitlement_id, outcome, due, quantity, proof, note,
        recorded_by_id, recorded_at)
    SELECT gen_random_uuid(), id, 'received', amount, amount, 'one_time_code', '',
        %(staff)s, now()
    FROM aid_entitlement WHERE id % 2 = 0
"""
ERRORS = (
    "UPDATE residents_person SET status = 'dead' WHERE id % 500 = 1",
    "UPDATE aid_entitlement SET enrolment_id = NULL WHERE id % 500 = 2",
    "UPDATE residents_person SET nik = NULL, nik_index = NULL WHERE id % 500 = 3",
    "UPDATE aid_entitlement SET cancelled = true WHERE id % 500 = 4",
)
COUNT = """
    SELECT e.programme_id, count(*), count(h.id) FROM aid_entitlement e
    LEFT JOIN aid_handover h ON h.entitlement_id = e.id GROUP BY 1
"""
UNGUARDED = [
    f"aid_{name}"
    for name in [
        "entitlement",
        "handover",
        "payment",
        "paymentbatch",
        "claim",
        "decision",
        "objection",
        "proposal",
        "proposalevent",
    ]
]
TIMES = 5


def main() -> None:
    """Make recipients, then time each check as the page runs it, bare, and the count."""
    options = argparse.ArgumentParser(description="Run the checks of the auditor.")
    options.add_argument("--recipients", type=int, default=5_000)
    options.add_argument("--villages", type=int, default=25)
    options.add_argument("--plans", action="store_true", help="print each plan")
    asked = options.parse_args()
    with out.status("Making recipients"):
        _recipients(asked.recipients, asked.villages)
    ours = {error: _ms(partial(_tally, error)) for error in Error}
    found = {error: as_job(partial(_tally, error)) for error in Error}
    if asked.plans:
        _plans()
    for table in UNGUARDED:
        as_job(partial(run, f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY", {}))
    bare = {error: _ms(partial(_bare, error)) for error in Error}
    _show(ours, bare, found, _ms(partial(_read, COUNT)))


def _recipients(recipients: int, villages: int) -> None:
    staff = ground(recipients, villages)
    cycle = cycle_of("Audited", staff, recipients, second=False)
    camat = Actor(staff[2], "camat")
    for village in as_job(lambda: list(VillageList.objects.filter(cycle=cycle))):
        as_job(partial(approve_list, village=village, by=camat, at=now()))
    as_job(partial(run, HANDED_OVER.replace("% 2", "%% 2"), {"staff": staff[0]}))
    for statement in ERRORS:
        as_job(partial(run, statement.replace("% 500", "%% 500"), {}))
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def _tally(error: Error) -> int:
    return sum(row.findings for row in tally_for(AUDITOR, error, on=today()))


def _bare(error: Error) -> None:
    statement, told = statement_for(("35.10",), error)
    with connection.cursor() as cursor:
        cursor.execute(statement, {**told, "on": today()})
        cursor.fetchall()


def _read(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        cursor.fetchall()


def _plans() -> None:
    for error in Error:
        as_job(partial(_plan, error))


def _plan(error: Error) -> None:
    statement, told = statement_for(("35.10",), error)
    with connection.cursor() as cursor:
        cursor.execute(
            f"EXPLAIN (ANALYZE, COSTS OFF) {statement}", {**told, "on": today()}
        )
        out.print(error.value, *(f"\n{row[0]}" for row in cursor.fetchall()))


def _ms(work: Callable[[], object]) -> float:
    times = []
    for _ in range(TIMES):
        begun = time.perf_counter()
        as_job(work)
        times.append(time.perf_counter() - begun)
    return statistics.median(times) * 1000


def _show(
    ours: dict[Error, float],
    bare: dict[Error, float],
    found: dict[Error, int],
    count: float,
) -> None:
    table = Table("check", "found", "ms", "bare ms", "ratio", "count ms", "count/check")
    for error in Error:
        table.add_row(
            error.value,
            str(found[error]),
            f"{ours[error]:.1f}",
            f"{bare[error]:.1f}",
            f"{bare[error] / ours[error]:.2f}",
            f"{count:.1f}",
            f"{count / ours[error]:.2f}",
        )
    out.print(table)
    out.print(f"all six: {sum(ours.values()):.0f} ms")


if __name__ == "__main__":
    main()
