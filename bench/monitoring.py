"""Monitoring: the list of an officer, and the nightly pass, with everybody in isolation.

    python -m bench.monitoring [--stays 8500] [--checks 120000] [--people 60000]

8,513 people came home in June 2020, each to be seen for 14 days: 120,000 checks. The
rows are made by set-wise statements on the thirteenth day of everybody and rolled back.
Ceiling of the list: a bare count of what is due for one Puskesmas, without policies'
help for it. Aims: the page under 100 ms, the pass under 5 s.
"""

import argparse
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from rich.console import Console

from bench.town import town

out = Console(width=100)
DAYS = 13

PARTIES = """
    INSERT INTO isolation_reservation (code_hash, state, setting, region_code,
        centre_id, address, arrives_on, origin_code, entry_point, language, needs,
        assessment, walked_in, made_at)
    SELECT sha256(('bench' || i)::bytea), 'arrived', 'home', v.village_id, v.centre_id,
        'Bench ' || i, %(since)s::date, '35.78', 'ketapang', 'id', '{}', '{}', false,
        %(since)s::date
    FROM generate_series(1, %(stays)s) AS i
    JOIN (SELECT village_id, centre_id, row_number() OVER (ORDER BY village_id) AS n,
            count(*) OVER () AS villages FROM regions_servedvillage) AS v
        ON v.n = i %% v.villages + 1
"""
STAYS = """
    INSERT INTO isolation_stay (reservation_id, state, during, name, sex, born_on,
        document_kind, bound, emergency_contact, present_at, reason)
    SELECT id, 'present', daterange(arrives_on, arrives_on + 14), 'Orang ' || id, 'L',
        date '1950-01-01' + (id %% 25000)::int, '', true, '', arrives_on, ''
    FROM isolation_reservation WHERE address LIKE 'Bench %%'
"""
# Everybody was followed but every thirtieth yesterday; the rest of the checks are
# tries at which nobody was there.
CHECKS = """
    INSERT INTO isolation_check (form_id, obligation_id, stay_id, outcome, at, by_id)
    SELECT gen_random_uuid(), o.id, o.stay_id, 'seen', o.opens_at + interval '9 hours',
        %(by)s
    FROM isolation_obligation o JOIN isolation_stay s ON s.id = o.stay_id
    JOIN isolation_reservation r ON r.id = s.reservation_id
    WHERE r.address LIKE 'Bench %%' AND o.due_on < %(today)s::date
      AND NOT (o.stay_id %% 30 = 0 AND o.due_on = %(today)s::date - 1)
"""
TRIES = """
    INSERT INTO isolation_check (form_id, obligation_id, stay_id, outcome, at, by_id)
    SELECT gen_random_uuid(), o.id, o.stay_id, 'absent',
        o.opens_at + interval '8 hours', %(by)s
    FROM isolation_obligation o JOIN isolation_stay s ON s.id = o.stay_id
    JOIN isolation_reservation r ON r.id = s.reservation_id
    WHERE r.address LIKE 'Bench %%' AND o.due_on < %(today)s::date
    LIMIT greatest(0, %(checks)s - (SELECT count(*) FROM isolation_check))
"""
READINGS = """
    INSERT INTO isolation_reading (check_made_id, stay_id, at, unwell, temperature,
        symptoms, note)
    SELECT c.form_id, c.stay_id, c.at, c.stay_id %% 50 = 0, 36.5, '{}', ''
    FROM isolation_check c WHERE c.outcome = 'seen'
      AND NOT EXISTS (SELECT 1 FROM isolation_reading m WHERE m.check_made_id = c.form_id)
"""
BARE = """
    SELECT count(*) FROM isolation_obligation o JOIN isolation_stay s ON s.id = o.stay_id
    JOIN isolation_reservation r ON r.id = s.reservation_id
    WHERE o.due_on = %(today)s::date AND r.centre_id = %(centre)s
"""


def main() -> None:
    """Fill a town, measure, and take everything back."""
    options = argparse.ArgumentParser(description="Look after everybody in isolation.")
    options.add_argument("--stays", type=int, default=8_500)
    options.add_argument("--checks", type=int, default=120_000)
    options.add_argument("--people", type=int, default=60_000)
    asked = options.parse_args()
    with town(asked.people):
        from django.db import transaction

        from smartkampung.kernel.clock import WIB

        midday = datetime.now(tz=WIB).replace(hour=9, minute=0, second=0, microsecond=0)
        with transaction.atomic():
            _fill(asked.stays, asked.checks, midday)
            _list(midday)
            _pass(midday)
            transaction.set_rollback(True)


def _fill(stays: int, checks: int, at: datetime) -> None:
    from django.db import connection

    from smartkampung.accounts.models import Staff
    from smartkampung.isolation.monitoring import bulk
    from smartkampung.kernel.rls import Kind, act_as

    act_as(Kind.JOB)
    given: dict[str, Any] = {
        "stays": stays,
        "checks": checks,
        "since": (at - timedelta(days=DAYS - 1)).date(),
        "today": at.date(),
        "by": Staff.objects.get(username="ratna").pk,
    }
    with connection.cursor() as cursor:
        cursor.execute(PARTIES, given)
        cursor.execute(STAYS, given)
        made = _seconds(lambda: bulk.generate(at=at))
        out.print(f"{DAYS} days of looks made at once    {made:7.2f} s")
        for statement in (CHECKS, TRIES, READINGS):
            cursor.execute("ANALYZE")
            cursor.execute(statement, given)
        cursor.execute("SELECT count(*) FROM isolation_check")
        out.print(f"{stays} in isolation, {cursor.fetchone()[0]} checks")
        cursor.execute("ANALYZE")


def _list(at: datetime) -> None:
    from django.db import connection
    from django.test import Client

    from bench.staff import session_of

    cookies = session_of("ratna").cookies
    page = Client(headers={"host": "localhost", "cookie": cookies})
    times = sorted(
        _seconds(partial(page.get, "/staff/isolation/monitoring/")) for _ in range(21)
    )
    out.print(
        f"list of a Puskesmas   p50 {times[10] * 1000:7.1f} ms"
        f"   p95 {times[19] * 1000:7.1f} ms   (aim 100)"
    )
    with connection.cursor() as cursor:
        cursor.execute("SELECT centre_id FROM regions_servedvillage LIMIT 1")
        given = {"today": at.date(), "centre": cursor.fetchone()[0]}
        bare = min(_seconds(lambda: cursor.execute(BARE, given)) for _ in range(5))
    out.print(f"bare count of one Puskesmas     {bare * 1000:7.1f} ms")


def _pass(at: datetime) -> None:
    from smartkampung.isolation.monitoring.actions.alerts import pass_once
    from smartkampung.kernel.rls import Kind, act_as

    act_as(Kind.JOB)
    midnight = (at + timedelta(days=1)).replace(hour=0, minute=2)
    made: list[int] = []
    first = _seconds(lambda: made.append(pass_once(at=midnight)))
    again = _seconds(lambda: made.append(pass_once(at=midnight)))
    out.print(f"nightly pass  {first:6.2f} s, {made[0]} alerts   (aim 5)")
    out.print(f"once more     {again:6.2f} s, {made[1]} alerts")


def _seconds(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


if __name__ == "__main__":
    main()
