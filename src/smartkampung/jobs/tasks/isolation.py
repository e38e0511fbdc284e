"""Jobs of isolation: one short function each, which calls one action of the domain."""

from procrastinate.contrib.django import app

from smartkampung.isolation.actions import waiting
from smartkampung.isolation.arrival.actions import late
from smartkampung.isolation.monitoring.actions import reminding
from smartkampung.isolation.monitoring.actions.alerts import pass_once
from smartkampung.jobs.registry import job
from smartkampung.kernel.clock import now


@job("isolation.expire_offers")
def expire_offers(timestamp: int) -> None:
    """End the offers that nobody took up, and offer those beds to the next."""
    waiting.expire_offers(at=now())


@job("isolation.release_no_shows")
def release_no_shows(timestamp: int) -> None:
    """Give the beds of who never came to who waits."""
    waiting.release_no_shows(at=now())
    late.release_latecomers(at=now())


@job("isolation.offer_freed")
def offer_freed(house_id: int) -> None:
    """Offer what a house has free since it opened or got a bed."""
    waiting.offer_freed(house_id, at=now())


@job("isolation.monitor")
def monitor(timestamp: int) -> None:
    """Make what is due today, and tell of what was missed or not answered."""
    pass_once(at=now())


@job("isolation.remind")
def remind(timestamp: int) -> None:
    """Remind who has not said today how they are."""
    reminding.remind(at=now())


app.periodic(cron="*/10 * * * *")(app.tasks["isolation.expire_offers"])
app.periodic(cron="20 1 * * *")(app.tasks["isolation.release_no_shows"])
# Shortly after midnight WIB for everybody, then for those who came in meanwhile.
app.periodic(cron="2,17,32,47 * * * *")(app.tasks["isolation.monitor"])
# In the afternoon (16.00 WIB), when there is still time to answer and nobody sleeps.
app.periodic(cron="0 9 * * *")(app.tasks["isolation.remind"])
