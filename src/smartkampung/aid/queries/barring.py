"""What bars people from aid, as SQL: the one place that applies the conflict matrix.

Deciding one claim, judging the list of a village and sending a batch of payments ask
the same question, so they put the same text behind a set of their own, ``asked``:

    id, programme_id, unit, family_id, person_id, since, until, apart_from,
    claim_id, proposal_id

``until`` may be null; ``apart_from`` is the entry of a list that does not stand in its
own way; what an exception was granted for, for that claim or proposal, does not block
any more. ``on`` is the day of the matrix.
"""

# What is received in the asked time and does not go with the asked programme: the same
# programme, or one that the closest rule of the matrix blocks or warns of. A rule about
# the component is closer to the case than one about the pair, one about the same person
# closer than one about anybody on the family card. Aid for a family is aid for each
# person on its card.
_MET = """
    met AS MATERIALIZED (
        SELECT a.id, e.id AS enrolment_id, NOT one.same AS another,
            CASE WHEN e.programme_id = a.programme_id THEN 'block'
                WHEN excepted.id IS NOT NULL THEN 'warn'
                ELSE rule.effect END AS effect,
            rule.source, rule.source_en, excepted.id IS NOT NULL AS excepted
        FROM asked a
        JOIN aid_enrolment e ON e.family_id = a.family_id
            AND e.id IS DISTINCT FROM a.apart_from
            AND (a.until IS NULL OR e.since < a.until)
            AND (e.until IS NULL OR e.until > GREATEST(e.since, a.since))
        CROSS JOIN LATERAL (
            SELECT a.unit = 'family' OR e.person_id IS NULL
                OR e.person_id = a.person_id AS same
        ) one
        LEFT JOIN LATERAL (
            SELECT f.effect, f.source, f.source_en FROM aid_conflict f
            WHERE f.first_id = LEAST(e.programme_id, a.programme_id)
            AND f.second_id = GREATEST(e.programme_id, a.programme_id)
            AND f.component IN ('', e.component)
            AND (one.same OR f.reach = 'family')
            AND f.since <= %(on)s AND (f.until IS NULL OR f.until > %(on)s)
            ORDER BY f.component <> '' DESC, f.reach = 'person' DESC LIMIT 1
        ) rule ON e.programme_id <> a.programme_id
        EXCEPTED
        WHERE e.programme_id = a.programme_id AND one.same
            OR rule.effect IN ('block', 'warn')
    )
"""
_EXCEPTED = """LEFT JOIN LATERAL (
            SELECT o.id FROM aid_override o
            WHERE rule.effect = 'block' AND o.granted AND o.enrolment_id = e.id
            AND o.programme_id = a.programme_id
            AND (o.claim_id = a.claim_id OR o.proposal_id = a.proposal_id)
            LIMIT 1
        ) excepted ON true"""
MET = _MET.replace("EXCEPTED", _EXCEPTED)
# The same where there is no case yet, so no exception either: officers ask it with every
# NIK they type, and the policies behind exceptions make the statement slow to plan.
MET_ANEW = _MET.replace("EXCEPTED", "CROSS JOIN (SELECT NULL::uuid AS id) excepted")
# Whom the matrix blocks, with the records that do: what is kept with a refusal.
BLOCKED = """
    blocked AS MATERIALIZED (
        SELECT m.id, jsonb_agg(jsonb_build_object(
            'enrolment', e.id, 'programme', e.programme_id, 'component', e.component,
            'since', e.since, 'until', e.until, 'another', m.another) ORDER BY e.id
        ) AS records
        FROM met m JOIN aid_enrolment e ON e.id = m.enrolment_id
        WHERE m.effect = 'block'
        GROUP BY m.id
    )
"""
# Two people claim one NIK, and nobody has decided yet.
CONTESTED = """
    contested AS MATERIALIZED (
        SELECT holder_id AS person_id FROM residents_nikclaim WHERE decided_at IS NULL
        UNION
        SELECT claimant_id FROM residents_nikclaim WHERE decided_at IS NULL
    )
"""
