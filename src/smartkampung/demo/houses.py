"""Isolation houses of the demo: almost 300, as many as the regency opened in 2020.

They open in three waves like the real ones: 181 of them first, 216 nine days later,
and the rest some weeks after. Every seed has the same houses, so that links keep
working; addresses, people in charge and telephone numbers are made up.
"""

import random
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple
from uuid import UUID, uuid5

from smartkampung.demo.draw import Deck, Random, pick, shares
from smartkampung.demo.names import Who, name_of
from smartkampung.demo.numbers import UNUSED_PREFIX
from smartkampung.demo.people import STREETS
from smartkampung.demo.places import Village
from smartkampung.isolation.models import Bed, House, Inspection, Opening, Room
from smartkampung.isolation.rules.states import HouseKind
from smartkampung.kernel.clock import day
from smartkampung.regions.models import Region, ServedVillage

HOUSES = 297
# (houses open by then, days before today): the first two steps are of April 2020.
WAVES = ((181, 75), (216, 66), (260, 45), (HOUSES, 20))
NEAR = 0.012  # degrees around the middle of a village, about a kilometre
BY = "demo"
FORMS = UUID("0b6f2f0e-5d43-4b0e-9f0f-6f7b6f1f3a10")

KINDS = Deck(
    {
        HouseKind.PRIVATE_HOUSE: 60,
        HouseKind.SCHOOL: 20,
        HouseKind.HOMESTAY: 14,
        HouseKind.OTHER: 6,
    }
)
# Beds in each room, by what the house was before.
ROOMS: Mapping[HouseKind, Sequence[tuple[int, ...]]] = {
    HouseKind.VILLAGE_HALL: ((2, 2), (2, 1), (2, 2, 1), (2, 1)),
    HouseKind.SCHOOL: ((2, 2, 2), (3, 2), (2, 2)),
    HouseKind.PRIVATE_HOUSE: ((1, 1), (2, 1), (2, 1, 1), (2, 2)),
    HouseKind.HOMESTAY: ((1, 1, 1), (2, 1, 1, 1), (2, 2)),
    HouseKind.OTHER: ((2, 2), (3, 1)),
}


class Described(NamedTuple):
    """A house that is not yet in a table, the beds in its rooms, and its chance."""

    house: House
    rooms: tuple[int, ...]
    chance: random.Random


def open_houses(villages: Sequence[Village], *, at: datetime) -> None:
    """Make every house with its rooms and beds, and open it on a day of the past."""
    described = list(_houses(villages, at))
    House.objects.bulk_create([one.house for one in described])
    rooms = [(room, beds) for one in described for room, beds in _rooms(one)]
    Room.objects.bulk_create([room for room, _ in rooms])
    Bed.objects.bulk_create(bed for room, beds in rooms for bed in _beds(room, beds))
    _inspected([one.house for one in described])
    opened = zip(described, _since(day(at)), strict=True)
    Opening.objects.bulk_create(
        Opening(house=one.house, during=(since, None), by=BY, at=at)
        for one, since in opened
    )


def _inspected(houses: Sequence[House]) -> None:
    """Let each house be seen by its Puskesmas on the day after it was entered."""
    Inspection.objects.bulk_create(
        Inspection(
            house=house,
            form_id=uuid5(FORMS, f"{house.village_id}/{house.name}"),
            faults=[],
            passed=True,
            by=BY,
            at=house.added_at + timedelta(days=1),
        )
        for house in houses
    )


def _houses(villages: Sequence[Village], at: datetime) -> Iterator[Described]:
    """Yield the houses in the order of opening: one for each village, then more."""
    people = [village.people for village in villages]
    counts = zip(villages, shares(HOUSES, people, least=1), strict=True)
    cares = dict(ServedVillage.objects.values_list("village_id", "centre_id"))
    rows = Region.objects.filter(code__in=cares).values_list(
        "code", "kind", "lat", "lng"
    )
    where = {code: (kind, lat, lng) for code, kind, lat, lng in rows}
    numbers = [(number, v) for v, count in counts for number in range(count)]
    for number, village in sorted(numbers, key=_turn):
        kind, lat, lng = where[village.code]
        chance = random.Random(f"house:{village.code}:{number}")
        house, rooms = _describe(village, number, chance, urban=kind == "kelurahan")
        house.centre_id = cares[village.code]
        house.lat = _near(lat, chance)
        house.lng = _near(lng, chance)
        house.added_at = at - timedelta(days=WAVES[0][1] + 1)
        yield Described(house, rooms, chance)


def _near(degrees: float | None, chance: random.Random) -> float | None:
    return degrees and degrees + chance.uniform(-NEAR, NEAR)


def _turn(numbered: tuple[int, Village]) -> tuple[int, str]:
    number, village = numbered
    return number, str(random.Random(f"turn:{village.code}").random())


def _describe(
    village: Village, number: int, chance: random.Random, *, urban: bool
) -> tuple[House, tuple[int, ...]]:
    kind = KINDS.draw(chance.random) if number else HouseKind.VILLAGE_HALL
    owner = _somebody(village, chance.random)
    rt = pick(village.rts, chance.random)
    house = House(
        village_id=village.code,
        place_id=rt.code,
        fed_by_id=village.code,
        kind=kind,
        name=_name(kind, number, owner, urban=urban),
        address=f"Jl. {pick(STREETS, chance.random)} {chance.randint(1, 90)}, {rt.dusun}",
        contact_name=_somebody(village, chance.random),
        contact_phone=f"{UNUSED_PREFIX}{village.number:03d}9{number:05d}",
        women_only=kind is HouseKind.HOMESTAY and chance.random() < 0.4,
        wheelchair=kind is HouseKind.VILLAGE_HALL and chance.random() < 0.5,
        kitchen=chance.random() < 0.6,
        synthetic=True,
    )
    return house, pick(ROOMS[kind], chance.random)


def _name(kind: HouseKind, number: int, owner: str, *, urban: bool) -> str:
    match kind:
        case HouseKind.VILLAGE_HALL:
            return "Balai Kelurahan" if urban else "Balai Desa"
        case HouseKind.SCHOOL:
            return f"SD Negeri {number}"
        case HouseKind.HOMESTAY:
            return f"Homestay {owner}"
        case HouseKind.OTHER:
            return f"Gedung Serbaguna {number}"
    return f"Rumah {owner} ({number})"


def _somebody(village: Village, chance: Random) -> str:
    culture = max(village.cultures, key=lambda name: village.cultures[name])
    sex = "L" if chance() < 0.7 else "P"
    who = Who(culture, sex, born=1970, religion=1, education=4)
    return name_of(who, chance)


def _rooms(one: Described) -> Iterator[tuple[Room, int]]:
    for number, beds in enumerate(one.rooms, start=1):
        own = one.house.kind == HouseKind.HOMESTAY or one.chance.random() < 0.25
        only = one.house.women_only or one.chance.random() < 0.1
        name = f"Kamar {number}"
        yield (
            Room(house=one.house, name=name, own_bathroom=own, women_only=only),
            beds,
        )


def _beds(room: Room, count: int) -> Iterator[Bed]:
    for number in range(1, count + 1):
        yield Bed(room=room, name=str(number), cot=number == 1 and count > 2)


def _since(today: date) -> Iterator[date]:
    """Yield when each house opened, wave by wave."""
    opened = 0
    for until, days in WAVES:
        for _ in range(until - opened):
            yield today - timedelta(days=days)
        opened = until
