"""Case classes and until when somebody stays: versioned lists, by date."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from smartkampung.isolation.rules.states import ISOLATION_DAYS

KMK_413 = "KMK HK.01.07/MENKES/413/2020"
REVISION_4 = "Pedoman Pencegahan dan Pengendalian COVID-19 revisi 4 (Maret 2020)"
CHANGED_ON = date(2020, 7, 13)
SYMPTOM_FREE_DAYS = 3


@dataclass(frozen=True)
class CaseClass:
    """One class of the list in force on some half-open days. Never converted."""

    code: str
    since: date
    until: date | None
    legal_reference: str


def _old(code: str) -> CaseClass:
    return CaseClass(code, date(2020, 3, 1), CHANGED_ON, REVISION_4)


def _new(code: str) -> CaseClass:
    return CaseClass(code, CHANGED_ON, None, KMK_413)


CASE_CLASSES = (
    *map(_old, ("odr", "otg", "odp", "pdp", "positive")),
    *map(
        _new,
        (
            "traveller",
            "close_contact",
            "suspect",
            "probable",
            "confirmed",
            "discarded",
            "finished",
            "death",
        ),
    ),
)


def classes_on(on: date) -> tuple[str, ...]:
    """Return the codes of the classes that may be given on a day."""
    return tuple(
        one.code
        for one in CASE_CLASSES
        if one.since <= on and (one.until is None or on < one.until)
    )


class Begins(StrEnum):
    """From which day a rule counts."""

    ARRIVAL = "arrival"
    SPECIMEN = "specimen"
    ONSET = "onset"


@dataclass(frozen=True)
class StayRule:
    """How many days a class stays, counted from a day, from a date on."""

    codes: frozenset[str]
    begins: Begins
    days: int
    since: date
    legal_reference: str
    verified_by: str = ""


_ILL = frozenset({"odp", "pdp", "positive", "suspect", "probable", "confirmed"})
_PROVEN = frozenset({"positive", "confirmed"})
_CONTACT = frozenset({"otg", "close_contact"})
_FIRST = date(2020, 3, 1)
STAY_RULES = (
    StayRule(_PROVEN, Begins.SPECIMEN, 10, _FIRST, KMK_413),
    StayRule(_ILL, Begins.ONSET, 10, _FIRST, KMK_413),
    StayRule(_CONTACT, Begins.ARRIVAL, 14, _FIRST, KMK_413),
    StayRule(
        _CONTACT,
        Begins.ARRIVAL,
        5,
        date(2021, 5, 12),
        "KMK HK.01.07/MENKES/4641/2021: exit test on day 5",
    ),
    StayRule(
        _CONTACT, Begins.ARRIVAL, 10, date(2021, 12, 30), "SE HK.02.01/MENKES/1391/2021"
    ),
)


@dataclass(frozen=True)
class Known:
    """What is known about somebody who was given a class."""

    code: str
    arrived_on: date
    onset_on: date | None = None
    specimen_on: date | None = None
    symptom_free_since: date | None = None


def leaves_on(known: Known, *, on: date) -> date | None:
    """Return the day on which somebody may leave, by the rules of a day.

    Whoever came home stays the local 14 days at least. With symptoms: ten days from
    their onset and three without any; ``on`` stands for who still has them. None:
    a day is missing that the rule counts from.
    """
    home = known.arrived_on + timedelta(days=ISOLATION_DAYS)
    if known.onset_on is not None and known.code in _ILL:
        free = known.symptom_free_since or on + timedelta(days=1)
        rule = _rule(known.code, Begins.ONSET, on)
        counted = known.onset_on + timedelta(days=rule.days)
        return max(home, max(counted, free) + timedelta(days=SYMPTOM_FREE_DAYS))
    if known.code in _PROVEN:
        if known.specimen_on is None:
            return None
        rule = _rule(known.code, Begins.SPECIMEN, on)
        return max(home, known.specimen_on + timedelta(days=rule.days))
    if known.code in _CONTACT:
        rule = _rule(known.code, Begins.ARRIVAL, on)
        return max(home, known.arrived_on + timedelta(days=rule.days))
    return None if known.code in _ILL else home


def _rule(code: str, begins: Begins, on: date) -> StayRule:
    rows = [one for one in STAY_RULES if code in one.codes and one.begins == begins]
    held = [one for one in rows if one.since <= on]
    return held[-1] if held else rows[0]


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
