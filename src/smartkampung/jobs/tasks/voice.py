"""Jobs of announcements and broadcasts."""

from procrastinate.contrib.django import app

from smartkampung.accounts.queries.phones import listeners
from smartkampung.frontline.voice.actions import deciding, telling
from smartkampung.frontline.voice.actions.reminding import remind_readers
from smartkampung.frontline.voice.actions.sending_out import (
    send_part,
    settle_broadcasts,
)
from smartkampung.frontline.voice.actions.spreading import tell_part
from smartkampung.frontline.voice.actions.telling import Notice
from smartkampung.jobs.registry import job
from smartkampung.jobs.tasks.messages import LAST
from smartkampung.kernel.clock import now


@job("voice.send_broadcast", priority=LAST)
def send_broadcast(broadcast_id: int, after: str) -> None:
    """Queue the next messages of a broadcast."""
    send_part(broadcast_id=broadcast_id, after=after, at=now())


@job("voice.send_warning")
def send_warning(broadcast_id: int, after: str) -> None:
    """Queue the next messages of a warning, or that it is over."""
    send_part(broadcast_id=broadcast_id, after=after, at=now())


@job("voice.tell")
def tell(announcement_id: int, occasion: str, after: int) -> None:
    """Tell the next officers of an announcement."""
    tell_part(announcement_id=announcement_id, occasion=occasion, after=after, at=now())


@job("voice.tell_deciders")
def tell_deciders(broadcast_id: int) -> None:
    """Tell whoever may allow a broadcast that it waits."""
    deciding.tell_deciders(broadcast_id=broadcast_id, at=now())


@job("voice.tell_some")
def tell_some(
    staff: list[int], template: str, about: str, link: str, purse: str
) -> None:
    """Tell a few officers that something waits for them."""
    notice = Notice(about=about, template=template, link=link, purse=purse)
    telling.tell(notice, listeners(staff), at=now())


@job("voice.lapse")
def lapse(broadcast_id: int) -> None:
    """Let go of a warning that nobody decided about."""
    deciding.lapse(broadcast_id=broadcast_id, at=now())


@job("voice.remind")
def remind(timestamp: int) -> None:
    """Remind who has not answered an announcement."""
    remind_readers(at=now())


@job("voice.settle")
def settle(timestamp: int) -> None:
    """Give back what broadcasts did not use."""
    settle_broadcasts(at=now())


app.periodic(cron="7 1 * * *")(app.tasks["voice.remind"])  # 08.07 WIB
app.periodic(cron="37 17 * * *")(app.tasks["voice.settle"])  # 00.37 WIB
