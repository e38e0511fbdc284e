"""What the checkpoint does with a temperature, a symptom and a rapid test."""

from dataclasses import dataclass, field
from enum import StrEnum

from smartkampung.isolation.monitoring.rules.health import (
    Limits,
    Told,
    alarms,
    is_unwell,
)


class RapidTest(StrEnum):
    """What a rapid test said."""

    NOT_DONE = "not_done"
    NEGATIVE = "negative"
    POSITIVE = "positive"


class Advice(StrEnum):
    """What follows from a screening."""

    GO_ON = "go_on"
    WATCH = "watch"  # goes on, and the Puskesmas looks first at this person
    HOSPITAL = "hospital"


@dataclass(frozen=True)
class Screened:
    """What was measured and told at the checkpoint, and what a test said."""

    told: Told = field(default_factory=Told)
    test: RapidTest = RapidTest.NOT_DONE


def advise(screened: Screened, limits: Limits) -> Advice:
    """Return what follows from a screening, by the same limits as of the daily look."""
    if screened.test == RapidTest.POSITIVE or alarms(screened.told, limits):
        return Advice.HOSPITAL
    return Advice.WATCH if is_unwell(screened.told) else Advice.GO_ON
