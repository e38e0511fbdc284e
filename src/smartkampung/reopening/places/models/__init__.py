"""Tables of places: their protocols, what was found there, what they may hang up."""

from smartkampung.reopening.places.models.certificates import Certificate, Suspension
from smartkampung.reopening.places.models.checks import (
    Complaint,
    Inspection,
    InspectionPhoto,
    SelfAssessment,
)
from smartkampung.reopening.places.models.events import Event
from smartkampung.reopening.places.models.places import Place
from smartkampung.reopening.places.models.protocols import ProtocolVersion

__all__ = [
    "Certificate",
    "Complaint",
    "Event",
    "Inspection",
    "InspectionPhoto",
    "Place",
    "ProtocolVersion",
    "SelfAssessment",
    "Suspension",
]
