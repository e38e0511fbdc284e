"""Jobs of cases: decide the zones of days that are over."""

from procrastinate.contrib.django import app

from smartkampung.jobs.registry import job
from smartkampung.kernel.clock import now
from smartkampung.reopening.cases.actions.deciding import decide_due


@job("cases.decide_zones")
def decide_zones(timestamp: int) -> None:
    """Decide the zones of every day since the last one."""
    decide_due(at=now())


app.periodic(cron="17 0 * * *")(app.tasks["cases.decide_zones"])
