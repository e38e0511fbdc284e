"""The public timeline, and what only the family reads of what comes next."""

from datetime import UTC, datetime, timedelta

import pytest

from smartkampung.aid.rules import claims
from smartkampung.aid.rules.report import Step
from smartkampung.aid.rules.timeline import AHEAD, Line, State, ahead, lines

NOW = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)
DAY = timedelta(days=1)
DUE = NOW + 7 * DAY


def states(found: list[Line]) -> list[tuple[str, str]]:
    return [(line.step.value, line.state.value) for line in found]


def reached(*steps: Step) -> dict[str, datetime]:
    return dict.fromkeys([step.value for step in (Step.RECEIVED, *steps)], NOW)


@pytest.mark.parametrize(
    ("days", "state"), [(2, State.NOW), (4, State.LATE)], ids=["in time", "too late"]
)
def test_a_visit_is_late_after_three_days(days: int, state: State) -> None:
    found = lines(reached(), opened_at=NOW, at=NOW + days * DAY)
    assert found[1] == Line(Step.VILLAGE_CHECKS, state, None, NOW + 3 * DAY)


def test_a_decided_report_promises_a_day_until_that_day_has_passed() -> None:
    steps = reached(Step.VILLAGE_CHECKS, Step.KECAMATAN_DECIDES, Step.DECIDED)
    before = lines(steps, opened_at=NOW, at=NOW + 6 * DAY)[-1]
    after = lines(steps, opened_at=NOW, at=NOW + 8 * DAY)[-1]
    assert before == Line(Step.HANDED_OVER, State.NOW, None, DUE)
    assert after == Line(Step.HANDED_OVER, State.NOW, None, None)


def test_a_reopened_claim_is_visited_decided_and_handed_over_anew() -> None:
    found = ahead(claims.State.TO_CHECK, due_at=DUE, at=NOW)
    assert states(found) == [
        ("village_checks", "now"),
        ("kecamatan_decides", "next"),
        ("handed_over", "next"),
    ]
    assert [line.due_at for line in found] == [NOW + 3 * DAY, NOW + 5 * DAY, DUE]


def test_a_second_decision_can_be_late() -> None:
    found = ahead(claims.State.TO_DECIDE, due_at=DUE, at=NOW + 6 * DAY)
    assert states(found) == [("kecamatan_decides", "late"), ("handed_over", "next")]


@pytest.mark.parametrize(
    "state", [state for state in claims.State if state not in AHEAD]
)
def test_what_stands_decided_has_nothing_ahead(state: claims.State) -> None:
    assert ahead(state, due_at=DUE, at=NOW) == []
