"""Sari keeps houses in Sumberwangi; dr. Ratna inspects them."""

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from smartkampung.accounts.actor import Actor, Post
from smartkampung.accounts.roles import Role
from smartkampung.isolation.houses.actions.blocking import block_beds
from smartkampung.isolation.houses.actions.describing import (
    add_house,
    add_photo,
    add_room,
)
from smartkampung.isolation.houses.actions.inspecting import inspect_house
from smartkampung.isolation.houses.actions.opening import open_house
from smartkampung.isolation.houses.rules import Check, HousePlan, RoomPlan
from smartkampung.isolation.models import Bed, BedUse, House, HousePhoto, Inspection
from smartkampung.kernel.rls import Kind, act_as
from tests.cases import NOW, TODAY
from tests.cast import HERE, NEXT_DOOR, RT_HERE, places
from tests.isolating import MONDAY, a_bed_use, a_reservation, a_stay, days


def officer_of(*villages: str, name: str = "sari") -> Actor:
    """Return an officer of some villages."""
    return Actor(1, name, (Post(Role.VILLAGE_OFFICER, villages),))


SARI, BUDI = officer_of(HERE), officer_of(NEXT_DOOR, name="budi")
RATNA = Actor(3, "ratna", (Post(Role.PUSKESMAS_OFFICER, (HERE, NEXT_DOOR)),))


def a_plan(**fields: Any) -> HousePlan:
    """Describe the village hall of Sumberwangi."""
    told: dict[str, Any] = {
        "place": HERE,
        "fed_by": HERE,
        "kind": "village_hall",
        "name": "Balai Desa",
        "address": "Jalan Kawah 1",
        "contact_name": "Pak Slamet",
        "contact_phone": "0333 411234",
    }
    return HousePlan(**told | fields)


def entered(**fields: Any) -> House:
    """Let Sari enter a house."""
    places()
    return add_house(plan=a_plan(**fields), by=SARI, at=MONDAY)


def inspected(house: House, *faults: Check, **fields: Any) -> Inspection:
    """Let dr. Ratna look at a house."""
    told: dict[str, Any] = {"form_id": uuid4(), "note": "", "at": MONDAY}
    return inspect_house(house=house, faults=faults, by=RATNA, **told | fields)


def with_everything(photo: UUID) -> dict[str, int]:
    """Make an open house at RT_HERE with a room, a photo and a blocked bed: their keys."""
    house = entered(place=RT_HERE, name="Balai RT 007")
    room = add_room(house=house, plan=RoomPlan("Kamar 1", 2), by=SARI, at=NOW)
    inspected(house, at=NOW)
    open_house(house=house, since=TODAY, until=None, by=SARI, at=NOW)
    add_photo(house=house, upload_id=photo, by=SARI, at=NOW)
    block_beds(
        house=house,
        bed_ids=[Bed.objects.filter(room=room).latest("pk").pk],
        since=TODAY,
        until=TODAY + timedelta(days=7),
        work="cat ulang",
        by=SARI,
        at=NOW,
    )
    act_as(Kind.JOB)
    here = a_reservation(house, region_code=RT_HERE)
    stay = a_stay(here, name="Sudarma", during=days(TODAY))
    bed = Bed.objects.filter(room=room).earliest("pk")
    a_bed_use(stay, bed, during=days(TODAY), taken=days(TODAY, 15))
    return {
        "stay_id": stay.pk,
        "house_id": house.pk,
        "room_id": room.pk,
        "photo_id": HousePhoto.objects.get(house=house).pk,
        "use_id": BedUse.objects.get(bed__room=room, stay=None).pk,
    }
