"""Keep to what a village can receive and a Puskesmas can look after."""

from datetime import date, datetime
from typing import NamedTuple

from django.db import connection
from django.utils.translation import gettext_lazy as _

from smartkampung.isolation.models import IntakeLimit
from smartkampung.isolation.queries.limits import (
    COUNTS,
    limit_of_centre,
    limit_of_village,
)
from smartkampung.isolation.rules.states import LIVE_STAYS
from smartkampung.kernel.claim import Lock, Rank
from smartkampung.kernel.errors import Refused
from smartkampung.regions.models import HealthCentre, Region

_STANDS = f"""
    SELECT (
        SELECT count(*) FROM isolation_reservation r
        JOIN isolation_stay s ON s.reservation_id = r.id
        WHERE r.region_code >= %(village)s AND r.region_code < %(village)s || '/'
            AND r.arrives_on = %(since)s AND {COUNTS}
    ), (
        SELECT coalesce(max(people), 0) FROM (
            SELECT count(*) AS people
            FROM generate_series(%(since)s::date, %(until)s::date - 1, '1 day') AS on_day
            JOIN isolation_stay s ON s.during @> on_day::date
            JOIN isolation_reservation r ON r.id = s.reservation_id
            WHERE r.centre_id = %(centre)s AND {COUNTS}
            GROUP BY on_day
        ) AS by_day
    )
"""


class IntakeFull(Refused):
    """The village receives no more people that day, or the Puskesmas has no hands."""

    code = "intake_full"


def intake_locks(*, village: str, centre: str) -> list[Lock]:
    """Return the locks under which ``check_intake`` may count."""
    return [
        Lock(Rank.QUOTA, Region.objects.filter(code=village)),
        Lock(Rank.QUOTA, HealthCentre.objects.filter(code=centre)),
    ]


def check_intake(
    *, village: str, centre: str, people: int, since: date, until: date
) -> None:
    """Raise IntakeFull when so many more people are too many. Asked as a job."""
    stands = _stands(village, centre, since, until)
    if stands.arrivals + people > limit_of_village(village):
        raise village_full()
    if stands.monitored + people > limit_of_centre(centre):
        raise IntakeFull(
            _(
                "The Puskesmas cannot look after more people on these days. Please"
                " choose a later day, or a house in another village."
            )
        )


def village_full() -> IntakeFull:
    """Return what is said where a village receives no more people on a day."""
    return IntakeFull(
        _(
            "This village receives no more people on that day. Please choose"
            " another day, or a house in another village."
        )
    )


class _Stands(NamedTuple):
    arrivals: int
    monitored: int


def _stands(village: str, centre: str, since: date, until: date) -> _Stands:
    # One question, for the locks of village and Puskesmas are held meanwhile.
    with connection.cursor() as cursor:
        cursor.execute(
            _STANDS,
            {
                "village": village,
                "centre": centre,
                "since": since,
                "until": until,
                "live": list(LIVE_STAYS),
            },
        )
        return _Stands(*cursor.fetchone())


def set_limit(
    *,
    most: int,
    at: datetime,
    by: str,
    village: str | None = None,
    centre: str | None = None,
    reason: str = "",
) -> IntakeLimit:
    """Set how many people a village receives a day, or a Puskesmas monitors at once.

    The one before it stays, as history. Nobody who is booked loses a place.
    """
    return IntakeLimit.objects.create(
        village_id=village, centre_id=centre, most=most, reason=reason, by=by, at=at
    )
