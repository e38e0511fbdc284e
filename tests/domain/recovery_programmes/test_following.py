"""What people reached, and what they earn afterwards."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from smartkampung.audit.models import Event
from smartkampung.intake.models import CaseStep
from smartkampung.kernel.clock import day
from smartkampung.recovery.programmes.actions.following import (
    CannotAsk,
    CannotReach,
    ask_what_is_due,
    reach,
    record_outcome,
)
from smartkampung.recovery.programmes.actions.leaving import finish
from smartkampung.recovery.programmes.models import MilestoneReached, Outcome
from smartkampung.recovery.programmes.rules.states import Milestone, Stage
from smartkampung.worklist.models import WorkItem
from tests.recovering import DAY, FIRST_DAY, STARTS, Running, accepted, running, there

pytestmark = pytest.mark.django_db
QUARTER = FIRST_DAY + timedelta(days=95)


@pytest.fixture
def made() -> Running:
    """Return work that Ayu has finished."""
    made = accepted()
    there(made, "Ayu", "Bagus")
    finish(seat=made.seat("Ayu"), by="sari", at=FIRST_DAY)
    return made


def ask(
    made: Running, name: str = "Ayu", at: datetime = FIRST_DAY, **told: Any
) -> Outcome:
    """Write down what somebody earns now."""
    values: dict[str, Any] = {
        "stage": Stage.END,
        "income": 1_500_000,
        "on": day(at),
    } | told
    return record_outcome(seat=made.seat(name), by="sari", at=at, **values)


def waiting() -> int:
    """Return how many are to be asked."""
    return WorkItem.objects.filter(kind="recovery.outcome", closed_at=None).count()


def test_the_income_at_the_end_is_written_down_once(made: Running) -> None:
    assert waiting() == 1
    assert ask(made).income == 1_500_000
    assert waiting() == 0
    with pytest.raises(CannotAsk, match="sudah dicatat"):
        ask(made, income=9)


def test_three_months_later_the_question_comes_again(made: Running) -> None:
    ask(made)
    assert ask_what_is_due(at=FIRST_DAY) == 0
    for _twice in range(2):
        assert ask_what_is_due(at=QUARTER) == 1
    assert waiting() == 1
    ask(made, at=QUARTER, stage=Stage.THREE_MONTHS)
    assert waiting() == 0


def test_a_question_is_not_asked_before_its_time(made: Running) -> None:
    with pytest.raises(CannotAsk, match="17 November 2020"):
        ask(made, stage=Stage.THREE_MONTHS)
    with pytest.raises(CannotAsk):
        ask(made, on=STARTS + DAY)


def test_an_older_question_still_open_keeps_the_work_open(made: Running) -> None:
    ask_what_is_due(at=QUARTER)
    ask(made, at=QUARTER, stage=Stage.THREE_MONTHS)
    assert waiting() == 1


def test_only_who_has_ended_is_asked(made: Running) -> None:
    with pytest.raises(CannotAsk):
        ask(made, "Bagus")


def test_a_milestone_is_reached_once(made: Running) -> None:
    for _twice in range(2):
        reach(
            seat=made.seat("Ayu"),
            what=Milestone.BUSINESS_OPENED,
            on=STARTS,
            by="sari",
            at=FIRST_DAY,
        )
    assert MilestoneReached.objects.count() == 1
    assert Event.objects.filter(name="recovery.milestone").count() == 1
    assert CaseStep.objects.filter(step="business_opened").count() == 1


@pytest.mark.parametrize("on", [date(2020, 8, 2), STARTS + DAY])
def test_nothing_is_reached_before_the_invitation_or_tomorrow(
    made: Running, on: date
) -> None:
    with pytest.raises(CannotReach, match="3 Agustus 2020"):
        reach(
            seat=made.seat("Ayu"),
            what=Milestone.WORK_FOUND,
            on=on,
            by="sari",
            at=FIRST_DAY,
        )


def test_who_has_not_accepted_reaches_nothing() -> None:
    with pytest.raises(CannotReach):
        reach(
            seat=running().seat("Ayu"),
            what=Milestone.WORK_FOUND,
            on=STARTS,
            by="sari",
            at=FIRST_DAY,
        )
