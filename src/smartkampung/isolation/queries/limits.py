"""How many people a place takes, and what that leaves for whoever books next."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import connection
from django.db.models import QuerySet

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.roles import Permission
from smartkampung.isolation.models import IntakeLimit
from smartkampung.isolation.rules.intake import (
    ARRIVALS_A_DAY,
    MONITORED_AT_ONCE,
    places_left,
)
from smartkampung.isolation.rules.states import ISOLATION_DAYS, LIVE_STAYS
from smartkampung.kernel.rls import as_job
from smartkampung.regions.codes import within
from smartkampung.regions.models import HealthCentre

DAY = timedelta(days=1)
SHOWN_DAYS = 21

# Who counts against a limit, in every question about it: what a page says that a limit
# leaves is what a booking meets. ``r`` is a reservation, ``s`` a stay of it.
COUNTS = "s.state = ANY (%(live)s) AND r.state IN ('held', 'booked', 'arrived')"
_MONITORED = f"""
    SELECT on_day::date, count(*)
    FROM generate_series(%(since)s::date, %(until)s::date - 1, '1 day') AS on_day
    JOIN isolation_stay s ON s.during @> on_day::date
    JOIN isolation_reservation r ON r.id = s.reservation_id
    WHERE r.centre_id = %(place)s AND {COUNTS}
    GROUP BY on_day
"""
_ARRIVALS = f"""
    SELECT r.arrives_on, count(*)
    FROM isolation_reservation r JOIN isolation_stay s ON s.reservation_id = r.id
    WHERE r.region_code >= %(place)s AND r.region_code < %(place)s || '/'
        AND r.arrives_on >= %(since)s AND r.arrives_on < %(until)s AND {COUNTS}
    GROUP BY r.arrives_on
"""
_FREE = """
    SELECT on_day::date, count(*)
    FROM generate_series(%(since)s::date, %(until)s::date - 1, '1 day') AS on_day
    JOIN isolation_opening o ON o.during @> on_day::date
    JOIN isolation_house h ON h.id = o.house_id
    JOIN isolation_room m ON m.house_id = h.id
    JOIN isolation_bed b ON b.room_id = m.id AND NOT b.cot
    WHERE {place} = %(place)s AND NOT EXISTS (
        SELECT 1 FROM isolation_beduse u
        WHERE u.bed_id = b.id AND u.live AND u.taken @> on_day::date)
    GROUP BY on_day
"""
FREE_OF_CENTRE = _FREE.format(place="h.centre_id")
FREE_OF_VILLAGE = _FREE.format(place="h.village_id")


@dataclass(frozen=True)
class Effect:
    """What a limit leaves for an arrival on one day, beside the beds there are."""

    on: date
    people: int
    left: int
    beds: int

    @property
    def offered(self) -> int:
        """Return how many places of houses can be booked: by hands and by beds."""
        return min(self.left, self.beds)


def limit_of_village(village: str) -> int:
    """Return how many people a village receives on one day."""
    return _latest(IntakeLimit.objects.filter(village=village), ARRIVALS_A_DAY)


def limit_of_centre(centre: str) -> int:
    """Return how many people a Puskesmas looks after at once."""
    return _latest(IntakeLimit.objects.filter(centre=centre), MONITORED_AT_ONCE)


def _latest(rows: QuerySet[IntakeLimit], default: int) -> int:
    most = rows.order_by("-at", "-pk").values_list("most", flat=True).first()
    return default if most is None else most


def limits_set(
    *, villages: list[str] | None = None, centres: list[str] | None = None
) -> dict[str, int]:
    """Return the limits that somebody set for some places, by code."""
    rows = IntakeLimit.objects.order_by("at", "pk")
    if villages is not None:
        return dict(rows.filter(village__in=villages).values_list("village", "most"))
    return dict(rows.filter(centre__in=centres or []).values_list("centre", "most"))


def history_of(
    *, village: str | None = None, centre: str | None = None
) -> list[IntakeLimit]:
    """Return every limit of a place, the latest first."""
    rows = IntakeLimit.objects.filter(village=village, centre=centre)
    return list(rows.order_by("-at", "-pk"))


def centres_of(actor: Actor, permission: Permission) -> list[HealthCentre]:
    """Return the Puskesmas that serve the actor's villages."""
    served = within("serves__village__code", actor.regions_where(permission))
    return list(HealthCentre.objects.filter(served).distinct().order_by("name", "code"))


def effect_on_centre(centre: str, *, most: int, since: date) -> list[Effect]:
    """Return what a limit leaves for arrivals on the next days. Numbers only.

    Who arrives is looked after for fourteen days, so the fullest of them decides.
    """
    until = since + SHOWN_DAYS * DAY
    people = _by_day(_MONITORED, centre, since, until + ISOLATION_DAYS * DAY)
    beds = _by_day(FREE_OF_CENTRE, centre, since, until)
    return [
        Effect(
            on,
            people.get(on, 0),
            places_left(
                most, [people.get(on + n * DAY, 0) for n in range(ISOLATION_DAYS)]
            ),
            beds.get(on, 0),
        )
        for on in _days(since)
    ]


def effect_on_village(village: str, *, most: int, since: date) -> list[Effect]:
    """Return what a limit leaves for arrivals on the next days. Numbers only."""
    until = since + SHOWN_DAYS * DAY
    people = _by_day(_ARRIVALS, village, since, until)
    beds = _by_day(FREE_OF_VILLAGE, village, since, until)
    return [
        Effect(
            on,
            people.get(on, 0),
            places_left(most, [people.get(on, 0)]),
            beds.get(on, 0),
        )
        for on in _days(since)
    ]


def looked_after(centres: list[str], on: date) -> dict[str, int]:
    """Return how many people each Puskesmas looks after on a day, or is to."""
    with as_job(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT r.centre_id, count(*) FROM isolation_stay s"
            " JOIN isolation_reservation r ON r.id = s.reservation_id"
            " WHERE r.centre_id = ANY (%(centres)s) AND s.during @> %(on)s::date"
            f" AND {COUNTS} GROUP BY r.centre_id",
            {"centres": centres, "on": on, "live": list(LIVE_STAYS)},
        )
        return dict(cursor.fetchall())


def _days(since: date) -> list[date]:
    return [since + number * DAY for number in range(SHOWN_DAYS)]


def _by_day(sql: str, place: str, since: date, until: date) -> Mapping[date, int]:
    with as_job(), connection.cursor() as cursor:
        cursor.execute(
            sql,
            {
                "place": place,
                "since": since,
                "until": until,
                "live": list(LIVE_STAYS),
            },
        )
        return dict(cursor.fetchall())
