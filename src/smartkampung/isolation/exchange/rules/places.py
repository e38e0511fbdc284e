"""The Puskesmas as an Organization, and house, room and bed as Locations."""

from collections.abc import Iterator
from typing import Any

from smartkampung.isolation.exchange.rules.codes import (
    CENTRE,
    PLACE,
    PLACE_TYPE,
    concept,
    reference,
)
from smartkampung.isolation.exchange.rules.facts import Facts, House

Told = tuple[str, str, dict[str, Any]]


def organization(facts: Facts) -> Told:
    """Return the Puskesmas."""
    centre = facts.centre
    told = {
        "identifier": [{"system": CENTRE, "value": centre.code}],
        "active": True,
        "name": centre.name,
    }
    return "Organization", centre.code, told


def places(facts: Facts) -> Iterator[Told]:
    """Yield the house, then each room and bed in which the person was."""
    house = f"house:{facts.house.key}"
    yield "Location", house, _house(facts.house) | _managed(facts, "house")
    rooms = {bed.room: bed.room_name for bed in facts.beds}
    for key, name in rooms.items():
        inside = {"name": name, "partOf": reference("Location", house)}
        yield "Location", f"room:{key}", inside | _managed(facts, "room")
    beds = {bed.bed: bed for bed in facts.beds}
    for key, bed in beds.items():
        inside = {
            "name": bed.bed_name,
            "partOf": reference("Location", f"room:{bed.room}"),
        }
        yield "Location", f"bed:{key}", inside | _managed(facts, "bed")


def _managed(facts: Facts, kind: str) -> dict[str, Any]:
    return {
        "status": "active",
        "mode": "instance",
        "physicalType": concept(PLACE_TYPE, *PLACE[kind]),
        "managingOrganization": reference("Organization", facts.centre.code),
    }


def _house(house: House) -> dict[str, Any]:
    told: dict[str, Any] = {"name": house.name}
    if house.address:
        told["address"] = {"text": house.address, "country": "ID"}
    if house.lat is not None and house.lng is not None:
        told["position"] = {"latitude": house.lat, "longitude": house.lng}
    return told
