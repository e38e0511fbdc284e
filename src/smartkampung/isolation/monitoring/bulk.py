"""The nightly pass, set by set: what is due, and what was missed."""

from collections import Counter, defaultdict
from datetime import date, datetime

from django.db import connection

from smartkampung.accounts.roles import Role
from smartkampung.isolation.monitoring.rules.checks import EVENING_FROM
from smartkampung.isolation.monitoring.rules.roster import Ward, share_out
from smartkampung.kernel.clock import day

ZONE = "Asia/Jakarta"

# Those whose day has begun without anything due yet, with who had them before.
WARDS = """
    SELECT s.id, coalesce(r.centre_id, ''), c.officer_id, last.officer_id
    FROM isolation_stay s
    JOIN isolation_reservation r ON r.id = s.reservation_id
    LEFT JOIN isolation_carer c ON c.stay_id = s.id
    LEFT JOIN LATERAL (
        SELECT o.officer_id FROM isolation_obligation o WHERE o.stay_id = s.id
        ORDER BY o.day_index DESC LIMIT 1
    ) AS last ON true
    WHERE s.state = 'present' AND s.during @> %(today)s::date
    ORDER BY s.id
"""
TEAMS = """
    SELECT a.health_centre_id, a.staff_id FROM accounts_assignment a
    JOIN accounts_staff u ON u.id = a.staff_id
    WHERE a.role = %(role)s AND a.health_centre_id IS NOT NULL AND u.is_active
      AND a.revoked_at IS NULL AND a.since <= %(today)s
      AND (a.until IS NULL OR a.until > %(today)s)
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
            %(today)s::date, interval '1 day') AS first
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
        cursor.execute(TEAMS, {"today": today, "role": Role.PUSKESMAS_OFFICER.value})
        teams: dict[str, set[int]] = defaultdict(set)
        for centre, officer in cursor.fetchall():
            teams[centre].add(officer)
    loads = Counter(ward.fixed or ward.last for ward in wards)
    return share_out(
        wards,
        {centre: frozenset(team) for centre, team in teams.items()},
        {officer: count for officer, count in loads.items() if officer is not None},
    )
