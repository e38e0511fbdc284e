"""``smartkampung serve`` on a real deployment: pages, jobs, a killed worker, the end."""

import os
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from http.client import HTTPConnection

import psutil
import psycopg
import pytest

from tests.cli.demonstration import PATIENCE, free_port
from tests.cli.deployment import Deployment

pytestmark = pytest.mark.slow
JOB = "aid.publish_figures"


class Served:
    """A deployment that serves, and its database as its owner sees it."""

    def __init__(self, pid: int, port: int, database: str) -> None:
        self.supervisor = psutil.Process(pid)
        self.port = port
        self.database = database

    def get(self, path: str) -> int:
        """Ask for a page and return the status, 0 while nobody answers."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=30)
        with closing(connection), suppress(OSError):
            connection.request("GET", path)
            return connection.getresponse().status
        return 0

    def ask(self, question: str, *values: object) -> list[tuple[object, ...]]:
        """Return the rows that a statement gives."""
        with psycopg.connect(self.database) as connection:
            found = connection.execute(question, values)
            return found.fetchall() if found.description else []

    def worker(self) -> psutil.Process | None:
        """Return the process that runs jobs, if it lives."""
        for child in self.supervisor.children():
            with suppress(psutil.Error):
                # One that was just killed is still a child, without a command.
                if child.cmdline()[-1:] == ["worker"]:
                    return child
        return None

    def promise(self) -> int:
        """Put a job into the queue and return its number."""
        [(number,)] = self.ask(
            "INSERT INTO procrastinate_jobs (task_name, queue_name, args) VALUES"
            " (%s, 'default', '{\"timestamp\": 0}') RETURNING id",
            JOB,
        )
        return int(str(number))

    def waits(self, job: int) -> bool:
        """Say whether a job is not done: those that are done leave the queue."""
        return bool(self.ask("SELECT 1 FROM procrastinate_jobs WHERE id = %s", job))

    def somebody_waits_for_a_lock(self) -> bool:
        """Say whether the worker stands before the lock of a test."""
        # Not pg_stat_activity, which shows a role nothing of what another waits for.
        return bool(self.ask("SELECT 1 FROM pg_locks WHERE NOT granted"))


def wait_until(holds: Callable[[], bool]) -> None:
    """Wait for another process; the time is a limit, not a measure."""
    deadline = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.1)


@pytest.fixture
def served(deployment: Deployment) -> Iterator[Served]:
    """A deployment that has opened its doors."""
    port = free_port()
    with deployment.running("serve", "--port", str(port)) as process:
        made = Served(process.pid, port, deployment.environment["DATABASE_OWNER_URL"])
        wait_until(lambda: made.get("/readyz") == 200 or process.poll() is not None)
        assert process.poll() is None, process.communicate()[0]
        yield made


def test_pages_are_served_and_jobs_are_done(served: Served) -> None:
    for path in ("/healthz", "/readyz"):
        assert served.get(path) == 200
    job = served.promise()
    wait_until(lambda: not served.waits(job))
    assert served.ask("SELECT count(*) > 0 FROM aid_publishedfigure") == [(True,)]


def test_a_worker_killed_in_mid_job_loses_nothing_and_doubles_nothing(
    served: Served,
) -> None:
    wait_until(lambda: served.worker() is not None)
    first = served.worker()
    assert first is not None
    served.ask("DELETE FROM aid_publishedfigure")
    with psycopg.connect(served.database) as blocker:
        blocker.execute("LOCK TABLE aid_publishedfigure IN ACCESS EXCLUSIVE MODE")
        job = served.promise()
        wait_until(served.somebody_waits_for_a_lock)
        os.kill(first.pid, signal.SIGKILL)
        blocker.rollback()
    # The supervisor brings up another; what the dead one held is picked up by it.
    wait_until(lambda: (now := served.worker()) is not None and now.pid != first.pid)
    served.ask(
        "UPDATE procrastinate_workers SET last_heartbeat = now() - interval '1h'"
        " WHERE id IN (SELECT worker_id FROM procrastinate_jobs WHERE id = %s)",
        job,
    )
    served.ask(
        "INSERT INTO procrastinate_jobs (task_name, queue_name, args) VALUES"
        " ('jobs.pick_up_orphans', 'default', '{\"timestamp\": 0}')"
    )
    wait_until(lambda: not served.waits(job))
    doubled = "SELECT name FROM aid_publishedfigure GROUP BY name HAVING count(*) > 1"
    assert served.ask("SELECT count(*) > 0 FROM aid_publishedfigure") == [(True,)]
    assert served.ask(doubled) == []


def test_it_ends_with_all_its_parts(deployment: Deployment) -> None:
    port = free_port()
    with deployment.running("serve", "--port", str(port)) as process:
        made = Served(process.pid, port, "")
        wait_until(lambda: made.get("/healthz") == 200)
        parts = made.supervisor.children(recursive=True)
        assert len(parts) >= 2
        process.terminate()
        process.wait(60)
        gone, alive = psutil.wait_procs(parts, timeout=30)
        assert alive == []
        assert len(gone) == len(parts)
        assert made.get("/healthz") == 0
