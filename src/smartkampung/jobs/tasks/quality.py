"""Jobs of data quality."""

from procrastinate.contrib.django import app

from smartkampung.jobs.registry import job
from smartkampung.kernel.clock import now, today
from smartkampung.quality import actions


@job("quality.keep_scores")
def keep_scores(timestamp: int) -> None:
    """Count the faults of every village anew."""
    actions.keep_scores(at=now())


@job("quality.thin_out")
def thin_out(timestamp: int) -> None:
    """Keep one count a month of the time long past."""
    actions.thin_out(on=today())


app.periodic(cron="7,37 * * * *")(app.tasks["quality.keep_scores"])
app.periodic(cron="47 1 * * *")(app.tasks["quality.thin_out"])
