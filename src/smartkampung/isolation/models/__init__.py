"""Tables of isolation, by what they are about."""

from smartkampung.isolation.arrival.models import (
    CheckIn,
    Departure,
    Passage,
    Screening,
    SupervisionVisit,
)
from smartkampung.isolation.exchange.models import Outgoing
from smartkampung.isolation.houses.models import (
    Eats,
    HomeTable,
    HousePhoto,
    Inspection,
)
from smartkampung.isolation.models.houses import Bed, House, Opening, Room
from smartkampung.isolation.models.limits import IntakeLimit
from smartkampung.isolation.models.stays import BedUse, Reservation, Stay
from smartkampung.isolation.monitoring.models import (
    Carer,
    Check,
    Classing,
    DischargeLetter,
    Entrusting,
    Escalation,
    ExitDecision,
    Obligation,
    Reading,
)
from smartkampung.isolation.protocol.models import Protocol

__all__ = [
    "Bed",
    "BedUse",
    "Carer",
    "Check",
    "CheckIn",
    "Classing",
    "Departure",
    "DischargeLetter",
    "Eats",
    "Entrusting",
    "Escalation",
    "ExitDecision",
    "HomeTable",
    "House",
    "HousePhoto",
    "Inspection",
    "IntakeLimit",
    "Obligation",
    "Opening",
    "Outgoing",
    "Passage",
    "Protocol",
    "Reading",
    "Reservation",
    "Room",
    "Screening",
    "Stay",
    "SupervisionVisit",
]
