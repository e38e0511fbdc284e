"""The six checks, each one statement over the tables as they are.

Each begins with what is rare (the dead, refusals, lists that ended) and looks for what
was given only then. A row is an entitlement with the basis of the finding and the
moment, amount, way and proof of what was given; nothing of the latter when it waits.
"""

from smartkampung.aid.assurance.rules import Error
from smartkampung.aid.queries.barring import MET

DAY = "({} AT TIME ZONE 'Asia/Jakarta')::date"

# What left the office: handed over, or sent to bank or post and not refused there.
GIVEN = """
    SELECT h.recorded_at AS at, h.quantity AS amount, 'handover' AS way,
        h.id::text AS proof
    FROM aid_handover h
    WHERE h.entitlement_id = e.id AND h.outcome IN ('received', 'partial')
    UNION ALL
    SELECT b.sent_at, y.amount, 'payment', y.reference
    FROM aid_payment y JOIN aid_paymentbatch b ON b.id = y.batch_id
    WHERE y.entitlement_id = e.id AND y.state IN ('in_transit', 'paid')
"""
GIVEN_DAY = DAY.format("g.at")
# Neither given, nor declined, nor back in the budget.
WAITS = """(g.at IS NULL AND NOT e.cancelled AND NOT EXISTS (
    SELECT FROM aid_handover x
    WHERE x.entitlement_id = e.id AND x.outcome = 'declined'))"""
COUNTS = f"(g.at IS NOT NULL OR {WAITS})"
WHATEVER = f"LEFT JOIN LATERAL ({GIVEN}) g ON true"
ONLY_GIVEN = f"CROSS JOIN LATERAL ({GIVEN}) g"
FOUND = "g.at, g.amount, g.way, g.proof"

# The day of a death that nobody wrote down is the day on which the registry knew it.
_DECEASED = f"""
    SELECT e.id, CASE WHEN g.at IS NULL THEN 'due_to_the_dead'
        ELSE 'given_after_death' END AS basis, {FOUND}
    FROM due e
    JOIN residents_person p ON p.id = e.person_id AND p.status = 'dead'
    CROSS JOIN LATERAL (SELECT COALESCE(
        (SELECT max(l.happened_on) FROM residents_lifeevent l
            WHERE l.person_id = p.id AND l.kind = 'death'),
        (SELECT min({DAY.format("v.pgh_created_at")}) FROM residents_personevent v
            WHERE v.pgh_obj_id = p.id AND v.status = 'dead')) AS on_day) died
    {WHATEVER}
    WHERE {WAITS} OR {GIVEN_DAY} > died.on_day
"""

# Looked up in sets made once: asked row by row, the policies of each table would cost
# more than the look.
_NOT_LISTED = f"""
    SELECT e.id, b.basis, {FOUND}
    FROM due e
    LEFT JOIN aid_enrolment n ON n.id = e.enrolment_id
    CROSS JOIN LATERAL (SELECT CASE
        WHEN e.proposal_id IS NULL AND ((e.decision_id, e.claim_id, e.programme_id) IN (
            SELECT d.id, d.claim_id, d.programme_id FROM aid_decision d
            WHERE d.approved)) IS NOT TRUE THEN 'not_decided'
        WHEN e.proposal_id IS NOT NULL AND (e.proposal_id IN (
            SELECT v.proposal_id FROM aid_proposalevent v
            WHERE v.kind = 'enrolled')) IS NOT TRUE THEN 'never_chosen'
        WHEN e.proposal_id IS NOT NULL AND e.proposal_id IN (
            SELECT q.id FROM aid_proposal q
            JOIN aid_villagelist l ON l.id = q.village_list_id
            WHERE l.state <> 'approved') THEN 'list_not_approved'
        WHEN (n.programme_id = e.programme_id AND n.family_id = e.family_id)
            IS NOT TRUE THEN 'not_on_list'
        END AS basis) b
    {WHATEVER}
    WHERE b.basis IS NOT NULL AND {COUNTS}
"""

# Refused about the person and never found to be right after all, then approved.
_KNOWN_BAD = f"""
    SELECT e.id, w.basis, {FOUND}
    FROM (
        SELECT r.family_id, d.decided_at AS at, c.id AS claim_id,
            NULL::bigint AS proposal_id, 'refused_before' AS basis
        FROM aid_decision d
        JOIN aid_claim c ON c.id = d.claim_id
        JOIN residents_person r ON r.id = c.person_id
        WHERE NOT d.approved AND d.reasons ?| %(about)s AND NOT EXISTS (
            SELECT FROM aid_objection o
            WHERE o.decision_id = d.id AND o.outcome = 'upheld')
        UNION ALL
        SELECT q.family_id, v.at, NULL, q.id, 'left_out_before'
        FROM aid_proposalevent v JOIN aid_proposal q ON q.id = v.proposal_id
        WHERE v.kind IN ('unfit', 'stopped') AND v.reasons ?| %(about)s
    ) w
    JOIN due e ON e.family_id = w.family_id
        AND (e.claim_id = w.claim_id OR e.proposal_id = w.proposal_id) IS NOT TRUE
    CROSS JOIN LATERAL (SELECT COALESCE(
        (SELECT d.decided_at FROM aid_decision d WHERE d.id = e.decision_id),
        (SELECT min(v.at) FROM aid_proposalevent v
            WHERE v.proposal_id = e.proposal_id AND v.kind = 'enrolled')) AS at) chosen
    {WHATEVER}
    WHERE w.at < chosen.at AND w.at > chosen.at - make_interval(days => %(days)s)
        AND {COUNTS}
"""

_INVALID_NIK = f"""
    SELECT e.id, CASE WHEN p.nik_index IS NULL THEN 'no_nik'
        ELSE 'nik_contested' END AS basis, {FOUND}
    FROM due e
    JOIN residents_person p ON p.id = e.person_id
    {WHATEVER}
    WHERE {COUNTS} AND (p.nik_index IS NULL OR p.id IN (
        SELECT holder_id FROM residents_nikclaim WHERE decided_at IS NULL
        UNION ALL
        SELECT claimant_id FROM residents_nikclaim WHERE decided_at IS NULL))
"""

# A list that ends with the period or the cycle is no reason: aid may come late. What
# was given is looked for last, of the few that something is odd about.
_EVER_STOPPED = """e.proposal_id IN (SELECT v.proposal_id FROM aid_proposalevent v
    WHERE v.kind IN ('suspended', 'stopped'))"""
_DEACTIVATED = f"""
    SELECT e.id, b.basis, {FOUND}
    FROM (
        SELECT e.*, n.until AS listed_until, m.until AS programme_until, p.status,
            CASE WHEN k.id IS NOT NULL THEN k.until
            WHEN m.period = 'month' THEN (e.period + interval '1 month')::date
            WHEN m.period = 'quarter' THEN (e.period + interval '3 months')::date
            ELSE 'infinity' END AS ends
        FROM due e
        JOIN aid_programme m ON m.code = e.programme_id
        JOIN residents_person p ON p.id = e.person_id
        LEFT JOIN aid_enrolment n ON n.id = e.enrolment_id
        LEFT JOIN aid_tranche t ON t.id = e.tranche_id
        LEFT JOIN aid_cycle k ON k.id = t.cycle_id
    ) e
    {ONLY_GIVEN}
    CROSS JOIN LATERAL (SELECT CASE
        WHEN e.cancelled THEN 'given_back'
        WHEN {_EVER_STOPPED} AND (SELECT v.kind FROM aid_proposalevent v
            WHERE v.proposal_id = e.proposal_id AND v.at < g.at
                AND v.kind IN ('suspended', 'resumed', 'stopped')
            ORDER BY v.at DESC, v.id DESC LIMIT 1) <> 'resumed' THEN 'stopped'
        WHEN e.listed_until < {GIVEN_DAY} AND e.listed_until < e.ends THEN 'taken_off'
        WHEN e.status = 'moved' AND (SELECT max(v.happened_on)
            FROM residents_lifeevent v WHERE v.person_id = e.person_id
                AND v.kind = 'move_out') < {GIVEN_DAY} THEN 'left_regency'
        WHEN e.programme_until <= GREATEST(e.period,
            (SELECT {DAY.format("d.decided_at")} FROM aid_decision d
                WHERE d.id = e.decision_id)) THEN 'programme_ended'
        END AS basis) b
    WHERE b.basis IS NOT NULL AND (e.cancelled OR e.status = 'moved'
        OR e.programme_until IS NOT NULL OR e.listed_until < e.ends OR {_EVER_STOPPED})
"""

_PAID_TWICE = f"""
    SELECT e.id, 'given_two_ways' AS basis, {FOUND}
    FROM (
        SELECT entitlement_id FROM (
            SELECT entitlement_id FROM aid_handover
                WHERE outcome IN ('received', 'partial')
            UNION ALL
            SELECT entitlement_id FROM aid_payment
                WHERE state IN ('in_transit', 'paid')
        ) ways GROUP BY 1 HAVING count(*) > 1
    ) twice
    JOIN due e ON e.id = twice.entitlement_id
    {ONLY_GIVEN}
    UNION ALL
    SELECT e.id, 'same_period', {FOUND}
    FROM (
        SELECT person_id, programme_id, period FROM aid_entitlement
        GROUP BY 1, 2, 3 HAVING count(*) > 1
    ) again
    JOIN due e USING (person_id, programme_id, period)
    {ONLY_GIVEN}
    WHERE EXISTS (
        SELECT FROM aid_entitlement o
        WHERE o.person_id = e.person_id AND o.programme_id = e.programme_id
            AND o.period = e.period AND o.id < e.id AND (
                EXISTS (SELECT FROM aid_handover h WHERE h.entitlement_id = o.id
                    AND h.outcome IN ('received', 'partial'))
                OR EXISTS (SELECT FROM aid_payment y WHERE y.entitlement_id = o.id
                    AND y.state IN ('in_transit', 'paid'))))
"""

# On the day of giving, by the one text that applies the matrix (queries/barring.py).
_NOT_TOGETHER = f"""
    SELECT e.id, 'not_together' AS basis, {FOUND}
    FROM (
        WITH asked AS MATERIALIZED (
            SELECT e.id, e.programme_id, m.unit, e.family_id, e.person_id,
                {GIVEN_DAY} AS since, {GIVEN_DAY} + 1 AS until,
                e.enrolment_id AS apart_from, e.claim_id, e.proposal_id
            FROM (
                SELECT entitlement_id, recorded_at AS at FROM aid_handover
                WHERE outcome IN ('received', 'partial')
                UNION ALL
                SELECT y.entitlement_id, b.sent_at FROM aid_payment y
                JOIN aid_paymentbatch b ON b.id = y.batch_id
                WHERE y.state IN ('in_transit', 'paid')
            ) g
            JOIN due e ON e.id = g.entitlement_id
            JOIN aid_programme m ON m.code = e.programme_id
        ), {MET}
        SELECT DISTINCT id FROM met WHERE effect = 'block'
    ) beside
    JOIN due e USING (id)
    {ONLY_GIVEN}
"""

CHECKS: dict[Error, str] = {
    Error.DECEASED: _DECEASED,
    Error.NOT_LISTED: _NOT_LISTED,
    Error.KNOWN_BAD: _KNOWN_BAD,
    Error.INVALID_NIK: _INVALID_NIK,
    Error.DEACTIVATED: _DEACTIVATED,
    Error.PAID_TWICE: f"{_PAID_TWICE} UNION ALL {_NOT_TOGETHER}",
}
