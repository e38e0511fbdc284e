"""What a pilot goes through, and what may be done to it in each state."""

from collections.abc import Collection, Sequence
from enum import StrEnum


class State(StrEnum):
    """Where a pilot is."""

    CHOSEN = "chosen"
    PREPARING = "preparing"
    READY = "ready"  # passed its visit, and still in the strictest phase
    RUNNING = "running"  # in a later phase
    PAUSED = "paused"
    ENDED = "ended"


class Step(StrEnum):
    """What a village does before the task force comes, in this order."""

    EDUCATION = "education"
    SOCIALISATION = "socialisation"
    SIMULATION = "simulation"


class What(StrEnum):
    """What can happen to a pilot; each is a line of its history."""

    CHOSEN = "chosen"
    EVIDENCE = "evidence"
    VISIT_FAILED = "visit_failed"
    READY = "ready"
    SIGNED = "signed"
    SIGNS_FELL = "signs_fell"
    FORWARD = "forward"
    PROPOSED = "proposed"
    KEPT = "kept"
    PAUSED = "paused"
    RESUMED = "resumed"
    BACK = "back"
    ENDED = "ended"


class Decision(StrEnum):
    """What a human may answer to a proposed rollback."""

    PAUSE = "pause"
    BACK = "back"
    KEEP = "keep"


class Whynot(StrEnum):
    """Why something cannot be done now."""

    NOT_PREPARING = "not_preparing"
    STEP_BEFORE = "step_before"
    STEPS_MISSING = "steps_missing"
    OWN_EVIDENCE = "own_evidence"
    NOT_READY = "not_ready"
    NOT_RUNNING = "not_running"
    NOT_PAUSED = "not_paused"
    PAUSED = "paused"
    FIRST_PHASE = "first_phase"
    ENDED = "ended"


BEFORE_READY = (State.CHOSEN, State.PREPARING)


def next_step(done: Collection[str]) -> Step | None:
    """Return the first step without evidence, or None when all have some."""
    return next((step for step in Step if step not in done), None)


def why_no_evidence(state: State, step: Step, done: Collection[str]) -> Whynot | None:
    """Return why evidence of a step cannot be given, or None when it can.

    More evidence of a step that has some is always welcome while a village prepares.
    """
    if state not in BEFORE_READY:
        return Whynot.NOT_PREPARING
    if step not in done and step != next_step(done):
        return Whynot.STEP_BEFORE
    return None


def why_no_visit(
    state: State, done: Collection[str], *, visitor: str, makers: Collection[str]
) -> Whynot | None:
    """Return why the task force cannot judge, or None: all steps done, by others."""
    if state not in BEFORE_READY:
        return Whynot.NOT_PREPARING
    if next_step(done) is not None:
        return Whynot.STEPS_MISSING
    return Whynot.OWN_EVIDENCE if visitor in makers else None


def why_not_forward(state: State) -> Whynot | None:
    """Return why a pilot cannot move to a later phase, whatever its signals."""
    return None if state in {State.READY, State.RUNNING} else Whynot.NOT_READY


def why_not_pause(state: State) -> Whynot | None:
    """Return why a pilot cannot be paused: only what runs can."""
    if state == State.PAUSED:
        return Whynot.PAUSED
    return None if state == State.RUNNING else Whynot.NOT_RUNNING


def why_not_back(state: State, *, first: bool) -> Whynot | None:
    """Return why a pilot cannot go back a phase; a paused one can."""
    if state not in {State.RUNNING, State.PAUSED}:
        return Whynot.NOT_RUNNING
    return Whynot.FIRST_PHASE if first else None


def why_not_resume(state: State) -> Whynot | None:
    """Return why a pilot cannot resume."""
    return None if state == State.PAUSED else Whynot.NOT_PAUSED


def why_not_end(state: State) -> Whynot | None:
    """Return why a pilot cannot end: it has."""
    return Whynot.ENDED if state == State.ENDED else None


def neighbours(codes: Sequence[str], code: str) -> tuple[str | None, str | None]:
    """Return the phases before and after one, as the guidance in force orders them.

    A phase that it no longer knows counts as the strictest, as in what applies.
    """
    at = codes.index(code) if code in codes else 0
    before = codes[at - 1] if at else None
    return before, codes[at + 1] if at + 1 < len(codes) else None
