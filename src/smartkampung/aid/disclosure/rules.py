"""Where aid stands in a place, as far as anybody may know."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from smartkampung.aid.cycles.rules.steps import ListState


class Stage(StrEnum):
    """How far a programme has come in a place. Words are in ``disclosure.words``."""

    PLANNED = "planned"
    MEETING = "meeting"
    VISITS = "visits"
    HEAD = "head"
    CAMAT = "camat"
    COMING = "coming"
    GIVEN = "given"
    REPORTS = "reports"
    RUNNING = "running"
    MIXED = "mixed"
    ENDED = "ended"


@dataclass(frozen=True)
class Standing:
    """Where aid stands, and the next date that is known."""

    stage: Stage
    next_on: date | None = None


@dataclass(frozen=True)
class Course:
    """What is planned of a programme: its time, and when aid is handed over.

    ``handed_over_on`` are the days announced in a place for people who reported.
    """

    since: date
    until: date | None
    takes_reports: bool
    handed_over_on: Collection[date] = field(default=())


@dataclass(frozen=True)
class Listed:
    """The list of a village in a cycle: its step, by when, and days of its tranches."""

    state: str
    due_on: date | None
    tranches: Collection[date]


STEPS = {
    ListState.PROPOSING: Stage.MEETING,
    ListState.VERIFYING: Stage.VISITS,
    ListState.DECIDING: Stage.HEAD,
    ListState.APPROVING: Stage.CAMAT,
}


def standing(course: Course, listed: Listed | None, *, on: date) -> Standing:
    """Return where a programme stands in one village."""
    if course.since > on:
        return Standing(Stage.PLANNED, course.since)
    if course.until is not None and course.until <= on:
        return Standing(Stage.ENDED)
    if listed is not None:
        return _of_list(listed, on)
    if course.takes_reports:
        return Standing(Stage.REPORTS, _next(course.handed_over_on, on))
    return Standing(Stage.RUNNING)


def _of_list(listed: Listed, on: date) -> Standing:
    step = STEPS.get(ListState(listed.state))
    if step is not None:
        due = listed.due_on
        return Standing(step, due if due and due >= on else None)
    coming = _next(listed.tranches, on)
    return Standing(Stage.COMING if coming else Stage.GIVEN, coming)


def _next(days: Collection[date], on: date) -> date | None:
    return min((each for each in days if each >= on), default=None)


def together(parts: Collection[Standing]) -> Standing:
    """Return where a programme stands in all of several places."""
    stages = {part.stage for part in parts}
    days = [part.next_on for part in parts if part.next_on]
    stage = stages.pop() if len(stages) == 1 else Stage.MIXED
    return Standing(stage, min(days, default=None))
