"""Jobs that look after the queue itself."""

from procrastinate import JobContext
from procrastinate.contrib.django import app
from procrastinate.jobs import Status

# A job that was running when so many workers died is likely why they died.
DEATHS = 5


@app.periodic(cron="* * * * *")
@app.task(name="jobs.pick_up_orphans", queueing_lock="orphans", pass_context=True)
async def pick_up_orphans(context: JobContext, timestamp: int) -> None:
    """Put jobs of workers that died back into the queue; give up on deadly ones."""
    manager = context.app.job_manager
    for orphan in await manager.get_stalled_jobs():
        if orphan.attempts >= DEATHS:
            await manager.finish_job(orphan, Status.FAILED, delete_job=False)
        else:
            await manager.retry_job(orphan)
