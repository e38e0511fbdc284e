"""An isolation house in Sumberwangi, and Wayan who comes home from Surabaya."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

from smartkampung.isolation.actions.reserve import PUBLIC, Reserved, reserve
from smartkampung.isolation.actions.wish import Guest, Wish
from smartkampung.isolation.models import (
    Bed,
    BedUse,
    House,
    Inspection,
    Opening,
    Reservation,
    Room,
)
from smartkampung.isolation.models import Stay as Stay
from smartkampung.kernel.clock import WIB, day, now
from smartkampung.kernel.sealed import blind_index
from tests.cast import HERE, PUSKESMAS, places

MONDAY = datetime(2020, 6, 1, 9, tzinfo=WIB)
ARRIVAL = date(2020, 6, 4)
FORTNIGHT = timedelta(days=14)
SURABAYA = "35.78"
WAYAN_NIK = "3510091203900001"


def days(since: date, count: int = 14) -> tuple[date, date]:
    """Return half-open days."""
    return since, since + timedelta(days=count)


def a_house(
    name: str = "Balai Desa", *, beds: int = 2, village: str = HERE, opened: bool = True
) -> House:
    """Make a house with one room; open since long ago."""
    places()
    house = House.objects.create(
        village_id=village,
        place_id=village,
        centre_id=PUSKESMAS,
        fed_by_id=village,
        kind="village_hall",
        name=name,
        contact_name="Pak Slamet",
        contact_phone="0333123456",
        lat=-8.2,
        lng=114.3,
        added_at=MONDAY,
    )
    room = Room.objects.create(house=house, name="Kamar 1", own_bathroom=True)
    for number in range(1, beds + 1):
        Bed.objects.create(room=room, name=str(number))
    an_inspection(house)
    if opened:
        Opening.objects.create(
            house=house, during=(date(2020, 4, 1), None), by="test", at=MONDAY
        )
    return house


def an_inspection(house: House, *faults: str, at: datetime = MONDAY) -> Inspection:
    """Let the Puskesmas have looked at a house; without a fault it may open."""
    return Inspection.objects.create(
        house=house,
        form_id=uuid4(),
        faults=list(faults),
        passed=not faults,
        by="ratna",
        at=at,
    )


def a_reservation(house: House | None = None, **fields: object) -> Reservation:
    """Make a row as it stands after booking, without the booking."""
    places()
    values: dict[str, object] = {
        "code_hash": blind_index(uuid4().hex, "tracking"),
        "state": "booked",
        "setting": "house" if house else "home",
        "region_code": HERE,
        "house": house,
        "centre_id": PUSKESMAS,
        "address": "" if house else "Jalan Kawah 3",
        "arrives_on": ARRIVAL,
        "origin_code": SURABAYA,
        "entry_point": "ketapang",
        "needs": [],
        "made_at": MONDAY,
    }
    return Reservation.objects.create(**values | fields)


def a_stay(reservation: Reservation, **fields: object) -> Stay:
    """Make the stay of Wayan, or of whom the fields say."""
    values: dict[str, object] = {
        "during": days(ARRIVAL),
        "name": "Wayan",
        "sex": "L",
        "born_on": date(1990, 3, 12),
    }
    return Stay.objects.create(reservation=reservation, **values | fields)


def a_bed_use(stay: Stay | None, bed: Bed, **fields: object) -> BedUse:
    """Take a bed for a fortnight and the cleaning."""
    values: dict[str, object] = {"during": days(ARRIVAL), "taken": days(ARRIVAL, 15)}
    return BedUse.objects.create(stay=stay, bed=bed, **values | fields)


def beds_of(house: House) -> list[Bed]:
    """Return the beds of a house in the order they were made."""
    return list(Bed.objects.filter(room__house=house).order_by("pk"))


def a_wish(**fields: Any) -> Wish:
    """Return what Wayan asks for: a bed in Sumberwangi for himself."""
    wayan = Guest("Wayan", "L", date(1990, 3, 12), nik=WAYAN_NIK)
    wish = Wish(HERE, ARRIVAL, SURABAYA, "ketapang", (wayan,))
    return replace(wish, **fields)


def book(
    *, key: str = "", at: datetime = MONDAY, by: str = PUBLIC, **fields: Any
) -> Reserved:
    """Book as the fields say, each time on a form of its own unless ``key`` says."""
    return reserve(a_wish(**fields), key=key or uuid4().hex, at=at, by=by)


def row_of(booked: Reserved) -> Reservation:
    """Return the row of what was booked."""
    return Reservation.objects.get(pk=booked.reservation_id)


def booked_here() -> str:
    """Book a bed of a house here for in three days; return the code."""
    at = now()
    guest = Guest("Ketutjaya", "L", date(1990, 3, 15), nik="3510091503900009")
    house = a_house("Rumah Singgah")
    return book(
        arrives_on=day(at) + timedelta(days=3),
        at=at,
        house_id=house.pk,
        guests=(guest,),
    ).code
