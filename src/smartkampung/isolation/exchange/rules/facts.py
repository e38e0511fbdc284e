"""What is told of one stay, before it is said in FHIR."""

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal


@dataclass(frozen=True)
class Person:
    """Who stays; ``sex`` is L or P. Without a NIK the passport, or nothing."""

    name: str
    sex: str
    born_on: date | None = None
    nik: str = field(default="", repr=False)
    passport: str = field(default="", repr=False)


@dataclass(frozen=True)
class Centre:
    """The Puskesmas that looks after them."""

    code: str
    name: str


@dataclass(frozen=True)
class House:
    """Where they stay: an isolation house, or a home (without rooms that we know)."""

    key: str
    name: str
    address: str
    lat: float | None = None
    lng: float | None = None


@dataclass(frozen=True)
class InBed:
    """The half-open days in one bed."""

    room: str
    room_name: str
    bed: str
    bed_name: str
    since: date
    until: date


@dataclass(frozen=True)
class Reading:
    """What was measured at one moment."""

    key: str
    at: datetime
    temperature: Decimal | None = None
    spo2: int | None = None


@dataclass(frozen=True)
class Class:
    """The case class that held from a day on, as it was called then."""

    key: str
    code: str
    words: str
    since: date


@dataclass(frozen=True)
class Look:
    """One look that was due; ``done`` is None while its window is open."""

    key: str
    day_index: int
    opens_at: datetime
    closes_at: datetime
    done: bool | None


@dataclass(frozen=True)
class Facts:
    """Everything about one stay that is told."""

    key: str
    state: str
    person: Person
    centre: Centre
    house: House
    at_home: bool
    since: date
    until: date
    came_at: datetime | None = None
    ended_at: datetime | None = None
    beds: tuple[InBed, ...] = ()
    readings: tuple[Reading, ...] = ()
    classes: tuple[Class, ...] = ()
    looks: tuple[Look, ...] = ()
