"""A house with the last 20 beds and filled-in forms for it; Django must be set up."""

import uuid
from collections.abc import Iterator
from datetime import date, timedelta

from smartkampung.intake.draft import Draft, seal_draft
from smartkampung.intake.models import HitCount
from smartkampung.isolation.actions.intake import set_limit
from smartkampung.isolation.models import (
    Bed,
    BedUse,
    House,
    Inspection,
    Opening,
    Room,
)
from smartkampung.kernel.clock import now, today
from smartkampung.web.isolation_booking.wizard import FORM

ROOMS, BEDS_A_ROOM = 5, 4
WIDE = 1_000_000


def last_beds() -> House:
    """Open a house with twenty beds, in the village of one that is there already."""
    at, near = now(), House.objects.order_by("pk")[0]
    house = House.objects.create(
        village_id=near.village_id,
        place_id=near.place_id,
        centre_id=near.centre_id,
        fed_by_id=near.fed_by_id,
        kind=near.kind,
        name=f"Bench {at:%H%M%S}",
        contact_name="Bench",
        contact_phone="0333000000",
        lat=near.lat,
        lng=near.lng,
        added_at=at,
    )
    for number in range(ROOMS):
        room = Room.objects.create(house=house, name=f"Kamar {number}")
        for bed in range(BEDS_A_ROOM):
            Bed.objects.create(room=room, name=str(bed))
    Inspection.objects.create(
        house=house, form_id=uuid.uuid4(), faults=[], passed=True, by="bench", at=at
    )
    Opening.objects.create(house=house, during=(today(), None), by="bench", at=at)
    for place in ({"village": house.village_id}, {"centre": house.centre_id}):
        set_limit(most=WIDE, at=at, by="bench", **place)
    HitCount.objects.all().delete()
    return house


def forms(house: House, count: int) -> Iterator[str]:
    """Yield sealed forms of men who each want a bed of that house on one day."""
    day = today() + timedelta(days=3)
    for number in range(count):
        answers = _answers(house, day, number)
        yield seal_draft(Draft(uuid.uuid4(), now(), answers), form=FORM)


def taken(house: House) -> tuple[int, int]:
    """Return how many beds are taken, and by how many people."""
    uses = BedUse.objects.filter(bed__room__house=house, live=True)
    beds, people = (uses.values(of).distinct().count() for of in ("bed", "stay"))
    return beds, people


def _answers(house: House, day: date, number: int) -> dict[str, dict[str, str]]:
    village = house.village_id
    return {
        "when": _day("arrives_on", day),
        "province": {"province": "35"},
        "origin": {"origin": "35.78"},
        "entry": {"entry_point": "ketapang"},
        "kecamatan": {"kecamatan": village[:8]},
        "village": {"village": village},
        "rt": {"rt": "unknown"},
        "people": {"people": "1"},
        "guest1": {
            "name": "Wayan",
            "sex": "L",
            "document_kind": "nik",
            "number": f"351009120390{number:04d}",
            **_day("born_on", date(1990, 3, 12)),
        },
        "needs": {},
        "home": {"own_room": "no", "own_bathroom": "no", "frail": "no"},
        "house": {"house": str(house.pk)},
        "phone": {"phone": f"0857 1111 {number:04d}"},
    }


def _day(name: str, day: date) -> dict[str, str]:
    parts = {"day": day.day, "month": day.month, "year": day.year}
    return {f"{name}_{part}": str(value) for part, value in parts.items()}
