"""A village enters its houses, their rooms and beds, and shows photos of them."""

from contextlib import AbstractContextManager
from dataclasses import asdict
from datetime import datetime, timedelta
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.roles import Permission
from smartkampung.audit.actions import record
from smartkampung.isolation.houses.actions.errors import HouseRefused, busy, house_lock
from smartkampung.isolation.houses.rules import (
    MOST_BEDS,
    MOST_PHOTOS,
    HousePlan,
    RoomPlan,
    next_names,
)
from smartkampung.isolation.models import Bed, House, HousePhoto, Room
from smartkampung.kernel.claim import claim_scarce
from smartkampung.kernel.errors import atomic_or_refuse
from smartkampung.regions.codes import village_of
from smartkampung.regions.queries import health_centre_serving
from smartkampung.worklist.actions import close_work, open_work

INSPECT, MEND = "isolation.inspect_house", "isolation.mend_house"
INSPECT_WITHIN = timedelta(days=2)
SAME_NAME = _("This village has a house with this name already. Choose another name.")
SAME_ROOM = _("This house has a room with this name already. Choose another name.")
TOO_MANY_BEDS = _("A room holds at most 40 beds here. Make several rooms of it.")


def add_house(*, plan: HousePlan, by: Actor, at: datetime) -> House:
    """Enter a house of one's own village, and ask the Puskesmas to inspect it.

    Raises HouseRefused where the place is not one's own, no Puskesmas serves it, or
    the name is taken.
    """
    values = _values(plan, by)
    with _named_once():
        house = House.objects.create(**values, added_at=at)
    _note("isolation.house_added", house, by)
    ask_inspection(house=house, by=by, at=at)
    return house


def change_house(*, house: House, plan: HousePlan, by: Actor, at: datetime) -> None:
    """Describe a house anew; raise HouseRefused as ``add_house`` does."""
    values = _values(plan, by)
    if values["village_id"] != house.village_id:
        raise HouseRefused(_("A house does not move to another village."))
    with _named_once():
        House.objects.filter(pk=house.pk).update(**values)
    _note("isolation.house_changed", house, by)


def ask_inspection(*, house: House, by: Actor, at: datetime) -> None:
    """Ask the Puskesmas to come (again); once while it was not there."""
    close_work(target=house, by=by.username, kinds=(MEND,))
    open_work(
        kind=INSPECT,
        target=house,
        permission=Permission.HOUSE_INSPECT,
        region_code=house.place_id,
        due_at=at + INSPECT_WITHIN,
    )
    _note("isolation.inspection_asked", house, by)


def add_room(*, house: House, plan: RoomPlan, by: Actor, at: datetime) -> Room:
    """Enter a room with its beds, numbered from 1; raise HouseRefused."""
    if not 0 < plan.beds + plan.cots <= MOST_BEDS:
        raise HouseRefused(TOO_MANY_BEDS)
    with atomic_or_refuse({"room_name_once_in_a_house": HouseRefused(SAME_ROOM)}):
        room = Room.objects.create(
            house=house,
            name=plan.name,
            own_bathroom=plan.own_bathroom,
            women_only=plan.women_only,
        )
        _make_beds(room, plan.beds, plan.cots)
    _note("isolation.room_added", house, by, beds=plan.beds + plan.cots)
    return room


def add_beds(*, room: Room, count: int, cot: bool, by: Actor, at: datetime) -> None:
    """Put more beds into a room, numbered on; raise HouseRefused."""

    def take() -> None:
        if not 0 < room.beds.count() + count <= MOST_BEDS:
            raise HouseRefused(TOO_MANY_BEDS)
        _make_beds(room, 0 if cot else count, count if cot else 0)
        _note("isolation.beds_added", room.house, by, beds=count)

    # Two officers who add beds at once would count on from the same number.
    claim_scarce(locks=[house_lock(room.house)], take=take, refusals={}, busy=busy())


def add_photo(*, house: House, upload_id: UUID, by: Actor, at: datetime) -> None:
    """Show a photo of a house to everybody; raise HouseRefused when it has many."""
    if house.photos.count() >= MOST_PHOTOS:
        raise HouseRefused(
            _("This house has six photos already. Take one away before you add one.")
        )
    HousePhoto.objects.get_or_create(
        house=house, upload_id=upload_id, defaults={"by": by.username, "at": at}
    )
    _note("isolation.house_photo_added", house, by)


def remove_photo(*, photo: HousePhoto, by: Actor, at: datetime) -> None:
    """Show a photo of a house no longer."""
    _note("isolation.house_photo_removed", photo.house, by)
    photo.delete()


def _values(plan: HousePlan, by: Actor) -> dict[str, object]:
    if not by.may_in(Permission.HOUSE_MANAGE, plan.place):
        raise HouseRefused(_("You enter houses of your own village only."))
    village = village_of(plan.place)
    centre = health_centre_serving(village)
    if centre is None:
        raise HouseRefused(
            _("No Puskesmas serves this village, so nobody could look after people.")
        )
    told = {**asdict(plan), "place_id": plan.place, "fed_by_id": plan.fed_by}
    del told["place"], told["fed_by"]
    return {**told, "village_id": village, "centre": centre}


def _named_once() -> AbstractContextManager[None]:
    return atomic_or_refuse({"house_name_once_in_a_village": HouseRefused(SAME_NAME)})


def _make_beds(room: Room, beds: int, cots: int) -> None:
    known = list(room.beds.values_list("name", flat=True))
    names = next_names(known, beds + cots)
    Bed.objects.bulk_create(
        Bed(room=room, name=name, cot=at >= beds) for at, name in enumerate(names)
    )


def _note(name: str, house: House, by: Actor, **detail: int) -> None:
    record(name, target=house, by=by.username, region_code=house.place_id, **detail)
