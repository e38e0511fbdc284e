"""Jobs of isolation: one short function each, which calls one action of the domain."""

from procrastinate.contrib.django import app

from smartkampung.isolation.monitoring import bulk
from smartkampung.jobs.registry import job
from smartkampung.kernel.clock import now


@job("isolation.monitor")
def monitor(timestamp: int) -> None:
    """Make what is due today; what somebody came in for since is made up for."""
    bulk.generate(at=now())


# Shortly after midnight WIB for everybody, then for those who came in meanwhile.
app.periodic(cron="2,17,32,47 * * * *")(app.tasks["isolation.monitor"])
