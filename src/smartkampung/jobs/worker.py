"""Runs the worker: one process that takes jobs from the queue until told to stop."""

import asyncio

from procrastinate.contrib.django import app, connector_params
from procrastinate.jobs import DeleteJobCondition
from procrastinate.psycopg_connector import PsycopgConnector


def run_worker(*, jobs: int) -> None:
    """Run jobs, as many at a time as said; finish those begun before stopping.

    It connects on its own and directly, not through a pooler, because it listens.
    Jobs that succeeded are removed at once; what was done stands in the diaries.
    """
    asyncio.run(_run(jobs))


async def _run(jobs: int) -> None:
    direct = PsycopgConnector(kwargs=connector_params())
    with app.replace_connector(direct) as working:
        async with working.open_async():
            await working.run_worker_async(
                concurrency=jobs,
                delete_jobs=DeleteJobCondition.SUCCESSFUL,
                shutdown_graceful_timeout=20,
            )
