"""The public timeline of a report: what is over, who acts now, by when.

It follows from the steps reached and the clock alone, so that it is equal for
somebody the registry knows and somebody it does not.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

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
    return Line(step, State.LATE if at > due_at else State.NOW, None, due_at)
