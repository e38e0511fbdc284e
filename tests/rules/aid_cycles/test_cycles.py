"""Working days, caps, steps and changes, as tables."""

from datetime import date

import pytest

from smartkampung.aid.cycles.rules.caps import cap_of
from smartkampung.aid.cycles.rules.days import after_working_days
from smartkampung.aid.cycles.rules.proposals import Change, ProposalState, changes_for
from smartkampung.aid.cycles.rules.steps import (
    NEXT,
    Bar,
    Facts,
    ListState,
    bars_to_approve,
    bars_to_decide,
    bars_to_return,
    bars_to_send,
)

EID_2020 = [date(2020, 5, 21), date(2020, 5, 24), date(2020, 5, 25)]


@pytest.mark.parametrize(
    ("start", "closed", "expected"),
    [
        (date(2020, 5, 4), [], date(2020, 5, 11)),
        (date(2020, 5, 8), [], date(2020, 5, 15)),
        (date(2020, 5, 9), [], date(2020, 5, 15)),
        (date(2020, 5, 18), EID_2020, date(2020, 5, 27)),
    ],
    ids=["monday", "friday", "saturday", "across eid"],
)
def test_five_working_days(start: date, closed: list[date], expected: date) -> None:
    assert after_working_days(start, 5, closed) == expected


@pytest.mark.parametrize(
    ("fund", "percent", "limit"),
    [
        (799_999_999, 25, 199_999_999),
        (800_000_000, 30, 240_000_000),
        (1_200_000_000, 30, 360_000_000),
        (1_200_000_001, 35, 420_000_000),
        (0, 25, 0),
    ],
)
def test_the_cap_grows_with_the_fund(fund: int, percent: int, limit: int) -> None:
    cap = cap_of(fund)
    assert (cap.fund, cap.percent, cap.limit) == (fund, percent, limit)


def test_a_list_is_sent_with_all_that_it_needs() -> None:
    assert bars_to_send(Facts("proposing", has_meeting=True, proposed=1)) == []
    assert bars_to_send(Facts("approved", closed=True)) == [
        Bar.NOT_THIS_STEP,
        Bar.CYCLE_CLOSED,
        Bar.NO_MEETING,
        Bar.NOBODY_PROPOSED,
    ]


def test_a_head_hears_every_reason_at_once() -> None:
    facts = Facts("deciding", sent_by=1, verifiers={1}, capped=True, limit=5, asked=6)
    assert bars_to_decide(facts, by=1) == [Bar.SENT_IT, Bar.VERIFIED_IT, Bar.OVER_CAP]
    assert bars_to_decide(Facts("deciding", capped=True), by=1) == [Bar.FUND_UNKNOWN]
    assert bars_to_decide(Facts("deciding"), by=1) == []


def test_a_camat_hears_every_reason_at_once() -> None:
    facts = Facts("approving", sent_by=1, decided_by=1, closed=True)
    assert bars_to_approve(facts, by=1) == [
        Bar.CYCLE_CLOSED,
        Bar.SENT_IT,
        Bar.DECIDED_IT,
        Bar.NO_TRANCHE,
    ]
    assert bars_to_approve(Facts("approving", tranches=1), by=1) == []


@pytest.mark.parametrize("state", ListState)
def test_a_list_goes_back_only_from_head_and_camat(state: ListState) -> None:
    back = bars_to_return(Facts(state)) == []
    assert back == (state in {ListState.DECIDING, ListState.APPROVING})
    assert not back or ListState.PROPOSING in NEXT[state]


@pytest.mark.parametrize("state", ProposalState)
def test_what_may_be_done_to_a_recipient(state: ProposalState) -> None:
    expected = {
        ProposalState.ENROLLED: [Change.SUSPEND, Change.STOP],
        ProposalState.SUSPENDED: [Change.RESUME, Change.STOP],
    }
    assert changes_for(state) == expected.get(state, [])
