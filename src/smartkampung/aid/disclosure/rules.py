"""Where aid stands in a place, as far as anybody may know."""

from collections.abc import Collection, Container, Mapping
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


MOST_DAYS = 30
# A component that tells nothing of pregnancy, disability or illness. Any other does.
HARMLESS = ("", "school", "elderly")


class Bar(StrEnum):
    """Why a list cannot be posted. The words are in ``disclosure.words``."""

    SENSITIVE = "sensitive"
    COMPONENT = "component"
    BEGINS_IN_THE_PAST = "begins_in_the_past"
    TOO_LONG = "too_long"
    BACKWARDS = "backwards"
    OUTSIDE_THE_CYCLE = "outside_the_cycle"
    OVER = "over"


class State(StrEnum):
    """How far the wish to post a list is."""

    ASKED = "asked"
    REFUSED = "refused"
    COMING = "coming"
    POSTED = "posted"
    OVER = "over"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True)
class Wish:
    """What somebody wants to post: of which cycle, and on which days."""

    sensitive: bool
    reveals: bool
    cycle: tuple[date, date]
    since: date
    until: date


def bars_to_publish(wish: Wish, *, on: date) -> list[Bar]:
    """Return every reason why a list cannot be posted."""
    begin, end = wish.cycle
    tests = {
        Bar.SENSITIVE: wish.sensitive,
        Bar.COMPONENT: wish.reveals,
        Bar.BEGINS_IN_THE_PAST: wish.since < on,
        Bar.BACKWARDS: wish.until <= wish.since,
        Bar.TOO_LONG: (wish.until - wish.since).days > MOST_DAYS,
        Bar.OUTSIDE_THE_CYCLE: wish.since < begin or wish.until > end,
    }
    return [bar for bar, holds in tests.items() if holds]


def masked(name: str) -> str:
    """Return the first letter of each word: "S*** W***", whatever their length."""
    return " ".join(f"{word[0].upper()}***" for word in name.replace("*", " ").split())


def postable(
    villages: Mapping[str, int],
    shown: Mapping[str, int | None],
    figures: Container[str],
) -> list[str]:
    """Return the villages whose list may be posted.

    Its length is a count like any other: a list is posted only where the count of
    names is shown among the villages (``shown``) and the programme's own figure of the
    village is, too (``figures``); else the list would give both away.
    """
    return sorted(
        village
        for village, count in villages.items()
        if count and shown.get(village) is not None and village in figures
    )
