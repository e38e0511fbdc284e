"""The nightly pass, set by set: what is due, and what was missed."""

from collections import Counter, defaultdict
from datetime import date, datetime

from django.db import connection

from smartkampung.accounts.queries.holding import GIVES_RIGHTS
from smartkampung.accounts.roles import Role
from smartkampung.isolation.models import Escalation, Stay
from smartkampung.isolation.monitoring.rules.checks import EVENING_FROM
from smartkampung.isolation.monitoring.rules.ladder import Trigger, least_missed
from smartkampung.isolation.monitoring.rules.roster import Ward, share_out
from smartkampung.isolation.protocol.queries import graces, ladder_on
from smartkampung.kernel.clock import day

ZONE = "Asia/Jakarta"

# Everybody present, with who had them before: also those whose last day is over. After
# a night on which nothing ran, their last days and the exit are still to be made.
WARDS = """
    SELECT s.id, coalesce(r.centre_id, ''), c.officer_id, last.officer_id
    FROM isolation_stay s
    JOIN isolation_reservation r ON r.id = s.reservation_id
    LEFT JOIN isolation_carer c ON c.stay_id = s.id
    LEFT JOIN LATERAL (
        SELECT o.officer_id FROM isolation_obligation o WHERE o.stay_id = s.id
        ORDER BY o.day_index DESC LIMIT 1
    ) AS last ON true
    WHERE s.state = 'present' AND lower(s.during) <= %(today)s::date
    ORDER BY s.id
"""
TEAMS = f"""
    SELECT a.health_centre_id, a.staff_id FROM accounts_assignment a
    JOIN accounts_staff u ON u.id = a.staff_id
    WHERE a.role = %(role)s AND a.health_centre_id IS NOT NULL AND u.is_active
      AND {GIVES_RIGHTS}
"""
# A day without a look would never be noticed: days on which nothing ran are made up
# for. Nobody is due before they came, nor while they were in hospital.
GENERATE = """
    INSERT INTO isolation_obligation
        (stay_id, day_index, slot, due_on, opens_at, closes_at, officer_id)
    SELECT s.id, d.due_on - lower(s.during) + 1, slot, d.due_on,
        (d.due_on + CASE slot WHEN 'evening' THEN %(evening)s::time ELSE time '00:00' END)
            AT TIME ZONE %(zone)s,
        (d.due_on + 1)::timestamp AT TIME ZONE %(zone)s,
        given.officer
    FROM unnest(%(stays)s::bigint[], %(officers)s::bigint[]) AS given(stay, officer)
    JOIN isolation_stay s ON s.id = given.stay
    CROSS JOIN LATERAL (
        SELECT first::date AS due_on FROM generate_series(
            greatest(lower(s.during), (s.present_at AT TIME ZONE %(zone)s)::date),
            least(%(today)s::date, upper(s.during) - 1), interval '1 day') AS first
    ) AS d
    LEFT JOIN LATERAL (
        SELECT m.unwell FROM isolation_reading m WHERE m.stay_id = s.id
        ORDER BY m.at DESC LIMIT 1
    ) AS latest ON d.due_on = %(today)s
    CROSS JOIN LATERAL unnest(CASE
        WHEN d.due_on = upper(s.during) - 1 THEN ARRAY['exit']
        WHEN latest.unwell THEN ARRAY['day', 'evening']
        ELSE ARRAY['day'] END) AS slot
    WHERE NOT EXISTS (
        SELECT 1 FROM isolation_obligation o
        WHERE o.stay_id = s.id AND o.due_on = d.due_on AND o.slot = slot)
    ON CONFLICT DO NOTHING
"""

# Looks in a row that nobody made since the last that was made, be it this morning's. The
# exit has a grace: that of the protocol of the last day.
MISSED = """
    WITH looks AS (
        SELECT o.stay_id, o.slot, o.closes_at, EXISTS (
            SELECT 1 FROM isolation_check c
            WHERE c.obligation_id = o.id AND c.outcome IN ('seen', 'called', 'reported')
        ) AS followed
        FROM isolation_obligation o
        JOIN isolation_stay s ON s.id = o.stay_id AND s.state = 'present'
    ), since AS (
        SELECT stay_id, slot, closes_at, followed,
            max(closes_at) FILTER (WHERE followed) OVER (PARTITION BY stay_id) AS seen_at
        FROM looks
    ), missed AS (
        SELECT stay_id, count(DISTINCT closes_at) AS streak, max(closes_at) AS since
        FROM since
        WHERE NOT followed AND slot <> 'exit' AND closes_at <= %(at)s
            AND closes_at > coalesce(seen_at, '-infinity')
        GROUP BY stay_id
    )
    SELECT m.stay_id, step.trigger, m.since
    FROM missed m
    JOIN unnest(%(steps)s::text[], %(least)s::int[]) AS step(trigger, least)
        ON m.streak >= step.least
    UNION ALL
    SELECT s.id, 'exit_open',
        (upper(s.during)::timestamp AT TIME ZONE %(zone)s) + late.grace
    FROM isolation_stay s
    CROSS JOIN LATERAL (
        SELECT g.grace FROM unnest(%(since)s::date[], %(graces)s::interval[])
            WITH ORDINALITY AS g(since, grace, number)
        ORDER BY g.since < upper(s.during) DESC,
            CASE WHEN g.since < upper(s.during) THEN g.number END DESC, g.number
        LIMIT 1
    ) AS late
    WHERE s.state = 'present'
      AND (upper(s.during)::timestamp AT TIME ZONE %(zone)s) + late.grace <= %(at)s
"""
ESCALATE = f"""
    WITH found AS ({MISSED})
    INSERT INTO isolation_escalation
        (stay_id, trigger, health, opened_at, due_at, closed_by, note)
    SELECT f.stay_id, f.trigger, false, %(at)s, %(at)s + clock.within, '', ''
    FROM found f
    JOIN unnest(%(triggers)s::text[], %(clocks)s::interval[]) AS clock(trigger, within)
        USING (trigger)
    WHERE NOT EXISTS (
        SELECT 1 FROM isolation_escalation e
        WHERE e.stay_id = f.stay_id AND e.trigger = f.trigger
          AND (e.closed_at IS NULL OR e.opened_at >= f.since))
    ON CONFLICT DO NOTHING
    RETURNING id, stay_id, trigger
"""


def escalate(*, at: datetime) -> list[tuple[Escalation, str]]:
    """Open an alert for whoever was missed, once; return the new ones with their place."""
    ladder, late = ladder_on(day(at)), graces()
    clocks = {one.value: ladder.rungs[one].within for one in Trigger}
    steps = least_missed(ladder.again_after)
    with connection.cursor() as cursor:
        cursor.execute(
            ESCALATE,
            {
                "at": at,
                "zone": ZONE,
                "steps": [one.value for one in steps],
                "least": list(steps.values()),
                "since": [since for since, _grace in late],
                "graces": [grace for _since, grace in late],
                "triggers": list(clocks),
                "clocks": list(clocks.values()),
            },
        )
        made = [
            Escalation(pk=pk, stay_id=stay, trigger=trigger)
            for pk, stay, trigger in cursor.fetchall()
        ]
    places = dict(
        Stay.objects.filter(pk__in={row.stay_id for row in made}).values_list(
            "pk", "reservation__region_code"
        )
    )
    return [(row, places[row.stay_id]) for row in made]


def raise_late(*, at: datetime) -> list[Escalation]:
    """Mark the alerts that nobody acknowledged in time; return those newly marked."""
    late = Escalation.objects.filter(
        closed_at=None, acknowledged_at=None, raised_at=None, due_at__lte=at
    )
    rows = list(late.select_for_update(no_key=True))
    Escalation.objects.filter(pk__in=[row.pk for row in rows]).update(raised_at=at)
    return rows


def generate(*, at: datetime, stay: int | None = None) -> int:
    """Make what is due until the end of the day of ``at``, once; return how much is new.

    ``stay`` makes it for one person only, who has just come in.
    """
    today = day(at)
    officers = _officers(today)
    if stay is not None:
        officers = {key: one for key, one in officers.items() if key == stay}
    with connection.cursor() as cursor:
        cursor.execute(
            GENERATE,
            {
                "today": today,
                "zone": ZONE,
                "evening": EVENING_FROM.isoformat(),
                "stays": list(officers),
                "officers": list(officers.values()),
            },
        )
        return int(cursor.rowcount)


def _officers(today: date) -> dict[int, int | None]:
    with connection.cursor() as cursor:
        cursor.execute(WARDS, {"today": today})
        wards = [Ward(*row) for row in cursor.fetchall()]
        cursor.execute(TEAMS, {"on": today, "role": Role.PUSKESMAS_OFFICER.value})
        teams: dict[str, set[int]] = defaultdict(set)
        for centre, officer in cursor.fetchall():
            teams[centre].add(officer)
    loads = Counter(ward.fixed or ward.last for ward in wards)
    return share_out(
        wards,
        {centre: frozenset(team) for centre, team in teams.items()},
        {officer: count for officer, count in loads.items() if officer is not None},
    )
