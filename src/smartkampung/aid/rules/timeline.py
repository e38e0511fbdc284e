"""The public timeline of a report: what is over, who acts now, by when.

It follows from the steps reached and the clock alone, so that it is equal for
somebody the registry knows and somebody it does not, and after the decision equal for
yes, no and an objection. What truly comes next (``ahead``) only the family may read.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from smartkampung.aid.rules import claims
from smartkampung.aid.rules.report import CHECK_DUE, DECISION_DUE, DUE, Step

SHOWN = (
    Step.RECEIVED,
    Step.VILLAGE_CHECKS,
    Step.KECAMATAN_DECIDES,
    Step.HANDED_OVER,
)
# How many of the shown steps are over once a step was reached.
OVER_BY = {
    Step.RECEIVED: 1,
    Step.VILLAGE_CHECKS: 1,
    Step.KECAMATAN_DECIDES: 2,
    Step.DECIDED: 3,
    Step.HANDED_OVER: 4,
}
# A shown step ended when the next was reached.
ENDED_BY = {
    Step.RECEIVED: Step.RECEIVED,
    Step.VILLAGE_CHECKS: Step.KECAMATAN_DECIDES,
    Step.KECAMATAN_DECIDES: Step.DECIDED,
    Step.HANDED_OVER: Step.HANDED_OVER,
}
DUE_AFTER = {
    Step.VILLAGE_CHECKS: CHECK_DUE,
    Step.KECAMATAN_DECIDES: DECISION_DUE,
    Step.HANDED_OVER: DUE,
}

# What an upheld objection puts before a claim once more.
AHEAD = {
    claims.State.TO_CHECK: (
        Step.VILLAGE_CHECKS,
        Step.KECAMATAN_DECIDES,
        Step.HANDED_OVER,
    ),
    claims.State.TO_DECIDE: (Step.KECAMATAN_DECIDES, Step.HANDED_OVER),
}


class State(StrEnum):
    """Where one step stands, in the words of the timeline component."""

    DONE = "done"
    NOW = "now"
    LATE = "late"
    NEXT = "next"


@dataclass(frozen=True)
class Line:
    """One step: when it ended, or by when it should."""

    step: Step
    state: State
    ended_at: datetime | None
    due_at: datetime | None


def lines(
    reached: Mapping[str, datetime], *, opened_at: datetime, at: datetime
) -> list[Line]:
    """Return the steps of a timeline in order."""
    over = max(OVER_BY[Step(step)] for step in reached)
    return [
        _line(step, index - over, reached, opened_at, at)
        for index, step in enumerate(SHOWN)
    ]


def ahead(state: str, *, due_at: datetime, at: datetime) -> list[Line]:
    """Return what is to come for a claim that an objection reopened; else nothing.

    The first is what happens now. ``due_at`` is the claim's own date, set anew when it
    was reopened.
    """
    due = {
        Step.VILLAGE_CHECKS: claims.check_due(due_at),
        Step.KECAMATAN_DECIDES: claims.decision_due(due_at),
        Step.HANDED_OVER: due_at,
    }
    steps = AHEAD.get(claims.State(state), ())
    return [
        Line(step, State.NEXT if index else _pace(due[step], at), None, due[step])
        for index, step in enumerate(steps)
    ]


def _line(
    step: Step,
    ahead: int,
    reached: Mapping[str, datetime],
    opened_at: datetime,
    at: datetime,
) -> Line:
    if ahead < 0:
        return Line(step, State.DONE, reached.get(ENDED_BY[step]), None)
    due_at = opened_at + DUE_AFTER[step]
    if ahead > 0:
        return Line(step, State.NEXT, None, due_at)
    if step == Step.HANDED_OVER and at > due_at:
        # Nothing is late where nothing was granted, and strangers may not tell them apart.
        return Line(step, State.NOW, None, None)
    return Line(step, _pace(due_at, at), None, due_at)


def _pace(due_at: datetime, at: datetime) -> State:
    return State.LATE if at > due_at else State.NOW
