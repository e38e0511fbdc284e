"""The door for reports: planned, opened, closed, narrowed."""

from datetime import datetime, timedelta

import pytest
from django.db import transaction
from django.db.utils import IntegrityError

from smartkampung.aid.actions.phase import (
    PhaseEndsTooEarly,
    PhaseOver,
    PhasesOverlap,
    change_quota,
    close_phase,
    open_phase,
)
from smartkampung.aid.actions.report import send_report
from smartkampung.aid.models import ReportingPhase
from smartkampung.aid.queries.phases import reporting_window, rounds
from smartkampung.aid.rules.report import Channel
from smartkampung.audit.models import Event
from smartkampung.intake.actions.quota import QuotaUsedUp
from tests.cast import places
from tests.reporting import NOON, told

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def plan(
    opens_at: datetime = NOON, closes_at: datetime = NOON + DAY, quota: int = 2
) -> ReportingPhase:
    return open_phase(
        opens_at=opens_at, closes_at=closes_at, quota=quota, by="dinsos", at=NOON
    )


def report() -> None:
    send_report(told=told(), channel=Channel.WEB, by="public", at=NOON)


def test_a_planned_round_opens_and_closes_by_the_clock() -> None:
    plan(NOON + DAY, NOON + 2 * DAY)
    assert not reporting_window(at=NOON).is_open
    assert reporting_window(at=NOON).opens_at == NOON + DAY
    assert reporting_window(at=NOON + DAY).is_open
    assert not reporting_window(at=NOON + 2 * DAY).is_open
    assert Event.objects.get().name == "aid.phase_opened"


@pytest.mark.parametrize(
    ("opens_at", "closes_at"),
    [(NOON, NOON), (NOON, NOON - DAY), (NOON - 2 * DAY, NOON - DAY)],
    ids=["at once", "before", "in the past"],
)
def test_a_round_closes_after_it_opens(opens_at: datetime, closes_at: datetime) -> None:
    with pytest.raises(PhaseEndsTooEarly):
        plan(opens_at, closes_at)


def test_two_rounds_do_not_overlap_but_may_touch() -> None:
    plan()
    with pytest.raises(PhasesOverlap):
        plan(NOON + DAY / 2, NOON + 2 * DAY)
    plan(NOON + DAY, NOON + 2 * DAY)


def test_a_closed_round_is_closed_at_once() -> None:
    phase = plan()
    close_phase(phase=phase, by="dinsos", at=NOON + DAY / 2)
    assert not reporting_window(at=NOON + DAY / 2).is_open
    with pytest.raises(PhaseOver):
        close_phase(phase=phase, by="dinsos", at=NOON + DAY / 2)


def test_a_round_that_has_not_begun_is_taken_back() -> None:
    close_phase(phase=plan(NOON + DAY, NOON + 2 * DAY), by="dinsos", at=NOON)
    assert not ReportingPhase.objects.exists()


def test_a_changed_quota_counts_from_this_moment() -> None:
    places()
    phase = plan(quota=1)
    report()
    with pytest.raises(QuotaUsedUp):
        report()
    change_quota(phase=phase, quota=2, by="dinsos", at=NOON)
    report()
    with pytest.raises(QuotaUsedUp):
        report()


def test_the_quota_of_a_planned_round_leaves_today_alone() -> None:
    places()
    plan(quota=1)
    report()
    coming = plan(NOON + DAY, NOON + 2 * DAY, quota=1)
    change_quota(phase=coming, quota=9, by="dinsos", at=NOON)
    with pytest.raises(QuotaUsedUp):
        report()


def test_the_quota_of_a_round_that_is_over_stays() -> None:
    phase = plan()
    with pytest.raises(PhaseOver):
        change_quota(phase=phase, quota=9, by="dinsos", at=NOON + 2 * DAY)


def test_the_list_of_rounds_counts_what_was_taken_today() -> None:
    places()
    plan()
    report()
    plan(NOON + DAY, NOON + 2 * DAY)
    ReportingPhase.objects.create(
        opens_at=NOON - 3 * DAY,
        closes_at=NOON - 2 * DAY,
        daily_quota_per_village=1,
        opened_by="dinsos",
    )
    assert [(item.state, item.taken_today) for item in rounds(at=NOON)] == [
        ("planned", 0),
        ("open", 1),
        ("over", 0),
    ]


def row(opens_at: datetime, closes_at: datetime) -> ReportingPhase:
    return ReportingPhase.objects.create(
        opens_at=opens_at,
        closes_at=closes_at,
        daily_quota_per_village=1,
        opened_by="x",
    )


def test_reporting_phase_closes_after_it_opens() -> None:
    with (
        pytest.raises(IntegrityError, match="reporting_phase_closes_after_it_opens"),
        transaction.atomic(),
    ):
        row(NOON, NOON)


def test_reporting_phase_one_at_a_time() -> None:
    row(NOON, NOON + DAY)
    with (
        pytest.raises(IntegrityError, match="reporting_phase_one_at_a_time"),
        transaction.atomic(),
    ):
        row(NOON + DAY / 2, NOON + 2 * DAY)
