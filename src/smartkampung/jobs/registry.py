"""Names of background jobs, and how each is run, tried again and given up."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, TypeVar

from django.db import DatabaseError, connection, transaction
from procrastinate import JobContext
from procrastinate.contrib.django import app
from procrastinate.jobs import Job
from procrastinate.retry import BaseRetryStrategy, RetryDecision

from smartkampung.kernel.claim import Busy
from smartkampung.kernel.clock import now, on_the_wall
from smartkampung.kernel.errors import Refused, constraint_name
from smartkampung.kernel.models import JobNote
from smartkampung.kernel.rls import Kind, act_as

Work = TypeVar("Work", bound=Callable[..., None])
WORK: dict[str, Callable[..., None]] = {}


@dataclass(frozen=True)
class Backoff(BaseRetryStrategy):
    """Wait twice as long after each failure, up to ``longest``; then give up.

    A refusal is an answer and is not asked for again, unless the refusal was only
    that too many asked at once.
    """

    first: timedelta = timedelta(seconds=2)
    longest: timedelta = timedelta(minutes=15)
    tries: int = 12

    def get_retry_decision(
        self, *, exception: BaseException, job: Job
    ) -> RetryDecision | None:
        """Return when to try again, or None to leave the job to people."""
        final = isinstance(exception, Refused) and not isinstance(exception, Busy)
        if final or job.attempts + 1 >= self.tries:
            return None
        return RetryDecision(retry_at=on_the_wall(now()) + self.wait(job.attempts))

    def wait(self, attempts: int) -> timedelta:
        """Return how long to wait after so many failures before this one."""
        doubled: timedelta = self.first * 2 ** min(attempts, 20)
        return min(self.longest, doubled)


DEFAULT = Backoff()


def job(
    name: str, *, retry: Backoff = DEFAULT, priority: int = 0
) -> Callable[[Work], Work]:
    """Register the function that runs when ``kernel.later(name, ...)`` comes due.

    It runs in one transaction that acts as a job. What it did and the fact that it
    did it are committed together, so a killed worker neither loses nor repeats it.
    """

    def register(work: Work) -> Work:
        WORK[name] = work

        def run(context: JobContext, /, **arguments: Any) -> None:
            run_once(context.job.id or 0, name, arguments)

        app.task(name=name, retry=retry, priority=priority, pass_context=True)(run)
        return work

    return register


def run_once(job_id: int, name: str, arguments: dict[str, Any]) -> None:
    """Do the work of one job unless it was done; on failure note why and re-raise."""
    try:
        with transaction.atomic():
            act_as(Kind.JOB, by=Kind.JOB, through=name)
            if _first_to_do(job_id):
                WORK[name](**arguments)
    except Exception as error:
        with suppress(DatabaseError):
            _note_failure(job_id, error)
        raise


def _first_to_do(job_id: int) -> bool:
    # The row is locked until the work commits: a second worker on the same job (the
    # first one was only slow, not dead) waits here and then sees that it was done.
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO kernel_jobnote (job_id, done_at, error) VALUES (%s, now(), '')"
            " ON CONFLICT (job_id) DO UPDATE SET done_at = now()"
            " WHERE kernel_jobnote.done_at IS NULL",
            [job_id],
        )
        return bool(cursor.rowcount)


def _note_failure(job_id: int, error: BaseException) -> None:
    kind = type(error).__name__
    code = getattr(error, "code", None) or constraint_name(error)
    JobNote.objects.update_or_create(
        job_id=job_id,
        defaults={
            "failed_at": now(),
            "error": f"{kind}: {code}"[:200] if code else kind,
        },
    )
