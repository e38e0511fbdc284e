"""When a reading is a reason to look at once. Limits are dated data with a source."""

from dataclasses import dataclass
from datetime import date
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
    """From which reading on the Puskesmas looks at once; ``verified_by`` is an official."""

    since: date
    fever: Decimal
    spo2: int
    legal_reference: str
    source_url: str
    verified_by: str = ""


LIMITS = (
    Limits(
        since=date(2020, 3, 1),
        fever=Decimal("38.0"),
        spo2=95,
        legal_reference="KMK HK.01.07/MENKES/413/2020",
        source_url="https://covid19.go.id/p/regulasi/keputusan-menteri-kesehatan-republik-indonesia-nomor-hk0107menkes4132020",
    ),
)


def limits_on(on: date) -> Limits:
    """Return the limits of a day; those of the first day also stand before it."""
    held = [row for row in LIMITS if row.since <= on]
    return held[-1] if held else LIMITS[0]


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
