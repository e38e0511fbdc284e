"""May somebody isolate at home? Three things decide, and every obstacle is told."""

from dataclasses import dataclass
from enum import StrEnum


class Obstacle(StrEnum):
    """Why a home does not do."""

    NO_OWN_ROOM = "no_own_room"
    NO_OWN_BATHROOM = "no_own_bathroom"
    SOMEBODY_FRAIL = "somebody_frail"


@dataclass(frozen=True)
class Home:
    """A home as whoever comes describes it; a health worker looks at it later."""

    own_room: bool
    own_bathroom: bool
    nobody_frail: bool


def obstacles(home: Home) -> list[Obstacle]:
    """Return every reason against isolating in a home; none means that it is possible."""
    against = {
        Obstacle.NO_OWN_ROOM: not home.own_room,
        Obstacle.NO_OWN_BATHROOM: not home.own_bathroom,
        Obstacle.SOMEBODY_FRAIL: not home.nobody_frail,
    }
    return [obstacle for obstacle, holds in against.items() if holds]
