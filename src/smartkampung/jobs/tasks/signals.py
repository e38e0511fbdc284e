"""Job of signals: tell the weeks that are over, once a night."""

from procrastinate.contrib.django import app

from smartkampung.jobs.registry import job
from smartkampung.kernel.clock import now
from smartkampung.reopening.signals.actions.publishing import publish_weeks


@job("signals.every_night")
def every_night(timestamp: int) -> None:
    """Tell everybody the cases of weeks that are over."""
    publish_weeks(at=now())


app.periodic(cron="52 19 * * *")(app.tasks["signals.every_night"])  # 02.52 WIB
