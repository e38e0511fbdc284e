"""Jobs of pilots: look every day whether readings of a village turned."""

from procrastinate.contrib.django import app

from smartkampung.jobs.registry import job
from smartkampung.kernel.clock import now
from smartkampung.reopening.pilots.actions.watching import watch


@job("pilots.every_day")
def every_day(timestamp: int) -> None:
    """Propose going back where it must be; ask for signatures where a gate is open."""
    watch(at=now())


# At 6 in the morning WIB, when the readings of the day before are in.
app.periodic(cron="0 23 * * *")(app.tasks["pilots.every_day"])
