"""Jobs that tell stays to another system."""

from procrastinate.contrib.django import app

from smartkampung.isolation.exchange.actions import send
from smartkampung.jobs.registry import job
from smartkampung.kernel.clock import now

LAST = -10  # a system that hangs must not hold up the work


@job(send.SEND, priority=LAST)
def send_bundle() -> None:
    """Send the next stay that waits."""
    send.send_next(at=now())


@job("isolation.gather_bundles", priority=LAST)
def gather_bundles(timestamp: int) -> None:
    """Put what is new or changed in line, each night."""
    send.gather(at=now())


app.periodic(cron="40 2 * * *")(app.tasks["isolation.gather_bundles"])
