"""What stands in the way of a claim, and who may act on it."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from smartkampung.aid.rules.claims import (
    BLOCKING,
    Bar,
    Case,
    Reason,
    Recipient,
    State,
    bars_to_check,
    bars_to_decide,
    check_due,
    decision_due,
    hindrances,
    reasons_against,
)
from smartkampung.kernel.clock import WIB

WELL = Recipient(has_nik=True, status="living", contested=False)
FINE = Case(recipient=WELL, amount=1, budget_left=1)


def test_nothing_stands_in_the_way_of_a_clear_case() -> None:
    assert reasons_against(FINE) == []


@pytest.mark.parametrize(
    ("case", "reason"),
    [
        (replace(FINE, recipient=None), Reason.NIK_UNKNOWN),
        (replace(FINE, recipient=replace(WELL, has_nik=False)), Reason.NO_VALID_NIK),
        (replace(FINE, recipient=replace(WELL, contested=True)), Reason.NIK_CONTESTED),
        (replace(FINE, recipient=replace(WELL, status="dead")), Reason.DEAD),
        (replace(FINE, recipient=replace(WELL, status="moved")), Reason.MOVED),
        (replace(FINE, recipient=replace(WELL, status="missing")), Reason.MISSING),
        (replace(FINE, blocked=True), Reason.ALREADY_RECEIVING),
        (replace(FINE, entitled=True), Reason.ALREADY_ENTITLED),
        (replace(FINE, budget_left=0), Reason.BUDGET_EXHAUSTED),
    ],
)
def test_what_makes_approval_impossible(case: Case, reason: Reason) -> None:
    assert hindrances(case) == [reason]
    assert reason in BLOCKING


@pytest.mark.parametrize(
    ("case", "reason"),
    [
        (replace(FINE, findings=["lives_elsewhere"]), Reason.LIVES_ELSEWHERE),
        (replace(FINE, poverty_met=8, poverty_needed=9), Reason.CRITERIA_NOT_MET),
        (replace(FINE, recommended=False), Reason.CHECKER_ADVISES_AGAINST),
    ],
)
def test_what_a_human_weighs(case: Case, reason: Reason) -> None:
    assert reasons_against(case) == [reason]
    assert hindrances(case) == []


def test_every_reason_at_once() -> None:
    worst = Case(
        recipient=Recipient(has_nik=False, status="dead", contested=True),
        blocked=True,
        entitled=True,
        amount=2,
        budget_left=1,
        findings=["lives_elsewhere"],
        recommended=False,
        poverty_needed=9,
    )
    assert len(reasons_against(worst)) == 9


def test_no_programme_no_budget_to_run_short_of() -> None:
    assert reasons_against(Case(recipient=WELL, amount=5)) == []


@pytest.mark.parametrize("state", list(State))
def test_only_a_claim_that_waits_for_a_visit_is_visited(state: State) -> None:
    expected = [] if state is State.TO_CHECK else [Bar.NOT_TO_CHECK]
    assert bars_to_check(state) == expected


def test_every_bar_to_deciding_at_once() -> None:
    bars = bars_to_decide(
        State.APPROVED, decider=1, checkers={1}, deciders={1}, kin=True
    )
    assert bars == [Bar.NOT_TO_DECIDE, Bar.CHECKED_IT, Bar.DECIDED_BEFORE, Bar.KIN]


def test_a_stranger_to_the_case_may_decide() -> None:
    assert not bars_to_decide(
        State.TO_DECIDE, decider=1, checkers={2}, deciders={3}, kin=False
    )


def test_the_seven_days_leave_three_for_the_visit_and_two_for_the_decision() -> None:
    opened = datetime(2026, 11, 24, 9, 0, tzinfo=WIB)
    due = opened + timedelta(days=7)
    assert check_due(due) == opened + timedelta(days=3)
    assert decision_due(due) == opened + timedelta(days=5)
