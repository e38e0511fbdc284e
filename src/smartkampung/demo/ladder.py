"""The alerts of sixty days: when they rose, who acknowledged them, what closed them.

Those that are still open wait on the lists of whoever stands on the ladder.
"""

from datetime import datetime
from typing import Any

from django.db import connection

from smartkampung.demo.looks import luck
from smartkampung.isolation.monitoring.rules.ladder import Trigger
from smartkampung.isolation.protocol.queries import rung_of
from smartkampung.kernel.clock import day

# One row for each alert: since when, what closed it and by whom, and who goes.
MISSED = """
    WITH looks AS (
        SELECT o.stay_id, o.closes_at, o.officer_id, EXISTS (
            SELECT FROM isolation_check c WHERE c.obligation_id = o.id
                AND c.outcome IN ('seen', 'reported')) AS followed
        FROM isolation_obligation o WHERE o.slot <> 'exit' AND o.closes_at <= %(at)s
    ), runs AS (
        SELECT *, lag(followed, 1, true) OVER by_day AS before,
            lag(followed, 2, true) OVER by_day AS before_that
        FROM looks WINDOW by_day AS (PARTITION BY stay_id ORDER BY closes_at)
    )
    SELECT r.stay_id, 'missed' AS trigger, r.closes_at + interval '20 minutes' AS since,
        next.at AS closed, coalesce(next.username, 'public') AS closer,
        r.officer_id AS goes, '' AS note
    FROM runs r LEFT JOIN LATERAL ({next}) AS next ON true
    WHERE NOT r.followed AND r.before
    UNION ALL
    SELECT r.stay_id, 'missed_again', r.closes_at + interval '20 minutes', next.at,
        coalesce(next.username, 'public'), g.staff, ''
    FROM runs r JOIN isolation_stay s ON s.id = r.stay_id
    JOIN isolation_reservation p ON p.id = s.reservation_id
    JOIN demo_guard g ON g.region_code = p.region_code AND g.role = 'babinsa'
    LEFT JOIN LATERAL ({next}) AS next ON true
    WHERE NOT r.followed AND NOT r.before AND r.before_that
""".replace(
    "{next}",
    """SELECT c.at, u.username FROM isolation_check c
        LEFT JOIN accounts_staff u ON u.id = c.by_id
        WHERE c.stay_id = r.stay_id AND c.at >= r.closes_at
            AND c.outcome IN ('seen', 'reported') ORDER BY c.at LIMIT 1""",
)
ILL = """
    SELECT DISTINCT ON (m.stay_id) m.stay_id, 'ill', m.at,
        CASE WHEN m.at < %(at)s - interval '20 hours' THEN m.at + interval '5 hours' END,
        c.username, c.officer_id, 'Diperiksa di tempat; dipantau dua kali sehari.'
    FROM isolation_reading m JOIN demo_carer c ON c.stay_id = m.stay_id
    WHERE m.temperature >= 38 OR m.spo2 < 95
    ORDER BY m.stay_id, m.at
"""
LEFT = """
    SELECT d.stay_id, 'left', d.at,
        CASE d.ended WHEN 'returned' THEN d.ended_at END,
        d.ended_by, g.staff, ''
    FROM isolation_departure d JOIN isolation_stay s ON s.id = d.stay_id
    JOIN isolation_reservation p ON p.id = s.reservation_id
    JOIN demo_guard g ON g.region_code = p.region_code AND g.role = 'bhabinkamtibmas'
"""
ALERTS = f"""
    WITH found AS ({{what}}),
    told AS (
        SELECT f.stay_id, f.trigger, f.since, rung.within, rung.health, f.goes,
            least(f.closed, s.ended_at) AS closed,
            CASE WHEN s.ended_at < coalesce(f.closed, 'infinity') THEN c.username
                ELSE f.closer END AS closer,
            f.note, {luck("f.stay_id::text || f.since", "answer")} AS chance
        FROM found AS f(stay_id, trigger, since, closed, closer, goes, note)
        JOIN isolation_stay s ON s.id = f.stay_id
        JOIN demo_carer c ON c.stay_id = f.stay_id
        JOIN unnest(%(triggers)s::text[], %(clocks)s::interval[], %(health)s::boolean[])
            AS rung(trigger, within, health) ON rung.trigger = f.trigger
        WHERE f.since < least(f.closed, s.ended_at, %(at)s)
    ), answered AS (
        SELECT *, CASE WHEN chance < 0.8 AND (closed IS NOT NULL OR chance < 0.3)
            THEN since + (0.1 + chance) * least(within, coalesce(closed, %(at)s) - since)
            END AS went
        FROM told
    )
    INSERT INTO isolation_escalation (stay_id, trigger, health, opened_at, due_at,
        raised_at, acknowledged_at, acknowledged_by_id, closed_at, closed_by, note)
    SELECT stay_id, trigger, health, since, since + within,
        CASE WHEN went IS NULL AND coalesce(closed, %(at)s) > since + within
            THEN since + within END,
        went, CASE WHEN went IS NOT NULL THEN goes END, closed,
        CASE WHEN closed IS NULL THEN '' ELSE closer END,
        CASE WHEN closed IS NULL THEN '' ELSE note END
    FROM answered
"""
WORK = """
    INSERT INTO worklist_workitem
        (kind, target, permission, region_code, opened_at, due_at, closed_by, urgent)
    SELECT rung.kind, 'isolation.escalation:' || e.id, rung.permission, p.region_code,
        e.opened_at, e.due_at, '', e.raised_at IS NOT NULL
    FROM isolation_escalation e JOIN isolation_stay s ON s.id = e.stay_id
    JOIN isolation_reservation p ON p.id = s.reservation_id
    JOIN unnest(%(triggers)s::text[], %(kinds)s::text[], %(permissions)s::text[])
        AS rung(trigger, kind, permission) ON rung.trigger = e.trigger
    WHERE e.closed_at IS NULL
"""


def tell_alerts(*, at: datetime) -> None:
    """Tell every alert of the told days; needs ``demo_carer`` and ``demo_guard``."""
    rungs = {one.value: rung_of(one, day(at)) for one in Trigger}
    values: dict[str, Any] = {
        "at": at,
        "triggers": list(rungs),
        "clocks": [rung.within for rung in rungs.values()],
        "health": [rung.health for rung in rungs.values()],
        "kinds": [rung.kind for rung in rungs.values()],
        "permissions": [rung.permission.value for rung in rungs.values()],
    }
    with connection.cursor() as cursor:
        for what in (MISSED, ILL, LEFT):
            cursor.execute(ALERTS.replace("{what}", what), values)
        cursor.execute(WORK, values)
        cursor.execute("ANALYZE isolation_escalation")
