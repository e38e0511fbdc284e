"""What people tell about a place or an event, and the steps of what follows."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from smartkampung.reopening.guidance.rules.kinds import Setting


@dataclass(frozen=True)
class PlacePlan:
    """A place as its owner or its village describes it."""

    form_id: UUID
    kind: Setting
    name: str
    region_code: str
    address: str
    capacity: int
    contact_name: str
    contact_phone: str
    lat: float | None = None
    lng: float | None = None
    run_by: str = ""


@dataclass(frozen=True)
class EventPlan:
    """An event as its organiser describes it."""

    form_id: UUID
    kind: Setting
    name: str
    region_code: str
    address: str
    on: date
    people: int
    organiser: str
    phone: str


class ComplaintStep(StrEnum):
    """The public timeline of a complaint."""

    RECEIVED = "received"
    ANSWERED = "answered"
    INSPECTED = "inspected"


class EventStep(StrEnum):
    """The public timeline of an event."""

    RECEIVED = "received"
    DECIDED = "decided"
    WORSE = "worse"
    WITHDRAWN = "withdrawn"
