"""What the three pillars see on a visit: presence and safety, and nothing else."""

from enum import StrEnum
from math import cos, hypot, radians

FAR = 200  # metres from the house, from which on the page says so
METRES_PER_DEGREE = 111_320


class Found(StrEnum):
    """Whether the person was there."""

    PRESENT = "present"
    ABSENT = "absent"
    NOT_OPENED = "not_opened"


class Safety(StrEnum):
    """What the place lacks, or who disturbs it."""

    FOOD = "food"
    WATER = "water"
    POWER = "power"
    DISTURBED = "disturbed"
    AFRAID = "afraid"
    OTHER = "other"


class Ended(StrEnum):
    """What came of somebody who left."""

    RETURNED = "returned"
    NOT_FOUND = "not_found"


Position = tuple[float, float]


def metres(here: Position, there: Position) -> int:
    """Return the distance of two positions as the crow flies."""
    north = there[0] - here[0]
    east = (there[1] - here[1]) * cos(radians(here[0]))
    return round(hypot(north, east) * METRES_PER_DEGREE)


def is_far(distance: int | None) -> bool:
    """Say whether a visit was made elsewhere than at the place."""
    return distance is not None and distance > FAR
