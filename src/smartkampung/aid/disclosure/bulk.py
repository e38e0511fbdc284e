"""Counts whom each programme reaches in each village, over whole tables at once."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db import connection

# 35.10.09.2003: a village's code is this long, whatever lies below it.
COUNT = """
    WITH gift AS (
        SELECT entitlement_id, quantity AS amount FROM aid_handover
        WHERE outcome IN ('received', 'partial')
        UNION ALL
        SELECT entitlement_id, amount FROM aid_payment WHERE state = 'paid'
    ), given AS (
        SELECT e.programme_id, e.unit_key, min(e.region_code) AS region_code,
            sum(g.amount) AS amount
        FROM gift g JOIN aid_entitlement e ON e.id = g.entitlement_id
        GROUP BY e.programme_id, e.unit_key
    ), listed AS (
        SELECT l.programme_id,
            CASE WHEN p.unit = 'person' AND l.person_id IS NOT NULL
                THEN 'person:' || l.person_id ELSE 'family:' || l.family_id
            END AS unit_key,
            min(f.region_code) AS region_code,
            bool_or(l.last_paid_on IS NOT NULL) AS paid
        FROM aid_enrolment l
        JOIN aid_programme p ON p.code = l.programme_id
        JOIN residents_family f ON f.id = l.family_id
        WHERE l.since <= %(on)s AND (l.until IS NULL OR l.until > %(on)s)
        GROUP BY 1, 2
    ), reached AS (
        SELECT programme_id, coalesce(l.region_code, g.region_code) AS region_code,
            g.amount, coalesce(l.paid, false) AS paid
        FROM listed l FULL JOIN given g USING (programme_id, unit_key)
    )
    SELECT programme_id, left(region_code, 13),
        count(*) FILTER (WHERE amount IS NOT NULL),
        count(*) FILTER (WHERE amount IS NULL AND paid),
        count(*) FILTER (WHERE amount IS NULL AND NOT paid),
        coalesce(sum(amount), 0)::bigint
    FROM reached GROUP BY 1, 2
"""


@dataclass(frozen=True)
class Reached:
    """How many a programme reaches in a village, and what it gave them here."""

    counts: Mapping[str, int]
    given: int


NOBODY = Reached({"given_here": 0, "given_elsewhere": 0, "waiting": 0}, 0)


def count_reached(*, on: date) -> dict[tuple[str, str], Reached]:
    """Return the counts by programme and village; the caller must act as a job."""
    with connection.cursor() as cursor:
        cursor.execute(COUNT, {"on": on})
        rows = cursor.fetchall()
    return {
        (programme, village): Reached(
            dict(zip(NOBODY.counts, counts, strict=True)), given
        )
        for programme, village, *counts, given in rows
    }
