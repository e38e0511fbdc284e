"""The rooms of a house as they stand on some days. Asked inside the lock."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from django.db import connection

from smartkampung.isolation.queries.free import IS_FREE, IS_OPEN, asked_days
from smartkampung.isolation.rules.rooms import Bed, Room
from smartkampung.isolation.rules.states import Need
from smartkampung.regions.distance import km

_BEDS = f"""
    SELECT h.id, b.room_id, r.own_bathroom, r.women_only OR h.women_only, b.id, b.cot,
        {IS_FREE} AS free,
        (SELECT s.sex FROM isolation_beduse u JOIN isolation_stay s ON s.id = u.stay_id
            WHERE u.bed_id = b.id AND u.live
                AND u.during && daterange(%(since)s, %(until)s)
            LIMIT 1) AS sex
    FROM isolation_bed b
    JOIN isolation_room r ON r.id = b.room_id
    JOIN isolation_house h ON h.id = r.house_id
    WHERE r.house_id = ANY(%(houses)s)
        AND {IS_OPEN}
        AND (h.wheelchair OR NOT %(wheelchair)s) AND (h.kitchen OR NOT %(kitchen)s)
    ORDER BY b.room_id, b.id
"""

_NEAR = f"""
    SELECT h.id, h.name, h.village_id, h.lat, h.lng, count(*) FILTER (WHERE NOT b.cot),
        (SELECT lat FROM regions_region WHERE code = %(home)s) AS home_lat,
        (SELECT lng FROM regions_region WHERE code = %(home)s) AS home_lng
    FROM isolation_house h
    JOIN isolation_room r ON r.house_id = h.id
    JOIN isolation_bed b ON b.room_id = r.id
    WHERE starts_with(h.village_id, %(inside)s)
        AND {IS_OPEN}
        AND {IS_FREE}
        AND (h.wheelchair OR NOT %(wheelchair)s) AND (h.kitchen OR NOT %(kitchen)s)
    GROUP BY h.id
    HAVING count(*) >= %(people)s
"""


_SITE = f"""
    SELECT h.id, h.village_id, h.place_id, h.centre_id, (
        SELECT count(*) FROM isolation_bed b JOIN isolation_room r ON r.id = b.room_id
        WHERE r.house_id = h.id AND {IS_OPEN} AND {IS_FREE}
    ) AS free
    FROM isolation_house h WHERE h.id = %(house)s
"""


class Near(NamedTuple):
    """A house that seems to have room; only the lock knows."""

    house_id: int
    name: str
    village: str
    km: float | None
    free: int


class Site(NamedTuple):
    """Where a house stands, who looks after its people, and how many beds seem free."""

    house_id: int
    village: str
    place: str
    centre: str
    free: int


def rooms_of(
    house_id: int,
    *,
    since: date,
    until: date,
    needs: frozenset[Need] = frozenset(),
) -> list[Room]:
    """Return the rooms with their beds, none where the house is shut or unfitting."""
    return rooms_of_each([house_id], since=since, until=until, needs=needs)[house_id]


def rooms_of_each(
    houses: Sequence[int],
    *,
    since: date,
    until: date,
    needs: frozenset[Need] = frozenset(),
) -> dict[int, list[Room]]:
    """Return the rooms of each of some houses, as ``rooms_of`` does, in one statement."""
    with connection.cursor() as cursor:
        days = _days(since, until, needs)
        cursor.execute(_BEDS, {**days, "houses": list(houses)})
        rows = cursor.fetchall()
    beds: dict[int, list[Bed]] = defaultdict(list)
    sexes: dict[int, set[str]] = defaultdict(set)
    flags = {}
    for house, room, bathroom, women, bed, cot, free, sex in rows:
        beds[room].append(Bed(bed, free, cot))
        flags[room] = (house, bathroom, women)
        if sex:
            sexes[room].add(sex)
    found: dict[int, list[Room]] = {house: [] for house in houses}
    for room, lying in beds.items():
        house, *more = flags[room]
        found[house].append(Room(room, tuple(lying), frozenset(sexes[room]), *more))
    return found


def site_of(house_id: int, *, since: date, until: date) -> Site | None:
    """Return a house at a glance, without a lock; no bed is free where it is shut."""
    with connection.cursor() as cursor:
        cursor.execute(_SITE, {**_days(since, until, frozenset()), "house": house_id})
        found = cursor.fetchone()
    return Site(*found) if found else None


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
            _NEAR,
            {
                **_days(since, until, needs),
                "people": people,
                "inside": inside,
                "home": village,
            },
        )
        rows = cursor.fetchall()
    found = [
        Near(pk, name, place, _km(home, (lat, lng)), free)
        for pk, name, place, lat, lng, free, *home in rows
    ]
    return sorted(found, key=lambda near: _order(near, village))


def _order(near: Near, village: str) -> tuple[bool, bool, float, int]:
    return near.village != village, near.km is None, near.km or 0.0, near.house_id


def _days(since: date, until: date, needs: frozenset[Need]) -> dict[str, date | bool]:
    return {
        **asked_days(since, until),
        "wheelchair": Need.WHEELCHAIR in needs,
        "kitchen": Need.KITCHEN in needs,
    }


def _km(
    home: Sequence[float | None], house: tuple[float | None, float | None]
) -> float | None:
    (lat, lng), (to_lat, to_lng) = home, house
    if lat is None or lng is None or to_lat is None or to_lng is None:
        return None
    return km((lat, lng), (to_lat, to_lng))
