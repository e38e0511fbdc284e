"""Sixty days of looks at people in isolation: due, made, missed, and what was measured.

Everything is derived in the database from the stays, by a hash of what it is about in
place of chance, so that a quarter of a million rows take seconds and are always the
same. Readings are kept for those who are still there, or left lately, and for
everybody of the village that people play.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import connection

from smartkampung.accounts.actions import assign, create_staff
from smartkampung.accounts.models import Assignment
from smartkampung.accounts.roles import Role
from smartkampung.demo.cast import VILLAGE
from smartkampung.kernel.clock import day
from smartkampung.regions.models import HealthCentre

BY = "demo"
REMEMBERED = timedelta(days=10)


def luck(what: str, salt: str = "") -> str:
    """Return the SQL of a number from 0 to 1, always the same for the same row."""
    hashed = f"substr(md5(({what})::text || '{salt}'), 1, 6)"
    return f"(('x' || {hashed})::bit(24)::int / 16777216.0)"


LUCK, HOUR = luck("o.id"), luck("o.id", "hour")
HEAT = luck("c.form_id")

OBLIGATIONS = """
    INSERT INTO isolation_obligation
        (stay_id, day_index, slot, due_on, opens_at, closes_at, officer_id)
    SELECT s.id, d.due_on - lower(s.during) + 1,
        CASE WHEN d.due_on = upper(s.during) - 1 THEN 'exit' ELSE 'day' END, d.due_on,
        d.due_on::timestamp AT TIME ZONE 'Asia/Jakarta',
        (d.due_on + 1)::timestamp AT TIME ZONE 'Asia/Jakarta', given.officer
    FROM isolation_stay s
    JOIN isolation_reservation r ON r.id = s.reservation_id
    JOIN unnest(%(centres)s::text[], %(officers)s::bigint[]) AS given(centre, officer)
        ON given.centre = r.centre_id
    CROSS JOIN LATERAL (
        SELECT one::date AS due_on FROM generate_series(lower(s.during), least(
            upper(s.during) - 1, %(today)s::date,
            (s.ended_at AT TIME ZONE 'Asia/Jakarta')::date - 1), interval '1 day') AS one
    ) AS d
    WHERE s.present_at IS NOT NULL
    ORDER BY s.id, d.due_on
"""
# Two of three report themselves; the others are seen. Whoever left was not there before.
CHECKS = f"""
    INSERT INTO isolation_check (form_id, obligation_id, stay_id, outcome, at, by_id)
    SELECT md5(o.id::text || 'check')::uuid, o.id, o.stay_id, outcome, made,
        CASE WHEN outcome <> 'reported' THEN o.officer_id END
    FROM isolation_obligation o
    JOIN isolation_stay s ON s.id = o.stay_id
    CROSS JOIN LATERAL (SELECT CASE
        WHEN o.slot = 'exit' THEN CASE s.state WHEN 'released' THEN 'seen' END
        WHEN s.state = 'lost' AND o.closes_at > s.ended_at - interval '2 days'
            THEN 'absent'
        WHEN s.id = ANY(%(silent)s) AND o.due_on > %(today)s::date - 3 THEN NULL
        WHEN {LUCK} < 0.61 THEN 'reported'
        WHEN {LUCK} < 0.94 THEN 'seen'
        WHEN {LUCK} < 0.96 THEN 'absent'
    END AS outcome, o.opens_at + interval '6 hours'
        + {HOUR} * interval '12 hours' AS made) AS found
    WHERE outcome IS NOT NULL AND made < %(at)s
"""
# Who is ill: those who stay longer, from the tenth day on, and those sent to hospital.
READINGS = f"""
    INSERT INTO isolation_reading
        (check_made_id, stay_id, at, unwell, temperature, spo2, symptoms, note)
    SELECT c.form_id, c.stay_id, c.at, ill,
        round((CASE WHEN ill THEN 37.7 + {HEAT} * 1.4 ELSE 36.1 + {HEAT} * 0.9 END)
            ::numeric, 1),
        CASE WHEN c.outcome = 'seen' THEN round(CASE WHEN ill THEN 93 + {HEAT} * 4
            ELSE 96 + {HEAT} * 3 END) END,
        CASE WHEN ill THEN ARRAY['fever', 'cough'] ELSE ARRAY[]::text[] END, ''
    FROM isolation_check c
    JOIN isolation_obligation o ON o.id = c.obligation_id
    JOIN isolation_stay s ON s.id = c.stay_id
    CROSS JOIN LATERAL (SELECT
        s.state = 'hospital' AND c.at > s.ended_at - interval '3 days'
        OR upper(s.during) - lower(s.during) > 14 AND o.day_index BETWEEN 10 AND 14
        OR {HEAT} < 0.004 AS ill) AS health
    WHERE c.outcome IN ('seen', 'reported')
        AND (s.ended_at IS NULL OR s.ended_at > %(kept)s OR EXISTS (
            SELECT FROM isolation_reservation r WHERE r.id = s.reservation_id
                AND starts_with(r.region_code || '.', %(village)s || '.')))
"""
CARERS = """
    INSERT INTO isolation_carer (stay_id, officer_id, since, by)
    SELECT s.id, given.officer, s.present_at, %(by)s
    FROM isolation_stay s
    JOIN isolation_reservation r ON r.id = s.reservation_id
    JOIN unnest(%(centres)s::text[], %(officers)s::bigint[]) AS given(centre, officer)
        ON given.centre = r.centre_id
    WHERE s.state = 'present'
"""


def tell_looks(*, at: datetime, silent: Sequence[int]) -> None:
    """Tell what was due and what came of it, for every stay that has begun.

    Nobody saw the ``silent`` these two days, nor did they report.
    """
    officers = _officers(at)
    values: dict[str, Any] = {
        "centres": list(officers),
        "officers": list(officers.values()),
        "at": at,
        "today": day(at),
        "kept": at - REMEMBERED,
        "by": BY,
        "silent": list(silent),
        "village": VILLAGE,
    }
    with connection.cursor() as cursor:
        for statement in (OBLIGATIONS, CHECKS, READINGS, CARERS):
            cursor.execute(statement, values)
        cursor.execute(
            "ANALYZE isolation_reservation, isolation_stay, isolation_beduse,"
            " isolation_obligation, isolation_check, isolation_reading"
        )


def _officers(at: datetime) -> dict[str, int]:
    """Return who works at each Puskesmas; where nobody plays, somebody is made."""
    rows = Assignment.objects.filter(role=Role.PUSKESMAS_OFFICER)
    found = dict(rows.values_list("health_centre_id", "staff_id"))
    for code, name in HealthCentre.objects.values_list("code", "name"):
        if code not in found:
            full = f"Petugas {name}"
            staff = create_staff(username=f"petugas-{code}", full_name=full, by=BY)
            since = day(at).replace(month=1, day=1)
            assign(
                staff=staff,
                role=Role.PUSKESMAS_OFFICER,
                by=BY,
                since=since,
                centre_code=code,
            )
            found[code] = staff.pk
    return {str(code): staff for code, staff in found.items()}
