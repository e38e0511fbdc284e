"""Tables of isolation, by what they are about."""

from smartkampung.isolation.models.houses import Bed, House, Opening, Room
from smartkampung.isolation.models.limits import IntakeLimit
from smartkampung.isolation.models.stays import BedUse, Reservation, Stay

__all__ = [
    "Bed",
    "BedUse",
    "House",
    "IntakeLimit",
    "Opening",
    "Reservation",
    "Room",
    "Stay",
]
