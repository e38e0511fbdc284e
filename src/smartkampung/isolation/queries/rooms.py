"""The rooms of a house as they stand on some days. Asked inside the lock."""

from collections import defaultdict
from datetime import date, timedelta
from typing import NamedTuple

from django.db import connection

from smartkampung.isolation.rules.rooms import Bed, Room
from smartkampung.isolation.rules.states import CLEANING_DAYS, Need
from smartkampung.regions.distance import km
from smartkampung.regions.models import Region

_BEDS = """
    SELECT b.room_id, r.own_bathroom, r.women_only OR h.women_only, b.id, b.cot,
        NOT EXISTS (
            SELECT FROM isolation_beduse u
            WHERE u.bed_id = b.id AND u.live
                AND u.taken && daterange(%(since)s, %(gone)s)
        ) AS free,
        (SELECT s.sex FROM isolation_beduse u JOIN isolation_stay s ON s.id = u.stay_id
            WHERE u.bed_id = b.id AND u.live
                AND u.during && daterange(%(since)s, %(until)s)
            LIMIT 1) AS sex
    FROM isolation_bed b
    JOIN isolation_room r ON r.id = b.room_id
    JOIN isolation_house h ON h.id = r.house_id
    WHERE r.house_id = %(house)s
        AND EXISTS (SELECT FROM isolation_opening o
            WHERE o.house_id = h.id AND o.during @> daterange(%(since)s, %(until)s))
        AND (h.wheelchair OR NOT %(wheelchair)s) AND (h.kitchen OR NOT %(kitchen)s)
    ORDER BY b.room_id, b.id
"""

_NEAR = """
    SELECT h.id, h.name, h.village_id, h.lat, h.lng, count(*) AS free
    FROM isolation_house h
    JOIN isolation_room r ON r.house_id = h.id
    JOIN isolation_bed b ON b.room_id = r.id
    WHERE starts_with(h.village_id, %(inside)s)
        AND EXISTS (SELECT FROM isolation_opening o
            WHERE o.house_id = h.id AND o.during @> daterange(%(since)s, %(until)s))
        AND NOT EXISTS (SELECT FROM isolation_beduse u
            WHERE u.bed_id = b.id AND u.live AND u.taken && daterange(%(since)s, %(gone)s))
        AND (h.wheelchair OR NOT %(wheelchair)s) AND (h.kitchen OR NOT %(kitchen)s)
    GROUP BY h.id
    HAVING count(*) >= %(people)s
"""


_FREE = """
    SELECT count(*) FROM isolation_bed b JOIN isolation_room r ON r.id = b.room_id
    WHERE r.house_id = %(house)s
        AND EXISTS (SELECT FROM isolation_opening o
            WHERE o.house_id = r.house_id
                AND o.during @> daterange(%(since)s, %(until)s))
        AND NOT EXISTS (SELECT FROM isolation_beduse u
            WHERE u.bed_id = b.id AND u.live
                AND u.taken && daterange(%(since)s, %(gone)s))
"""


class Near(NamedTuple):
    """A house that seems to have room; only the lock knows."""

    house_id: int
    name: str
    village: str
    km: float | None
    free: int


def rooms_of(
    house_id: int,
    *,
    since: date,
    until: date,
    needs: frozenset[Need] = frozenset(),
) -> list[Room]:
    """Return the rooms with their beds, none where the house is shut or unfitting."""
    with connection.cursor() as cursor:
        cursor.execute(_BEDS, {**_days(since, until, needs), "house": house_id})
        rows = cursor.fetchall()
    beds: dict[int, list[Bed]] = defaultdict(list)
    sexes: dict[int, set[str]] = defaultdict(set)
    flags = {}
    for room, bathroom, women, bed, cot, free, sex in rows:
        beds[room].append(Bed(bed, free, cot))
        flags[room] = (bathroom, women)
        if sex:
            sexes[room].add(sex)
    return [
        Room(room, tuple(lying), frozenset(sexes[room]), *flags[room])
        for room, lying in beds.items()
    ]


def free_beds(house_id: int, *, since: date, until: date) -> int:
    """Return how many beds seem free, without a lock; none where the house is shut."""
    with connection.cursor() as cursor:
        cursor.execute(_FREE, {**_days(since, until, frozenset()), "house": house_id})
        return int(cursor.fetchone()[0])


def houses_near(
    village: str,
    *,
    since: date,
    until: date,
    people: int,
    needs: frozenset[Need] = frozenset(),
    inside: str = "",
) -> list[Near]:
    """Return the houses with enough free beds, those of the village first, then by way.

    ``inside`` keeps to a region. The way is as the crow flies from the middle of the
    village; houses without a position come last.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            _NEAR, {**_days(since, until, needs), "people": people, "inside": inside}
        )
        rows = cursor.fetchall()
    home = Region.objects.filter(code=village).values_list("lat", "lng").first()
    found = [
        Near(pk, name, place, _km(home, (lat, lng)), free)
        for pk, name, place, lat, lng, free in rows
    ]
    return sorted(found, key=lambda near: _order(near, village))


def _order(near: Near, village: str) -> tuple[bool, bool, float, int]:
    return near.village != village, near.km is None, near.km or 0.0, near.house_id


def _days(since: date, until: date, needs: frozenset[Need]) -> dict[str, date | bool]:
    return {
        "since": since,
        "until": until,
        "gone": until + timedelta(days=CLEANING_DAYS),
        "wheelchair": Need.WHEELCHAIR in needs,
        "kitchen": Need.KITCHEN in needs,
    }


Position = tuple[float | None, float | None]


def _km(home: Position | None, house: Position) -> float | None:
    if home is None:
        return None
    (lat, lng), (to_lat, to_lng) = home, house
    if lat is None or lng is None or to_lat is None or to_lng is None:
        return None
    return km((lat, lng), (to_lat, to_lng))
