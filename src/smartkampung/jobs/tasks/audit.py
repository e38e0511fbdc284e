"""Jobs of the diary of events."""

from procrastinate.contrib.django import app

from smartkampung.audit.bulk import seal_events
from smartkampung.audit.queries.kept import check_last_seal, keep_last_seal
from smartkampung.jobs.registry import job
from smartkampung.kernel.clock import now


@job("audit.seal")
def seal(timestamp: int) -> None:
    """Put what was done since the last time under a seal, and keep the last one.

    Fails, and seals nothing, when the end was cut off: what is left stays as it is.
    """
    check_last_seal()
    seal_events(at=now())
    keep_last_seal()


app.periodic(cron="*/5 * * * *")(app.tasks["audit.seal"])
