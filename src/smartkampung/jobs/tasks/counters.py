"""Jobs of counters."""

from procrastinate.contrib.django import app

from smartkampung.jobs.registry import job
from smartkampung.kernel.clock import now
from smartkampung.reopening.counters.actions import upkeep
from smartkampung.reopening.counters.actions.slots import refit_changed


@job("counters.every_night")
def every_night(timestamp: int) -> None:
    """End the days that are over, make slots, forget who came long ago."""
    upkeep.every_night(at=now())


@job("counters.refit")
def refit(timestamp: int) -> None:
    """Fit slots to phases that changed since; a booking looks for itself anyway."""
    refit_changed(at=now())


app.periodic(cron="20 17 * * *")(app.tasks["counters.every_night"])  # 00.20 WIB
app.periodic(cron="*/15 * * * *")(app.tasks["counters.refit"])
