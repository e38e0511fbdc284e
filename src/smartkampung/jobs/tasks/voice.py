"""Jobs of announcements and broadcasts."""

from procrastinate.contrib.django import app

from smartkampung.frontline.voice.actions.broadcasting import send_part
from smartkampung.frontline.voice.actions.reminding import remind_readers
from smartkampung.jobs.registry import job
from smartkampung.jobs.tasks.messages import LAST
from smartkampung.kernel.clock import now


@job("voice.send_broadcast", priority=LAST)
def send_broadcast(broadcast_id: int, after: str) -> None:
    """Queue the next messages of a broadcast."""
    send_part(broadcast_id=broadcast_id, after=after, at=now())


@job("voice.remind")
def remind(timestamp: int) -> None:
    """Remind who has not answered an announcement."""
    remind_readers(at=now())


app.periodic(cron="7 1 * * *")(app.tasks["voice.remind"])  # 08.07 WIB
