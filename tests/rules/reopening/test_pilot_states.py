"""What may be done to a pilot follows from where it is."""

from collections.abc import Callable

import pytest

from smartkampung.reopening.pilots.rules.states import (
    State,
    Step,
    Whynot,
    neighbours,
    next_step,
    why_no_evidence,
    why_no_visit,
    why_not_back,
    why_not_end,
    why_not_forward,
    why_not_pause,
    why_not_resume,
)

ALL = {step.value for step in Step}
PHASES = ["emergency", "recovery", "new_normal"]


def test_steps_come_in_order() -> None:
    assert next_step(set()) == Step.EDUCATION
    assert next_step({"education"}) == Step.SOCIALISATION
    assert next_step(ALL) is None


@pytest.mark.parametrize(
    ("state", "step", "done", "why"),
    [
        (State.CHOSEN, Step.EDUCATION, set(), None),
        (State.CHOSEN, Step.SIMULATION, set(), Whynot.STEP_BEFORE),
        (State.PREPARING, Step.SOCIALISATION, {"education"}, None),
        (State.PREPARING, Step.EDUCATION, ALL, None),
        (State.READY, Step.EDUCATION, ALL, Whynot.NOT_PREPARING),
    ],
)
def test_evidence_follows_the_order(
    state: State, step: Step, done: set[str], why: Whynot | None
) -> None:
    assert why_no_evidence(state, step, done) == why


@pytest.mark.parametrize(
    ("state", "done", "makers", "why"),
    [
        (State.PREPARING, ALL, {"sari"}, None),
        (State.PREPARING, ALL, {"sari", "maya"}, Whynot.OWN_EVIDENCE),
        (State.PREPARING, {"education"}, {"sari"}, Whynot.STEPS_MISSING),
        (State.RUNNING, ALL, {"sari"}, Whynot.NOT_PREPARING),
    ],
)
def test_the_task_force_comes_at_the_end_and_from_elsewhere(
    state: State, done: set[str], makers: set[str], why: Whynot | None
) -> None:
    assert why_no_visit(state, done, visitor="maya", makers=makers) == why


def test_each_state_allows_its_own() -> None:
    def allowed(why: Callable[[State], Whynot | None]) -> list[str]:
        return [state.value for state in State if why(state) is None]

    assert allowed(why_not_forward) == ["ready", "running"]
    assert allowed(why_not_pause) == ["running"]
    assert allowed(why_not_resume) == ["paused"]
    assert allowed(why_not_end) == [s.value for s in State if s != State.ENDED]


def test_going_back_needs_a_phase_to_go_to() -> None:
    assert why_not_back(State.RUNNING, first=False) is None
    assert why_not_back(State.PAUSED, first=False) is None
    assert why_not_back(State.PAUSED, first=True) == Whynot.FIRST_PHASE
    assert why_not_back(State.READY, first=True) == Whynot.NOT_RUNNING


@pytest.mark.parametrize(
    ("code", "around"),
    [
        ("emergency", (None, "recovery")),
        ("recovery", ("emergency", "new_normal")),
        ("new_normal", ("recovery", None)),
        ("forgotten", (None, "recovery")),
    ],
)
def test_phases_have_neighbours(code: str, around: tuple[str | None, ...]) -> None:
    assert neighbours(PHASES, code) == around
