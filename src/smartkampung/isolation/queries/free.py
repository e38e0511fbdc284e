"""Which houses have room on some days: shared by pages, the API and the booking.

What the public sees may be a minute old and says so; a booking chooses again under
lock, and only that decides.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import NamedTuple

from django.core.cache import caches
from django.db import connection

from smartkampung.isolation.models import House
from smartkampung.isolation.rules.states import ISOLATION_DAYS, Need, taken_days

REMEMBERED_SECONDS = 60
# What a free bed ``b`` and an open house ``h`` are, in every question about them.
IS_FREE = """
    NOT EXISTS (SELECT FROM isolation_beduse u
        WHERE u.bed_id = b.id AND u.live
            AND u.taken && daterange(%(since)s, %(gone)s))
"""
IS_OPEN = """
    EXISTS (SELECT FROM isolation_opening o
        WHERE o.house_id = h.id AND o.during @> daterange(%(since)s, %(until)s))
"""
_HOUSES = f"""
    SELECT h.* FROM isolation_house h WHERE {IS_OPEN} ORDER BY h.village_id, h.name
"""
_ROOMS = f"""
    SELECT house, own_bathroom, women_only, count(*) FILTER (WHERE NOT cot),
        count(*) FILTER (WHERE is_free AND NOT cot),
        count(*) FILTER (WHERE is_free AND cot)
    FROM (
        SELECT h.id AS house, r.id AS room, r.own_bathroom, r.women_only, b.cot,
            {IS_FREE} AS is_free
        FROM isolation_house h
        JOIN isolation_room r ON r.house_id = h.id
        JOIN isolation_bed b ON b.room_id = r.id
        WHERE {IS_OPEN}
    ) AS beds
    GROUP BY house, room, own_bathroom, women_only ORDER BY house, room
"""


@dataclass(frozen=True)
class FreeHouse:
    """A house that is open on all days asked for; ``free`` beds do not count cots.

    ``rooms`` are the beds of each room, those free and all: a family shares a room,
    and is spread over several only where no room could ever hold it.
    """

    house_id: int
    name: str
    kind: str
    address: str
    village: str
    place: str
    lat: float | None
    lng: float | None
    free: int
    cots: int
    has: frozenset[Need]
    rooms: tuple[tuple[int, int], ...]

    def holds(self, people: int) -> bool:
        """Say whether people who come together seem to find room."""
        if any(free >= people for free, _beds in self.rooms):
            return True
        too_many = all(beds < people for _free, beds in self.rooms)
        return too_many and self.free >= people


@dataclass(frozen=True)
class Seen:
    """What was free at a moment, in the order of villages and names."""

    houses: tuple[FreeHouse, ...]
    as_of: datetime


def last_day(since: date) -> date:
    """Return the day on which somebody leaves who comes on a day."""
    return since + timedelta(days=ISOLATION_DAYS)


def asked_days(since: date, until: date) -> dict[str, date]:
    """Return what ``IS_FREE`` and ``IS_OPEN`` ask for half-open days."""
    _since, gone = taken_days(since, until)
    return {"since": since, "until": until, "gone": gone}


def free_houses(since: date, until: date) -> list[FreeHouse]:
    """Return every open house with its free beds, full ones too."""
    days = asked_days(since, until)
    rooms: dict[int, list[_Room]] = {}
    with connection.cursor() as cursor:
        cursor.execute(_ROOMS, days)
        for room in map(_Room._make, cursor.fetchall()):
            rooms.setdefault(room.house, []).append(room)
    houses = House.objects.raw(_HOUSES, days)
    return [_free(house, rooms.get(house.pk, [])) for house in houses]


class _Room(NamedTuple):
    house: int
    own_bathroom: bool
    women_only: bool
    beds: int
    free: int
    cots: int


def _free(house: House, rooms: Sequence[_Room]) -> FreeHouse:
    with_room = [room for room in rooms if room.free]
    cots = sum(room.cots for room in rooms)
    has = {
        Need.OWN_BATHROOM: any(room.own_bathroom for room in with_room),
        Need.WOMEN_ONLY: house.women_only or any(room.women_only for room in with_room),
        Need.WHEELCHAIR: house.wheelchair,
        Need.KITCHEN: house.kitchen,
        Need.COT: cots > 0,
    }
    return FreeHouse(
        house_id=house.pk,
        name=house.name,
        kind=house.kind,
        address=house.address,
        village=house.village_id,
        place=house.place_id,
        lat=house.lat,
        lng=house.lng,
        free=sum(room.free for room in rooms),
        cots=cots,
        has=frozenset(need for need, there in has.items() if there),
        rooms=tuple((room.free, room.beds) for room in rooms),
    )


def seen_houses(since: date, until: date, *, at: datetime) -> Seen:
    """Return what everybody sees: at most a minute old, with the moment it is from.

    Only stays of the usual length are remembered: there are few of those.
    """
    if until != last_day(since):
        return Seen(tuple(free_houses(since, until)), at)
    key = f"free-houses:{since:%Y%m%d}:{until:%Y%m%d}"
    seen: Seen | None = caches["local"].get(key)
    if seen is None:
        seen = Seen(tuple(free_houses(since, until)), at)
        caches["local"].set(key, seen, REMEMBERED_SECONDS)
    return seen


def fitting(
    houses: Iterable[FreeHouse], *, people: int, needs: Iterable[Need] = ()
) -> list[FreeHouse]:
    """Return the houses with room for all of some people, and with what they need."""
    wanted = frozenset(needs)
    return [one for one in houses if one.holds(people) and wanted <= one.has]
