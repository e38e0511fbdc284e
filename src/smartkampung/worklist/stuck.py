"""Background jobs that gave up wait for a person, like other work."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _
from procrastinate.contrib.django.models import ProcrastinateJob

from smartkampung.audit.actions import record
from smartkampung.kernel.errors import Refused
from smartkampung.kernel.queue import StuckJob, stuck_jobs, try_again

__all__ = ["NotStuck", "StuckJob", "retry_job", "stuck_jobs"]


class NotStuck(Refused):
    """The job runs again, or was done, or is gone."""

    code = "job_not_stuck"


def retry_job(*, job_id: int, by: str, at: datetime) -> None:
    """Put a job that was given up back into the queue; raise NotStuck if it is not."""
    if not try_again(job_id=job_id, at=at):
        raise NotStuck(
            _("This job is no longer stuck. Look at the list again: it may be done.")
        )
    record("jobs.retried", target=ProcrastinateJob(pk=job_id), by=by)
