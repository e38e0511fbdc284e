"""Decisions about a record: who may verify it, and what follows on what."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from smartkampung.recovery.affected.rules.registration import HAS_EMPLOYER

CONFIRM_WITHIN = timedelta(days=14)
FOLLOW_UP_MONTHS = (1, 3, 6)
FOLLOW_UP_DUE = timedelta(days=7)


class State(StrEnum):
    """Where a record stands."""

    TO_VERIFY = "to_verify"
    VERIFIED = "verified"
    REFUSED = "refused"
    RECOVERED = "recovered"
    LEFT = "left"


OPEN = frozenset({State.TO_VERIFY, State.VERIFIED})


class Answer(StrEnum):
    """What an employer or association says."""

    CONFIRMED = "confirmed"
    NOT_KNOWN = "not_known"
    LEFT_OTHERWISE = "left_otherwise"


class Work(StrEnum):
    """What somebody lives on now."""

    NONE = "none"
    CASUAL = "casual"
    JOB = "job"
    OWN_BUSINESS = "own_business"


class Direction(StrEnum):
    """Whether it got better since the last time."""

    WORSE = "worse"
    SAME = "same"
    BETTER = "better"


class Reason(StrEnum):
    """Why somebody is not taken on the list."""

    NOT_AFFECTED = "not_affected"
    EMPLOYER_DENIES = "employer_denies"
    LIVES_ELSEWHERE = "lives_elsewhere"
    NOT_REACHED = "not_reached"
    STATED_WRONGLY = "stated_wrongly"
    OTHER = "other"


class Bar(StrEnum):
    """Why an officer may not verify a record now."""

    NOT_WAITING = "not_waiting"
    REGISTERED_BY_YOU = "registered_by_you"
    YOURSELF = "yourself"
    NOT_LIVING = "not_living"


@dataclass(frozen=True)
class Case:
    """A record as far as whoever decides it needs to know."""

    state: str
    registrars: Collection[int]
    living: bool
    own: bool


def bars_to_verify(case: Case, *, decider: int) -> list[Bar]:
    """Return every reason why this officer may not decide about this record now."""
    bars = []
    if case.state != State.TO_VERIFY:
        bars.append(Bar.NOT_WAITING)
    if decider in case.registrars:
        bars.append(Bar.REGISTERED_BY_YOU)
    if case.own:
        bars.append(Bar.YOURSELF)
    if not case.living:
        bars.append(Bar.NOT_LIVING)
    return bars


def needs_a_word(kind: str, employer: str) -> bool:
    """Say whether somebody else can confirm it: an employer, or an association named."""
    return kind in HAS_EMPLOYER or bool(employer)
