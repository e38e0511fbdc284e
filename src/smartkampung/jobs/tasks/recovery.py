"""Jobs of recovery programmes."""

from procrastinate.contrib.django import app

from smartkampung.jobs.registry import job
from smartkampung.kernel.clock import now
from smartkampung.recovery.programmes.actions import inviting, upkeep


@job("recovery.fill")
def fill(offer_id: int) -> None:
    """Invite the next in line into the free places of an offer."""
    inviting.fill(offer_id=offer_id, at=now())


@job("recovery.every_night")
def every_night(timestamp: int) -> None:
    """End late invitations, fill places, ask what is due, watch loans."""
    upkeep.every_night(at=now())


# Shortly after midnight WIB, when the days to answer have ended.
app.periodic(cron="10 17 * * *")(app.tasks["recovery.every_night"])
