"""Reads of the queue of background jobs, and the one write that people may do to it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection
from django.db.models import Count, Max, Min, Q
from procrastinate.contrib.django.models import ProcrastinateJob, ProcrastinateWorker

ALIVE = timedelta(seconds=30)


@dataclass(frozen=True)
class StuckJob:
    """A job that was given up, or one that failed and waits for its next try."""

    id: int
    task: str
    tries: int
    error: str
    failed_at: datetime | None
    next_try_at: datetime | None
    given_up: bool


def stuck_jobs(*, limit: int = 200) -> list[StuckJob]:
    """Return the jobs that need a look, those given up first, then the newest."""
    struggling = Q(status="todo", attempts__gt=0)
    rows = (
        ProcrastinateJob.objects.filter(Q(status="failed") | struggling)
        .select_related("note")
        .order_by("status", "-pk")[:limit]
    )
    return sorted(map(_stuck, rows), key=lambda job: not job.given_up)


def _stuck(row: ProcrastinateJob) -> StuckJob:
    note = getattr(row, "note", None)
    given_up = row.status == "failed"
    return StuckJob(
        id=row.pk,
        task=row.task_name,
        tries=row.attempts,
        error=note.error if note else "",
        failed_at=note.failed_at if note else None,
        next_try_at=None if given_up else row.scheduled_at,
        given_up=given_up,
    )


def try_again(*, job_id: int, at: datetime) -> bool:
    """Put a job that was given up back into the queue; say whether there was one."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT procrastinate_retry_job_v2(id, %s, NULL, NULL, NULL)"
            " FROM procrastinate_jobs WHERE id = %s AND status = 'failed'",
            [at, job_id],
        )
        return bool(cursor.rowcount)


def queue_facts(*, at: datetime) -> dict[str, float | dict[str, float]]:
    """Return how full the queue is, how long the oldest job waits, who works."""
    due = Q(scheduled_at=None) | Q(scheduled_at__lte=at)
    counts = ProcrastinateJob.objects.values_list("status").annotate(n=Count("pk"))
    oldest = ProcrastinateJob.objects.filter(due, status="todo").aggregate(
        since=Min("procrastinateevent__at")
    )["since"]
    alive = ProcrastinateWorker.objects.filter(last_heartbeat__gt=at - ALIVE)
    return {
        "jobs": {"todo": 0, "doing": 0, "failed": 0, **dict(counts)},
        "oldest_job_seconds": (at - oldest).total_seconds() if oldest else 0,
        "workers_alive": alive.count(),
    }


def last_heartbeat() -> datetime | None:
    """Return when a worker last said that it is alive."""
    newest = ProcrastinateWorker.objects.aggregate(at=Max("last_heartbeat"))["at"]
    return newest if isinstance(newest, datetime) else None
