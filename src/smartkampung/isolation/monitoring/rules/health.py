"""When a reading is a reason to look at once. Limits are passed in."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

POSSIBLE_TEMPERATURE = (Decimal(30), Decimal(45))
POSSIBLE_SPO2 = (50, 100)


class Symptom(StrEnum):
    """What somebody suffers from."""

    FEVER = "fever"
    COUGH = "cough"
    SORE_THROAT = "sore_throat"
    BREATHLESS = "breathless"
    NO_SMELL = "no_smell"
    TIRED = "tired"
    DIARRHOEA = "diarrhoea"
    OTHER = "other"


@dataclass(frozen=True)
class Told:
    """How somebody is: what was measured, and what was said."""

    unwell: bool = False
    temperature: Decimal | None = None
    spo2: int | None = None
    symptoms: tuple[Symptom, ...] = ()
    note: str = ""


@dataclass(frozen=True)
class Limits:
    """From which reading on the Puskesmas looks at once (``isolation.protocol``)."""

    fever: Decimal
    spo2: int


class Alarm(StrEnum):
    """Why somebody must be looked at now."""

    FEVER = "fever"
    LOW_OXYGEN = "low_oxygen"
    BREATHLESS = "breathless"


def alarms(told: Told, limits: Limits) -> list[Alarm]:
    """Return every reason to look at somebody now."""
    found = []
    if told.temperature is not None and told.temperature >= limits.fever:
        found.append(Alarm.FEVER)
    if told.spo2 is not None and told.spo2 < limits.spo2:
        found.append(Alarm.LOW_OXYGEN)
    if Symptom.BREATHLESS in told.symptoms:
        found.append(Alarm.BREATHLESS)
    return found


def is_unwell(told: Told) -> bool:
    """Say whether somebody is not well, by their word or by a symptom."""
    return told.unwell or bool(told.symptoms)
