"""Set-wise writes over the lists of villages: judge, enrol, entitle, propose.

A list may hold thousands, a cycle hundreds of thousands. Each function is a few
statements whatever the number; sealed values are never touched. The caller holds the
locks on the lists.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from django.db import connection

from smartkampung.aid.payments.rules.steps import GONE
from smartkampung.aid.queries.barring import BLOCKED, CONTESTED, MET
from smartkampung.aid.rules.handover import FINAL

# Registry and conflict matrix over the time of the cycle that is left.
_JUDGE = (
    """
    WITH asked AS MATERIALIZED (
        SELECT p.id, p.family_id, p.person_id, l.village_code, c.programme_id, c.until,
            GREATEST(c.since, %(on)s) AS since, g.unit, NULL::bigint AS apart_from,
            NULL::bigint AS claim_id, p.id AS proposal_id
        FROM aid_proposal p
        JOIN aid_villagelist l ON l.id = p.village_list_id
        JOIN aid_cycle c ON c.id = p.cycle_id
        JOIN aid_programme g ON g.code = c.programme_id
        WHERE p.village_list_id = ANY(%(lists)s) AND p.state = ANY(%(states)s)
        AND (%(only)s::bigint IS NULL OR p.id = %(only)s)
    ),
    """
    + ",".join([MET, BLOCKED, CONTESTED])
    + """
    , judged AS (
        SELECT a.id, array_remove(ARRAY[
            CASE WHEN r.nik_index IS NULL THEN 'no_valid_nik' END,
            CASE WHEN r.id IN (SELECT person_id FROM contested)
                THEN 'nik_contested' END,
            CASE WHEN r.status <> 'living' THEN r.status END,
            CASE WHEN r.status = 'living' AND NOT starts_with(
                r.region_code || '.', a.village_code || '.') THEN 'lives_elsewhere' END,
            CASE WHEN b.id IS NOT NULL THEN 'already_receiving' END
        ], NULL) AS reasons, COALESCE(b.records, '[]') AS blocked_by
        FROM asked a
        JOIN residents_person r ON r.id = a.person_id
        LEFT JOIN blocked b ON b.id = a.id
    ), told AS (
        INSERT INTO aid_proposalevent
            (proposal_id, kind, reasons, blocked_by, note, by, at)
        SELECT id, 'excluded', to_jsonb(reasons), blocked_by, '', %(by)s, %(at)s
        FROM judged WHERE reasons <> '{}'
    )
    UPDATE aid_proposal p SET state = 'excluded', reasons = to_jsonb(judged.reasons),
        blocked_by = judged.blocked_by, place = NULL
    FROM judged WHERE judged.id = p.id AND judged.reasons <> '{}'
    """
)

# The first of each list take the places that are left; the others wait, in order.
_ENROL = """
    WITH placed AS MATERIALIZED (
        SELECT p.id, p.family_id, p.person_id, p.village_list_id, c.programme_id, c.until,
            GREATEST(c.since, %(on)s) AS since, g.unit,
            row_number() OVER (PARTITION BY p.village_list_id ORDER BY p.rank, p.id)
                - (l.quota - l.taken) AS place
        FROM aid_proposal p
        JOIN aid_villagelist l ON l.id = p.village_list_id
        JOIN aid_cycle c ON c.id = p.cycle_id
        JOIN aid_programme g ON g.code = c.programme_id
        WHERE p.village_list_id = ANY(%(lists)s) AND p.state = ANY(%(states)s)
    ), chosen AS MATERIALIZED (
        SELECT placed.*, nextval(pg_get_serial_sequence('aid_enrolment', 'id'))
            AS enrolment_id
        FROM placed WHERE place <= 0
    ), listed AS (
        INSERT INTO aid_enrolment
            (id, programme_id, family_id, person_id, component, since, until, source)
        SELECT enrolment_id, programme_id, family_id,
            CASE WHEN unit = 'person' THEN person_id END, '', since, until, 'aid.cycle'
        FROM chosen
    ), counted AS (
        UPDATE aid_villagelist l SET taken = l.taken + n.n
        FROM (SELECT village_list_id, count(*) AS n FROM chosen GROUP BY 1) n
        WHERE n.village_list_id = l.id
    ), enrolled AS (
        UPDATE aid_proposal p SET state = 'enrolled', reasons = '[]', place = NULL,
            enrolment_id = chosen.enrolment_id
        FROM chosen WHERE chosen.id = p.id
    ), waits AS (
        UPDATE aid_proposal p SET state = 'waiting', reasons = '["over_quota"]',
            place = placed.place
        FROM placed WHERE placed.id = p.id AND placed.place > 0
    ), told AS (
        INSERT INTO aid_proposalevent (proposal_id, kind, reasons, note, by, at)
        SELECT id, CASE WHEN place > 0 THEN 'waiting' ELSE 'enrolled' END,
            CASE WHEN place > 0 THEN '["over_quota"]'::jsonb ELSE '[]' END, '',
            %(by)s, %(at)s
        FROM placed
    )
    SELECT count(*) FILTER (WHERE place <= 0), count(*) FILTER (WHERE place > 0)
    FROM placed
"""

_ENTITLE = """
    WITH made AS (
        INSERT INTO aid_entitlement (proposal_id, tranche_id, programme_id, family_id,
            person_id, unit_key, region_code, period, amount, contents, contents_en,
            enrolment_id, cancelled)
        SELECT p.id, t.id, c.programme_id, p.family_id, p.person_id, p.unit_key,
            p.region_code, t.period, t.amount, t.contents, t.contents_en,
            p.enrolment_id, false
        FROM aid_proposal p
        JOIN aid_tranche t ON t.id = %(tranche)s
        JOIN aid_cycle c ON c.id = t.cycle_id AND c.id = p.cycle_id
            AND c.state = 'open'
        WHERE p.village_list_id = ANY(%(lists)s) AND p.state = 'enrolled'
        AND (%(only)s::bigint IS NULL OR p.id = %(only)s)
        ON CONFLICT DO NOTHING  -- entitled already, as this family or as this person
        RETURNING proposal_id, amount
    )
    SELECT p.village_list_id, count(*), sum(made.amount)
    FROM made JOIN aid_proposal p ON p.id = made.proposal_id
    GROUP BY 1 ORDER BY 1
"""

# Who has a card with somebody living on it; the head receives, else the oldest.
_PROPOSE = """
    WITH heads AS MATERIALIZED (
        SELECT DISTINCT ON (f.id) f.id AS family_id, r.id AS person_id, r.region_code,
            l.id AS list_id, d.decile
        FROM aid_villagelist l
        JOIN residents_family f
            ON f.region_code >= l.village_code AND f.region_code < l.village_code || '/'
        JOIN residents_familydecile d ON d.family_id = f.id
            AND d.decile <= %(decile)s
        JOIN residents_person r ON r.family_id = f.id AND r.status = 'living'
        WHERE l.id = ANY(%(lists)s)
        ORDER BY f.id, (r.relation = 1) DESC NULLS LAST, r.born_on, r.id
    ), last AS (
        SELECT village_list_id, max(rank) AS rank FROM aid_proposal
        WHERE village_list_id = ANY(%(lists)s) GROUP BY 1
    )
    INSERT INTO aid_proposal (cycle_id, village_list_id, meeting_id, run_id, family_id,
        person_id, unit_key, region_code, rank, state, reasons, kin_found,
        proposed_by_id, proposed_at)
    SELECT %(cycle)s, h.list_id, l.meeting_id, %(run)s, h.family_id, h.person_id,
        CASE WHEN g.unit = 'person' THEN 'person:' || h.person_id
            ELSE 'family:' || h.family_id END,
        h.region_code,
        COALESCE(last.rank, 0) + row_number() OVER (
            PARTITION BY h.list_id ORDER BY h.decile, h.region_code, h.family_id),
        'proposed', '[]', false, %(staff)s, %(at)s
    FROM heads h
    JOIN aid_villagelist l ON l.id = h.list_id
    JOIN aid_cycle c ON c.id = l.cycle_id
    JOIN aid_programme g ON g.code = c.programme_id
    LEFT JOIN last ON last.village_list_id = h.list_id
    ON CONFLICT DO NOTHING
"""
_PLACES = """
    UPDATE aid_proposal p SET place = n.place
    FROM (
        SELECT id, row_number() OVER (ORDER BY rank, id) AS place
        FROM aid_proposal WHERE village_list_id = %(list)s AND state = 'waiting'
    ) n
    WHERE n.id = p.id AND p.place IS DISTINCT FROM n.place
"""
# What recipients of a cycle neither got nor are to get: the caller has looked.
_GIVE_BACK = """
    WITH gone AS (
        UPDATE aid_entitlement e SET cancelled = true
        FROM aid_tranche t, aid_proposal p
        WHERE t.id = e.tranche_id AND p.id = e.proposal_id AND t.cycle_id = %(cycle)s
        AND NOT e.cancelled
        AND NOT EXISTS (SELECT FROM aid_handover h WHERE h.entitlement_id = e.id
            AND h.outcome = ANY(%(final)s))
        AND NOT EXISTS (SELECT FROM aid_payment y WHERE y.entitlement_id = e.id
            AND y.state = ANY(%(gone)s))
        RETURNING e.tranche_id, p.village_list_id, e.amount
    )
    SELECT tranche_id, village_list_id, sum(amount) FROM gone GROUP BY 1, 2 ORDER BY 1, 2
"""
# Whoever stood on the programme's list by a cycle does so no longer.
_END = """
    UPDATE aid_enrolment n SET until = GREATEST(n.since, %(on)s)
    FROM aid_proposal p
    WHERE p.enrolment_id = n.id AND p.cycle_id = %(cycle)s
    AND (n.until IS NULL OR n.until > GREATEST(n.since, %(on)s))
"""
TO_JUDGE = ["proposed", "verified"]


class Placed(NamedTuple):
    """How many were enrolled, and how many wait."""

    enrolled: int
    waiting: int


@dataclass(frozen=True)
class Made:
    """What one list is due from a tranche."""

    list_id: int
    people: int
    amount: int


@dataclass(frozen=True)
class Left:
    """What nobody of one list took of a tranche."""

    tranche_id: int
    list_id: int
    amount: int


def judge(
    *,
    lists: Sequence[int],
    states: Sequence[str] = TO_JUDGE,
    only: int | None = None,
    on: date,
    by: str,
    at: datetime,
) -> int:
    """Leave out whom registry or conflict matrix bar, each with all reasons.

    ``only`` is the one proposal to look at. Returns how many were left out.
    """
    told = {"lists": [*lists], "states": [*states], "on": on, "by": by, "at": at}
    return _run(_JUDGE, {**told, "only": only})


def enrol(
    *,
    lists: Sequence[int],
    states: Sequence[str] = ("verified",),
    on: date,
    by: str,
    at: datetime,
) -> Placed:
    """Put the first of each list on the programme's list, as far as its quota goes."""
    told = {"lists": [*lists], "states": [*states], "on": on, "by": by, "at": at}
    [(enrolled, waiting)] = _rows(_ENROL, told)
    return Placed(enrolled, waiting)


def entitle(
    *, tranche: int, lists: Sequence[int], only: int | None = None
) -> list[Made]:
    """Entitle the recipients of lists to a tranche, whoever is not entitled yet."""
    told = {"tranche": tranche, "lists": [*lists], "only": only}
    return [
        Made(list_id, people, int(amount))
        for list_id, people, amount in _rows(_ENTITLE, told)
    ]


def give_back_left(cycle: int) -> list[Left]:
    """Cancel what nobody of a cycle took; return how much, by tranche and list."""
    told = {"cycle": cycle, "final": sorted(FINAL), "gone": sorted(GONE)}
    rows = _rows(_GIVE_BACK, told)
    return [
        Left(tranche_id, list_id, int(amount)) for tranche_id, list_id, amount in rows
    ]


def end_listings(cycle: int, *, on: date) -> int:
    """Take the recipients of a cycle off the programme's list as of a day."""
    return _run(_END, {"cycle": cycle, "on": on})


def propose_poorest(
    *,
    cycle: int,
    lists: Sequence[int],
    run: int,
    decile: int,
    staff: int,
    at: datetime,
) -> int:
    """Propose the families up to a decile; who is proposed already stays so."""
    told = {"cycle": cycle, "lists": [*lists], "run": run, "decile": decile}
    return _run(_PROPOSE, {**told, "staff": staff, "at": at})


def renumber(list_id: int) -> None:
    """Tell those who wait on a list their places anew."""
    _run(_PLACES, {"list": list_id})


def _run(statement: str, told: dict[str, Any]) -> int:
    with connection.cursor() as cursor:
        cursor.execute(statement, told)
        return int(cursor.rowcount)


def _rows(statement: str, told: dict[str, Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, told)
        return list(cursor.fetchall())
