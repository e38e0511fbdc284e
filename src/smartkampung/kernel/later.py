"""Work for later, promised in the same transaction as the change that needs it."""

from datetime import datetime
from typing import Any

from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.exceptions import AlreadyEnqueued
from procrastinate.jobs import JobDeferrer
from procrastinate.manager import JobManager

from smartkampung.kernel.clock import on_the_wall


def later(
    task: str,
    *,
    lock: str | None = None,
    at: datetime | None = None,
    once: str | None = None,
    **arguments: Any,
) -> None:
    """Defer a job by its name; it exists only if this transaction commits.

    ``lock`` keeps jobs of one subject in order, ``once`` drops a job while one of
    the same name waits, ``at`` is the earliest time to start. Arguments are JSON
    values and never personal data: they are stored readable.
    """
    planned = app.configure_task(
        task,
        lock=lock,
        queueing_lock=once,
        schedule_at=on_the_wall(at) if at else None,
        allow_unknown=True,
    )
    # A worker gives the app a connection of its own. What a job promises on that one
    # would be seen, and tried, before the job has committed what it is about.
    job = JobDeferrer(job_manager=JobManager(DjangoConnector()), job=planned.job)
    try:
        with transaction.atomic():
            job.defer(**arguments)
    except AlreadyEnqueued:
        if once is None:
            raise
