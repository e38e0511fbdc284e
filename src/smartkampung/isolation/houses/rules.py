"""What a house must have before it opens, and what its description must say. Pure."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from math import cos, hypot, radians

MOST_BEDS, MOST_PHOTOS = 40, 6
KM_A_DEGREE = 111.2
DAYS_OF_A_BABY = 366


class Check(StrEnum):
    """What the Puskesmas looks at before a house opens."""

    WATER = "water"
    TOILET = "toilet"
    AIR = "air"
    APART = "apart"
    SOAP = "soap"
    CLEANED = "cleaned"
    LIGHT = "light"
    WASTE = "waste"
    AMBULANCE = "ambulance"
    ON_CALL = "on_call"


class Diet(StrEnum):
    """What somebody eats, as they told it themselves."""

    ORDINARY = "ordinary"
    SOFT = "soft"
    LITTLE_SUGAR = "little_sugar"
    LITTLE_SALT = "little_salt"
    NO_MEAT = "no_meat"
    NO_SEAFOOD = "no_seafood"


@dataclass(frozen=True)
class HousePlan:
    """What a village writes about one of its houses."""

    place: str
    fed_by: str
    kind: str
    name: str
    address: str
    contact_name: str
    contact_phone: str
    lat: float | None = None
    lng: float | None = None
    women_only: bool = False
    wheelchair: bool = False
    kitchen: bool = False


@dataclass(frozen=True)
class RoomPlan:
    """A room and how many beds stand in it."""

    name: str
    beds: int
    cots: int = 0
    own_bathroom: bool = False
    women_only: bool = False


class Fault(StrEnum):
    """What keeps a house from opening."""

    NO_BED = "no_bed"
    NOT_INSPECTED = "not_inspected"
    FOUND_WANTING = "found_wanting"
    IN_THE_PAST = "in_the_past"
    ENDS_FIRST = "ends_first"


def opening_faults(
    *,
    beds: int,
    passed: bool | None,
    since: date,
    until: date | None,
    today: date,
) -> list[Fault]:
    """Return every reason why a house cannot open; ``passed`` is None before a look."""
    found = {
        Fault.NO_BED: beds == 0,
        Fault.NOT_INSPECTED: passed is None,
        Fault.FOUND_WANTING: passed is False,
        Fault.IN_THE_PAST: since < today,
        Fault.ENDS_FIRST: until is not None and until <= since,
    }
    return [fault for fault, holds in found.items() if holds]


def next_names(known: Collection[str], count: int) -> list[str]:
    """Return names for more beds in a room: the next numbers that are not taken."""
    highest = max((int(name) for name in known if name.isdecimal()), default=0)
    return [str(highest + step) for step in range(1, count + 1)]


def km_between(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Return the kilometres between two positions (lat, lng), as the crow flies.

    On the flat: within a regency the error is less than the width of a village.
    """
    across = (one[1] - other[1]) * cos(radians((one[0] + other[0]) / 2))
    return KM_A_DEGREE * hypot(one[0] - other[0], across)


def eats_as_a_baby(*, told: bool | None, born_on: date | None, on: date) -> bool:
    """Say whether somebody needs baby food: as told, else until the first birthday."""
    if told is not None:
        return told
    return born_on is not None and (on - born_on).days < DAYS_OF_A_BABY
