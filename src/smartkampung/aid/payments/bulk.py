"""Set-wise looks and writes over the payments of a batch."""

from datetime import date, datetime
from typing import Any

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
            AND (%(only)s::bigint[] IS NULL OR p.id = ANY(%(only)s))
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


def barred(*, batch: int, on: date, only: list[int] | None = None) -> dict[int, str]:
    """Return which payments of a batch must not be sent, each with its reason.

    With ``only``, among these payments of it.
    """
    with connection.cursor() as cursor:
        cursor.execute(_BARRED, {"batch": batch, "on": on, "only": only})
        return dict(cursor.fetchall())


_FILL = """
    INSERT INTO aid_payment
        (batch_id, entitlement_id, account_id, reference, amount, state, reason)
    SELECT b.id, e.id, k.id,
        upper(left(replace(gen_random_uuid()::text, '-', ''), 24)), e.amount, 'chosen', ''
    FROM aid_entitlement e JOIN aid_paymentbatch b ON b.id = %(batch)s
    LEFT JOIN aid_bankaccount k ON k.person_id = e.person_id AND k.state = 'in_force'
        AND b.channel = 'bank'
    WHERE e.id = ANY(%(dues)s::bigint[]) ORDER BY e.id
"""
# What waited for a batch, or failed before, is being paid now.
_CLOSE = """
    UPDATE worklist_workitem SET closed_at = %(at)s, closed_by = %(by)s
    WHERE closed_at IS NULL AND kind IN ('aid.batch', 'aid.payment_failed')
        AND target IN (
            SELECT 'aid.entitlement:' || due FROM unnest(%(dues)s::bigint[]) due
            UNION ALL
            SELECT 'aid.payment:' || p.id FROM aid_payment p
            WHERE p.entitlement_id = ANY(%(dues)s::bigint[]) AND p.batch_id <> %(batch)s)
"""


def fill_in(*, batch: int, dues: list[int], by: str, at: datetime) -> None:
    """Write payments of what is due into a batch, and close the work about it."""
    told: dict[str, Any] = {"batch": batch, "dues": dues, "by": by, "at": at}
    with connection.cursor() as cursor:
        cursor.execute(_FILL, told)
        cursor.execute(_CLOSE, told)
