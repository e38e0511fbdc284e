"""What fell due in each village and was done in time, from the one list of work."""

from datetime import date

from django.db import connection

from smartkampung.frontline.recognition.rules.week import (
    A_WEEK,
    KINDS,
    WEEKS_BEFORE,
    Area,
    Tally,
)
from smartkampung.kernel.clock import start_of_day

VILLAGE_LETTERS = 13
_TALLIES = """
    SELECT left(region_code, %(letters)s) AS village,
        count(*) FILTER (WHERE due_at >= %(monday)s),
        count(*) FILTER (WHERE due_at >= %(monday)s AND closed_at <= due_at),
        count(*) FILTER (WHERE due_at < %(monday)s),
        count(*) FILTER (WHERE due_at < %(monday)s AND closed_at <= due_at)
    FROM worklist_workitem w
    JOIN regions_region r ON r.code = left(region_code, %(letters)s)
    WHERE w.kind = ANY(%(kinds)s) AND due_at >= %(since)s AND due_at < %(until)s
        AND length(region_code) >= %(letters)s
    GROUP BY village ORDER BY village
"""


def tallies(area: Area, *, monday: date) -> list[Tally]:
    """Return the tally of each village in which something of an area fell due.

    By the date that was promised, not by the day of closing: what is left lying counts
    against a village as what is done late does.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            _TALLIES,
            {
                "letters": VILLAGE_LETTERS,
                "kinds": list(KINDS[area]),
                "since": start_of_day(monday - WEEKS_BEFORE * A_WEEK),
                "monday": start_of_day(monday),
                "until": start_of_day(monday + A_WEEK),
            },
        )
        return [Tally(*row) for row in cursor.fetchall()]
