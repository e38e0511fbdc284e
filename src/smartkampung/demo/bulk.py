"""Set-wise writes of the demo: who already receives aid, among how many.

The real counts of 2020 (of about 600,000 families) are scaled to the families that
there are. Families that look poorer come first, but not strictly: real lists hold
mistakes in both directions. The conflict matrix is respected by giving every family
at most one of the programmes that exclude each other.
"""

import json
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.db import connection

from smartkampung.demo.places import REGENCY

Values = dict[str, str | int | date | None]
SOURCE = "demo"
PUBLIC_HOLIDAY_LAG = timedelta(days=20)
# Slices of the ranking, from the poorest down: (programmes, families of 600,000).
# PKH families receive BPNT too; BLT-DD, BST, province and regency exclude each other.
SLICES: Sequence[tuple[tuple[str, ...], int]] = (
    (("pkh", "bpnt"), 50_629),
    (("bpnt",), 88_680),
    (("pkh",), 8_934),
    (("blt_dd",), 36_979),
    (("jatim",), 35_000),
    (("bst",), 32_344),
    (("apbd_food",), 21_700),
)
MOTHERS, DISABLED = 5_400, 4_000

RANK_FAMILIES = """
    CREATE TEMP TABLE demo_ranking ON COMMIT DROP AS
    SELECT f.id AS family_id, row_number() OVER (ORDER BY
        CASE WHEN h.occupation IN (1, 2, 19, 20, 21, 22, 23) THEN 3
             WHEN h.occupation IN (9, 11, 26, 84) THEN 1
             WHEN h.occupation IN (4, 5, 6, 7, 16, 64, 65, 72) THEN -4 ELSE 0 END
        + CASE WHEN h.education <= 3 THEN 1.5 WHEN h.education >= 6 THEN -2 ELSE 0 END
        + CASE WHEN h.born_on < %(old)s THEN 1.5 ELSE 0 END
        + CASE WHEN h.sex = 'P' THEN 1 ELSE 0 END
        + 4.5 * ('x' || substr(md5(f.id::text || 'rank'), 1, 6))::bit(24)::int
            / 16777216 DESC, f.id) AS place,
        CASE WHEN m.wives AND m.babies AND f.id %% 7 = 0 THEN 'pregnancy'
             WHEN m.babies THEN 'early_childhood' WHEN m.pupils THEN 'school'
             WHEN m.old THEN 'elderly' ELSE 'disability' END AS pkh_component
    FROM residents_family f
    JOIN residents_person h
        ON h.family_id = f.id AND h.relation = 1 AND h.status <> 'moved'
    JOIN (SELECT family_id,
            bool_or(born_on > %(baby)s) AS babies, bool_or(occupation = 3) AS pupils,
            bool_or(born_on < %(old)s) AS old, bool_or(relation = 3) AS wives
        FROM residents_person GROUP BY family_id) m ON m.family_id = f.id
"""
ENROL_FAMILIES = """
    INSERT INTO aid_enrolment
        (programme_id, family_id, component, since, last_paid_on, source)
    SELECT %(programme)s, family_id,
        CASE %(programme)s WHEN 'pkh' THEN pkh_component ELSE '' END, %(since)s,
        CASE WHEN family_id %% 16 = 0 THEN NULL ELSE %(paid)s::date END, %(source)s
    FROM demo_ranking WHERE place > %(after)s AND place <= %(until)s
"""
ENROL_PEOPLE = """
    INSERT INTO aid_enrolment (programme_id, family_id, person_id, component, since,
        last_paid_on, source)
    SELECT 'apbd_nutrition', p.family_id, p.id, %(component)s, %(since)s, %(paid)s,
        %(source)s
    FROM residents_person p JOIN demo_ranking r USING (family_id)
    WHERE p.status = 'living' AND p.born_on BETWEEN %(from)s AND %(to)s
        AND (%(relation)s IS NULL OR p.relation = %(relation)s)
        AND NOT EXISTS (SELECT FROM aid_enrolment e WHERE e.family_id = p.family_id
            AND e.programme_id IN ('pkh', 'apbd_nutrition'))
    ORDER BY md5(p.id::text || %(component)s) LIMIT %(count)s
"""
SETTLE_MESSAGES = """
    UPDATE notify_message SET state = 'sent', sent_at = queued_at, tries = 1
    WHERE state = 'queued' AND queued_at < %s
"""
# A report that the history leaves unverified keeps its job for the worker.
FORGET_JOBS = """
    DELETE FROM procrastinate_jobs WHERE status = 'todo' AND (
        task_name IN ('aid.tell_reporters', 'aid.tell_batch', 'notify.deliver')
        OR task_name = 'aid.verify_report' AND (args ->> 'report_id')::bigint IN
            (SELECT id FROM aid_report WHERE verified_at IS NOT NULL))
"""
STEPS = """
    SELECT args FROM procrastinate_jobs
    WHERE status = 'todo' AND task_name = 'aid.tell_reporters' ORDER BY id
"""


def enrol_recipients(*, on: date) -> int:
    """Put families and people on the programmes' lists; return how many rows.

    Needs a transaction.
    """
    dates: Values = {"since": date(on.year, 1, 1), "paid": on - PUBLIC_HOLIDAY_LAG}
    dates |= {"source": SOURCE, "old": _years_before(on, 62)}
    dates |= {"baby": _years_before(on, 6)}
    with connection.cursor() as cursor:
        cursor.execute(RANK_FAMILIES, dates)
        cursor.execute("ANALYZE demo_ranking")
        cursor.execute("SELECT count(*) FROM demo_ranking")
        families = cursor.fetchone()[0]
        rows, after = 0, 0
        for programmes, count in SLICES:
            until = after + _scaled(count, families)
            for programme in programmes:
                places: Values = {
                    "programme": programme,
                    "after": after,
                    "until": until,
                }
                cursor.execute(ENROL_FAMILIES, dates | places)
                rows += cursor.rowcount
            after = until
        for who in _nutrition(on, families):
            cursor.execute(ENROL_PEOPLE, dates | who)
            rows += cursor.rowcount
        cursor.execute("ANALYZE aid_enrolment")
    return rows


def steps_to_tell() -> list[dict[str, Any]]:
    """Return the arguments of the waiting jobs that move public timelines."""
    with connection.cursor() as cursor:
        cursor.execute(STEPS)
        return [json.loads(row[0]) for row in cursor.fetchall()]


def settle_history(*, before: datetime) -> None:
    """Let messages and jobs of the told past be done, as a worker would have.

    Needs a transaction that acts as a job.
    """
    with connection.cursor() as cursor:
        cursor.execute(SETTLE_MESSAGES, [before])
        cursor.execute(FORGET_JOBS)


def _nutrition(on: date, families: int) -> list[Values]:
    mothers: Values = {
        "component": "mother",
        "relation": 3,
        "from": _years_before(on, 38),
        "to": _years_before(on, 19),
        "count": _scaled(MOTHERS, families),
    }
    disabled: Values = {
        "component": "disability",
        "relation": None,
        "from": _years_before(on, 75),
        "to": _years_before(on, 5),
        "count": _scaled(DISABLED, families),
    }
    return [mothers, disabled]


def _scaled(count: int, families: int) -> int:
    return round(count * families / int(REGENCY["families"]))


def _years_before(on: date, years: int) -> date:
    return on - timedelta(days=round(365.25 * years))
