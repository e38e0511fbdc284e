"""Jobs of recognition."""

from procrastinate.contrib.django import app

from smartkampung.frontline.recognition.actions.weeks import name_last_week
from smartkampung.jobs.registry import job
from smartkampung.kernel.clock import now


@job("recognition.name_week")
def name_week(timestamp: int) -> None:
    """Name the village of the week that is over."""
    name_last_week(at=now())


app.periodic(cron="10 23 * * 0")(
    app.tasks["recognition.name_week"]
)  # Mondays 06.10 WIB
