"""Until when somebody stays, by the class that they were given and the rules of a day."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from smartkampung.isolation.rules.states import ISOLATION_DAYS


class Group(StrEnum):
    """From which day a class counts."""

    OTHER = "other"  # only the days of whoever came home
    CONTACT = "contact"
    ILL = "ill"
    PROVEN = "proven"


@dataclass(frozen=True)
class CaseClass:
    """One class of a list, with its names. Never converted into one of another list."""

    code: str
    group: Group
    name: str
    name_en: str


@dataclass(frozen=True)
class Release:
    """How many days are counted from arrival, first symptom and specimen."""

    contact_days: int
    onset_days: int
    specimen_days: int
    symptom_free_days: int


@dataclass(frozen=True)
class Known:
    """What is known about somebody who was given a class."""

    code: str
    arrived_on: date
    onset_on: date | None = None
    specimen_on: date | None = None
    symptom_free_since: date | None = None


def leaves_on(known: Known, *, group: Group, release: Release, on: date) -> date | None:
    """Return the day on which somebody may leave, by the rules of a day.

    Whoever came home stays the local 14 days at least. With symptoms: so many days
    from their onset and some without any; ``on`` stands for who still has them. None:
    a day is missing that the rule counts from.
    """
    home = known.arrived_on + timedelta(days=ISOLATION_DAYS)
    if group == Group.OTHER:
        return home
    if group == Group.CONTACT:
        return max(home, known.arrived_on + timedelta(days=release.contact_days))
    if known.onset_on is not None:
        free = known.symptom_free_since or on + timedelta(days=1)
        counted = known.onset_on + timedelta(days=release.onset_days)
        without = timedelta(days=release.symptom_free_days)
        return max(home, max(counted, free) + without)
    if group == Group.PROVEN and known.specimen_on is not None:
        return max(home, known.specimen_on + timedelta(days=release.specimen_days))
    return None


class Verdict(StrEnum):
    """What a named officer decides about somebody in isolation."""

    RELEASE = "release"
    EXTEND = "extend"
    LOST = "lost"
    HOSPITAL = "hospital"
    RETURN = "return"  # from the hospital


def verdicts(state: str, *, last_day_reached: bool) -> tuple[Verdict, ...]:
    """Return what may be decided about somebody now."""
    if state == "hospital":
        return (Verdict.RETURN, Verdict.RELEASE)
    if state != "present":
        return ()
    first = (Verdict.RELEASE,) if last_day_reached else ()
    return (*first, Verdict.EXTEND, Verdict.HOSPITAL, Verdict.LOST)
