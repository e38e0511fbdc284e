"""Set-wise looks and writes over the payments of a batch."""

from datetime import date

from django.db import connection

# Who must not be paid, with the first reason: the same as at the counter
# (aid/queries/handover.py), for thousands at once.
_BARRED = """
    WITH asked AS MATERIALIZED (
        SELECT p.id, p.account_id, e.person_id, e.family_id, e.enrolment_id,
            e.programme_id, g.unit
        FROM aid_payment p
        JOIN aid_entitlement e ON e.id = p.entitlement_id
        JOIN aid_programme g ON g.code = e.programme_id
        WHERE p.batch_id = %(batch)s AND p.state = 'chosen'
    ), blocked AS MATERIALIZED (
        SELECT DISTINCT a.id
        FROM asked a
        JOIN aid_enrolment o ON o.family_id = a.family_id
            AND o.id IS DISTINCT FROM a.enrolment_id
            AND (a.unit = 'family' OR o.person_id IS NULL OR o.person_id = a.person_id)
            AND o.since <= %(on)s AND (o.until IS NULL OR o.until > %(on)s)
        LEFT JOIN LATERAL (
            SELECT f.effect FROM aid_conflict f
            WHERE ((f.first_id = o.programme_id AND f.second_id = a.programme_id)
                OR (f.first_id = a.programme_id AND f.second_id = o.programme_id))
            AND f.component IN ('', o.component)
            AND f.since <= %(on)s AND (f.until IS NULL OR f.until > %(on)s)
            ORDER BY f.component <> '' DESC LIMIT 1
        ) rule ON true
        WHERE o.programme_id = a.programme_id OR rule.effect = 'block'
    ), contested AS MATERIALIZED (
        SELECT holder_id AS person_id FROM residents_nikclaim WHERE decided_at IS NULL
        UNION
        SELECT claimant_id FROM residents_nikclaim WHERE decided_at IS NULL
    ), judged AS (
        SELECT a.id, CASE
            WHEN r.status <> 'living' THEN r.status
            WHEN r.id IN (SELECT person_id FROM contested) THEN 'nik_contested'
            WHEN a.id IN (SELECT id FROM blocked) THEN 'already_receiving'
            WHEN a.account_id IS NOT NULL AND NOT EXISTS (
                SELECT FROM aid_bankaccount k WHERE k.id = a.account_id
                AND k.state = 'in_force' AND k.person_id = a.person_id)
                THEN 'account_replaced'
        END AS reason
        FROM asked a JOIN residents_person r ON r.id = a.person_id
    )
    SELECT id, reason FROM judged WHERE reason IS NOT NULL ORDER BY id
"""


def barred(*, batch: int, on: date) -> dict[int, str]:
    """Return which payments of a batch must not be sent, each with its reason."""
    with connection.cursor() as cursor:
        cursor.execute(_BARRED, {"batch": batch, "on": on})
        return dict(cursor.fetchall())
