"""The door to houses for staff, and what everybody may see of one."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.shortcuts import get_object_or_404

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.roles import Permission
from smartkampung.isolation.models import (
    Bed,
    BedUse,
    House,
    HousePhoto,
    Inspection,
    Opening,
    Room,
)
from smartkampung.regions.codes import within


def houses_for(actor: Actor, permission: Permission) -> QuerySet[House]:
    """Return the houses in the places of the actor, by village and name."""
    rows = House.objects.filter(within("place__code", actor.regions_where(permission)))
    return rows.select_related("centre").order_by("village", "name")


def house_for(actor: Actor, house_id: int, permission: Permission) -> House:
    """Return one house; 404 outside the actor's jurisdiction."""
    return get_object_or_404(houses_for(actor, permission), pk=house_id)


def with_standing(rows: QuerySet[House], *, on: date) -> QuerySet[House]:
    """Annotate houses: ``beds``, ``passed`` (null before a look), ``open_now``."""
    last = Inspection.objects.filter(house=OuterRef("pk")).order_by("-at", "-pk")
    opening = Opening.objects.filter(house=OuterRef("pk"), during__contains=on)
    return rows.annotate(
        beds=Count("rooms__beds"),
        passed=Subquery(last.values("passed")[:1]),
        open_now=Exists(opening),
    )


def last_inspection(house: House) -> Inspection | None:
    """Return the last visit of the Puskesmas, if there was one."""
    return house.inspections.order_by("-at", "-pk").first()


def openings_of(house: House, *, on: date) -> list[Opening]:
    """Return when a house is open, from a day on."""
    rows = house.openings.filter(Q(during__endswith__gt=on) | Q(during__endswith=None))
    return list(rows.order_by("during"))


def room_for(actor: Actor, house_id: int, room_id: int, permission: Permission) -> Room:
    """Return a room of a house; 404 outside the actor's jurisdiction."""
    house = house_for(actor, house_id, permission)
    return get_object_or_404(house.rooms.select_related("house"), pk=room_id)


@dataclass(frozen=True)
class RoomShown:
    """A room and its beds; ``gone`` are blocked without an end."""

    room: Room
    beds: int
    cots: int


def rooms_of(house: House, *, on: date) -> list[RoomShown]:
    """Return the rooms of a house with the beds that are not gone on a day."""
    gone = BedUse.objects.filter(
        bed=OuterRef("pk"),
        stay=None,
        live=True,
        during__endswith=None,
        during__contains=on,
    )
    beds = Bed.objects.filter(~Exists(gone), room__house=house)
    counted = {
        room: (total, cots)
        for room, total, cots in beds.order_by()
        .values_list("room")
        .annotate(
            total=Count("pk", filter=Q(cot=False)),
            cots=Count("pk", filter=Q(cot=True)),
        )
    }
    rows = house.rooms.order_by("pk")
    return [RoomShown(room, *counted.get(room.pk, (0, 0))) for room in rows]


def beds_of(house: House) -> list[Bed]:
    """Return the beds of a house with their rooms."""
    rows = Bed.objects.filter(room__house=house).select_related("room")
    return list(rows.order_by("room", "pk"))


def blocks_of(house: House, *, on: date) -> list[BedUse]:
    """Return what blocks beds of a house on a day or later."""
    rows = BedUse.objects.filter(
        Q(during__endswith__gt=on) | Q(during__endswith=None),
        bed__room__house=house,
        stay=None,
        live=True,
    )
    return list(rows.select_related("bed__room").order_by("during", "bed"))


def block_for(
    actor: Actor, house_id: int, use_id: int, permission: Permission
) -> BedUse:
    """Return what blocks a bed of a house; 404 outside the actor's jurisdiction."""
    house = house_for(actor, house_id, permission)
    rows = BedUse.objects.filter(bed__room__house=house, stay=None)
    return get_object_or_404(rows.select_related("bed__room__house"), pk=use_id)


def photo_of(house_id: int, photo_id: int) -> HousePhoto:
    """Return a photo of a house, which everybody may see; else 404."""
    rows = HousePhoto.objects.select_related("upload", "house")
    return get_object_or_404(rows, pk=photo_id, house=house_id)


def public_house(house_id: int) -> House:
    """Return a house that was ever open; else 404: what is planned is not announced."""
    opened = Opening.objects.filter(house=OuterRef("pk"))
    rows = House.objects.filter(Exists(opened)).select_related("centre")
    return get_object_or_404(rows, pk=house_id)
