"""Jobs of the registry."""

from procrastinate.contrib.django import app

from smartkampung.jobs.registry import job
from smartkampung.kernel.clock import now
from smartkampung.kernel.later import later
from smartkampung.residents.actions import access
from smartkampung.residents.bulk import count_words
from smartkampung.residents.queries.events import overlooked


@job("residents.count_words")
def count_name_words(timestamp: int) -> None:
    """Count how common each word of a name is, so that the likeliest is tried first."""
    count_words()


app.periodic(cron="37 1 * * *")(app.tasks["residents.count_words"])


@job("residents.send_own_code")
def send_own_code(request_id: int) -> None:
    """Send a code to the phone of a family whose numbers were typed, if it has one."""
    access.send_code(request_id=request_id, at=now())


@job("residents.forget_ended_sessions")
def forget_ended_sessions(timestamp: int) -> None:
    """Throw away what residents' sessions left behind."""
    access.forget_ended(at=now())


app.periodic(cron="27 2 * * *")(app.tasks["residents.forget_ended_sessions"])


# Every domain that acts on life events has a job "<domain>.life_event".
DOMAINS = ("aid", "affected", "letters")


@job("residents.life_event")
def life_event(event_id: int) -> None:
    """Tell every domain of a life event, each in a job of its own."""
    for domain in DOMAINS:
        later(f"{domain}.life_event", event_id=event_id)


@job("residents.feed_life_events")
def feed_life_events(timestamp: int) -> None:
    """Tell the domains again of events whose jobs were lost, as after a restore."""
    for domain in DOMAINS:
        for event_id in overlooked(domain, at=now()):
            later(f"{domain}.life_event", event_id=event_id)


app.periodic(cron="*/15 * * * *")(app.tasks["residents.feed_life_events"])
