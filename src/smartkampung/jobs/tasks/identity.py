"""Jobs of identity checks."""

from procrastinate.contrib.django import app

from smartkampung.identity import actions
from smartkampung.jobs.registry import job
from smartkampung.kernel.clock import now

# Below everything else: a service that hangs must not hold up the work.
LAST = -10


@job("identity.drain", priority=LAST)
def drain() -> None:
    """Send the next waiting question to the civil registry."""
    actions.drain_one(at=now())


@job("identity.wake", priority=LAST)
def wake(timestamp: int) -> None:
    """Go on where no job is left that would: after a restore, or a new setting."""
    actions.drain_one(at=now())


app.periodic(cron="*/10 * * * *")(app.tasks["identity.wake"])
