"""Set-wise looks and writes over the payments of a batch."""

from datetime import date

from django.db import connection

from smartkampung.aid.queries.barring import BLOCKED, CONTESTED, MET

# Who must not be paid, with the first reason: the same as at the counter
# (aid/queries/handover.py), for thousands at once.
_BARRED = (
    """
    WITH asked AS MATERIALIZED (
        SELECT p.id, p.account_id, e.person_id, e.family_id, e.programme_id, g.unit,
            %(on)s::date AS since, %(on)s::date + 1 AS until,
            e.enrolment_id AS apart_from, e.claim_id, e.proposal_id
        FROM aid_payment p
        JOIN aid_entitlement e ON e.id = p.entitlement_id
        JOIN aid_programme g ON g.code = e.programme_id
        WHERE p.batch_id = %(batch)s AND p.state = 'chosen'
    ),
    """
    + ",".join([MET, BLOCKED, CONTESTED])
    + """
    , judged AS (
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
)


def barred(*, batch: int, on: date) -> dict[int, str]:
    """Return which payments of a batch must not be sent, each with its reason."""
    with connection.cursor() as cursor:
        cursor.execute(_BARRED, {"batch": batch, "on": on})
        return dict(cursor.fetchall())
