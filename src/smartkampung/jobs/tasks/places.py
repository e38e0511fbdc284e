"""Jobs of places and events under protocol."""

from procrastinate.contrib.django import app

from smartkampung.jobs.registry import job
from smartkampung.kernel.clock import now
from smartkampung.reopening.places.actions.events import (
    look_at_events,
    look_if_changed,
)


@job("places.look_at_events")
def look(timestamp: int) -> None:
    """Propose to withdraw permissions that zone or phase no longer allow."""
    look_at_events(at=now())


@job("places.look_if_changed")
def look_again(timestamp: int) -> None:
    """Do the same when a village was paused or went back since."""
    look_if_changed(at=now())


# 06.20 WIB, after phases and zones of the day: a morning's wedding is still to come.
app.periodic(cron="20 23 * * *")(app.tasks["places.look_at_events"])
app.periodic(cron="*/10 * * * *")(app.tasks["places.look_if_changed"])
