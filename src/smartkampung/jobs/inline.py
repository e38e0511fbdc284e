"""Runs waiting jobs here and now, for tests and for the demo's generator."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection
from django.db.models import Q
from procrastinate.contrib.django.models import ProcrastinateJob

from smartkampung.jobs.registry import WORK, run_once
from smartkampung.kernel.clock import now
from smartkampung.kernel.rls import MARKED, SETTINGS


def run_waiting(*, limit: int = 1000) -> int:
    """Run every job that is due, oldest first, and those that they defer.

    Works inside the caller's transaction, which keeps its own row-level-security
    actor. The first error passes through. Returns how many ran.
    """
    for done in range(limit):
        if not _run_next():
            return done
    raise RuntimeError(f"still jobs waiting after {limit}: does one defer itself?")


def _run_next() -> bool:
    due = Q(scheduled_at=None) | Q(scheduled_at__lte=now())
    waiting = ProcrastinateJob.objects.filter(due, status="todo")
    job = waiting.order_by("-priority", "pk").first()
    if job is None:
        return False
    if job.task_name not in WORK:
        raise LookupError(f"no function is registered for job {job.task_name!r}")
    with _keeping_the_actor():
        run_once(job.pk, job.task_name, job.args)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs WHERE id = %s", [job.pk])
    return True


NAMED = (*SETTINGS, *MARKED)


@contextmanager
def _keeping_the_actor() -> Iterator[None]:
    # set_config outlives the savepoint of the job, unlike a transaction of its own.
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT " + ", ".join(f"current_setting('{s}', true)" for s in NAMED)
        )
        before = cursor.fetchone()
        yield
        if connection.in_atomic_block:
            for setting, value in zip(NAMED, before, strict=True):
                cursor.execute(
                    "SELECT set_config(%s, %s, true)", [setting, value or ""]
                )
