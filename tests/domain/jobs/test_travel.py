"""A demo whose clock is ahead: days pass for people, and not for the queue."""

from datetime import timedelta

import pytest
from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob
from pytest_django.fixtures import Settings

from smartkampung.jobs.travel import make_up
from smartkampung.kernel.clock import now, on_the_wall
from smartkampung.kernel.later import later

pytestmark = pytest.mark.django_db
FORTNIGHT, A_MOMENT = timedelta(days=14), timedelta(minutes=1)


@pytest.fixture(autouse=True)
def _ahead(settings: Settings) -> None:
    settings.TIME_TRAVEL = FORTNIGHT


def test_the_clock_is_ahead_by_so_many_days() -> None:
    assert abs(now() - timezone.now() - FORTNIGHT) < A_MOMENT
    assert abs(on_the_wall(now()) - timezone.now()) < A_MOMENT


def test_a_job_for_tomorrow_runs_tomorrow_and_not_in_a_fortnight() -> None:
    later("test.tomorrow", at=now() + timedelta(days=1))
    due = ProcrastinateJob.objects.get(task_name="test.tomorrow").scheduled_at
    assert due is not None
    assert abs(due - timezone.now() - timedelta(days=1)) < A_MOMENT


def test_every_regular_job_makes_up_once_for_the_nights_between() -> None:
    make_up()
    make_up()
    waiting = ProcrastinateJob.objects.filter(queueing_lock__startswith="travel:")
    names = sorted(waiting.values_list("task_name", flat=True))
    assert names == sorted(name for name, _ in app.periodic_registry.periodic_tasks)
    assert "isolation.monitor" in names
