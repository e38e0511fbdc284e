"""Keep to what a village can receive and a Puskesmas can look after."""

from datetime import date, datetime

from django.db import connection
from django.db.models import Count
from django.utils.translation import gettext_lazy as _

from smartkampung.isolation.models import IntakeLimit, Reservation
from smartkampung.isolation.rules.intake import ARRIVALS_A_DAY, MONITORED_AT_ONCE
from smartkampung.isolation.rules.states import LIVE_STAYS
from smartkampung.kernel.claim import Lock, Rank
from smartkampung.kernel.errors import Refused
from smartkampung.regions.codes import within
from smartkampung.regions.models import HealthCentre, Region

_MONITORED = """
    SELECT coalesce(max(people), 0) FROM (
        SELECT count(*) AS people
        FROM generate_series(%(since)s::date, %(until)s::date - 1, '1 day') AS on_day
        JOIN isolation_stay s ON s.during @> on_day::date
        JOIN isolation_reservation r ON r.id = s.reservation_id
        WHERE r.centre_id = %(centre)s AND s.state = ANY (%(live)s)
            AND r.state IN ('held', 'booked', 'arrived')
        GROUP BY on_day
    ) AS by_day
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
    if _arrivals(village, since) + people > _limit(ARRIVALS_A_DAY, village=village):
        raise IntakeFull(
            _(
                "This village receives no more people on that day. Please choose"
                " another day, or a house in another village."
            )
        )
    monitored = _monitored(centre, since, until)
    if monitored + people > _limit(MONITORED_AT_ONCE, centre=centre):
        raise IntakeFull(
            _(
                "The Puskesmas cannot look after more people on these days. Please"
                " choose a later day, or a house in another village."
            )
        )


def _limit(default: int, **place: str) -> int:
    found = IntakeLimit.objects.filter(
        **{f"{key}_id": code for key, code in place.items()}
    )
    most = found.values_list("most", flat=True).first()
    return default if most is None else most


def _arrivals(village: str, on: date) -> int:
    rows = Reservation.objects.filter(
        within("region_code", [village]),
        arrives_on=on,
        state__in=["held", "booked", "arrived"],
        stays__state__in=LIVE_STAYS,
    )
    people: int = rows.aggregate(people=Count("stays"))["people"]
    return people


def _monitored(centre: str, since: date, until: date) -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            _MONITORED,
            {
                "since": since,
                "until": until,
                "centre": centre,
                "live": list(LIVE_STAYS),
            },
        )
        return int(cursor.fetchone()[0])


def set_limit(
    *,
    most: int,
    at: datetime,
    by: str,
    village: str | None = None,
    centre: str | None = None,
) -> None:
    """Set how many people a village receives a day, or a Puskesmas monitors at once."""
    IntakeLimit.objects.update_or_create(
        village_id=village,
        centre_id=centre,
        defaults={"most": most, "by": by, "at": at},
    )
