"""What the three pillars see on a visit: presence and safety, and nothing else."""

from enum import StrEnum

from smartkampung.regions.distance import Position, km

FAR = 200  # metres from the house, from which on the page says so


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


def metres(here: Position, there: Position) -> int:
    """Return the distance of two positions as the crow flies."""
    return round(km(here, there) * 1000)


def is_far(distance: int | None) -> bool:
    """Say whether a visit was made elsewhere than at the place."""
    return distance is not None and distance > FAR
