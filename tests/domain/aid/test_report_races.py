"""Many at once, and a worker that dies in the middle: one claim, nothing lost."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from threading import Event
from typing import Any

import psycopg
import pytest
from django.db import connection, transaction

from smartkampung.aid.actions import report
from smartkampung.aid.actions.report import send_report
from smartkampung.aid.actions.verify import verify_report
from smartkampung.aid.models import Claim, Finding, Report
from smartkampung.aid.rules.report import Channel, Told
from smartkampung.cli.embedded import OWNER, Cluster
from smartkampung.intake.actions.quota import QuotaUsedUp
from smartkampung.intake.rules import Limit
from smartkampung.kernel.later import later
from smartkampung.kernel.rls import Kind, act_as
from smartkampung.notify.models import Message
from smartkampung.worklist.models import WorkItem
from tests.database import HOME
from tests.races import at_once, together
from tests.reporting import NOON, open_phase, told, wayan

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
WORKER = (
    "import django; django.setup();"
    "from smartkampung.jobs.worker import run_worker; run_worker(jobs=1)"
)
PATIENCE = 120


def send(form: Told) -> str:
    with transaction.atomic():
        return send_report(told=form, channel=Channel.WEB, by="public", at=NOON).code


def verify(report_id: int) -> None:
    with transaction.atomic():
        act_as(Kind.JOB)
        verify_report(report_id=report_id, at=NOON)


def seen(read: Callable[[], Any]) -> Any:
    with transaction.atomic():
        act_as(Kind.JOB)
        return read()


def sent_reports() -> list[int]:
    found: list[int] = seen(lambda: list(Report.objects.values_list("pk", flat=True)))
    return found


def the_one_claim() -> None:
    """Check that all reports joined one claim, with one piece of work."""
    assert seen(Claim.objects.count) == 1
    assert seen(Report.objects.filter(claim=None).count) == 0
    assert seen(lambda: list(Finding.objects.values_list("code", flat=True))) == [
        "matched"
    ]
    assert WorkItem.objects.count() == 1


@pytest.fixture(autouse=True)
def _ground() -> None:
    wayan()
    open_phase()


def test_64_reports_of_one_person_verified_at_once_are_one_claim(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # As if they came on many days: on one day no more than ten are taken.
    many = Limit("aid.report.person", 64, timedelta(days=1))
    monkeypatch.setattr(report, "PER_PERSON", many)
    for _neighbour in range(64):
        send(told())
    waiting = sent_reports()
    at_once(64, lambda: verify(waiting.pop()))
    the_one_claim()


def test_one_report_verified_by_eight_workers_is_verified_once() -> None:
    send(told())
    (report_id,) = sent_reports()
    at_once(8, lambda: verify(report_id))
    the_one_claim()


def test_one_form_sent_eight_times_at_once_is_one_report() -> None:
    form = told()
    codes = at_once(8, lambda: send(form))
    assert len(set(codes)) == 1
    assert len(sent_reports()) == 1
    assert Message.objects.count() == 1


def test_the_last_place_of_a_village_goes_to_one_of_many() -> None:
    send(told())
    open_places = [told() for _ in range(12)]

    def ask() -> bool:
        try:
            send(open_places.pop())
        except QuotaUsedUp:
            return False
        return True

    with connection.cursor() as cursor:
        cursor.execute('UPDATE intake_dayquota SET "limit" = 2')
    assert at_once(12, ask).count(True) == 1
    assert len(sent_reports()) == 2


def test_a_report_that_meets_a_closing_claim_opens_another() -> None:
    send(told())
    send(told())
    first, second = sent_reports()
    verify(first)
    locked = Event()

    def close() -> None:
        with transaction.atomic():
            act_as(Kind.JOB)
            claim = Claim.objects.select_for_update().get()
            locked.set()
            wait_until(somebody_waits_for_a_lock)
            claim.closed_at, claim.state = NOON, Claim.State.REFUSED
            claim.save()

    def join() -> None:
        locked.wait(PATIENCE)
        verify(second)

    together(close, join)
    joined = seen(lambda: Report.objects.select_related("claim").get(pk=second).claim)
    assert joined.closed_at is None
    assert seen(Claim.objects.count) == 2


@contextmanager
def worker() -> Iterator[subprocess.Popen[bytes]]:
    """Run a real worker process on the test's database."""
    url = Cluster(HOME / "db", HOME / "s").url(
        role=OWNER, database=str(connection.settings_dict["NAME"])
    )
    process = subprocess.Popen(
        [sys.executable, "-c", WORKER],
        env={**os.environ, "DATABASE_URL": url},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def wait_until(holds: Callable[[], bool]) -> None:
    """Wait for another process; the time is a limit, not a measure."""
    deadline = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.05)


def somebody_waits_for_a_lock() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_stat_clear_snapshot()")
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
            " AND datname = current_database()"
        )
        (count,) = cursor.fetchone()
    return bool(count)


def test_a_worker_killed_in_the_middle_loses_nothing_and_doubles_nothing() -> None:
    send(told())
    parameters = connection.get_connection_params()
    wanted = {key: parameters[key] for key in ("dbname", "user", "host")}
    # The worker gets as far as its findings: the claim is made, the report joined.
    with psycopg.connect(**wanted) as blocker:
        blocker.execute("LOCK TABLE aid_finding IN ACCESS EXCLUSIVE MODE")
        with worker() as process:
            wait_until(somebody_waits_for_a_lock)
            os.kill(process.pid, signal.SIGKILL)
            process.wait()
        blocker.rollback()
    wait_until(lambda: not somebody_waits_for_a_lock())
    assert seen(Claim.objects.count) == 0
    assert WorkItem.objects.count() == 0

    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE procrastinate_workers SET last_heartbeat = now() - interval '1h'"
        )
    later("jobs.pick_up_orphans", once="orphans", timestamp=0)
    with worker():
        wait_until(lambda: seen(Report.objects.exclude(claim=None).count) == 1)
    the_one_claim()
