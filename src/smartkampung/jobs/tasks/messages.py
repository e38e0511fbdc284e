"""Messages out to people."""

from smartkampung.jobs.registry import job
from smartkampung.kernel.clock import now
from smartkampung.notify import actions

# Below everything else: a message service that hangs must not hold up the work.
LAST = -10
# Before thousands of messages that can wait until the evening.
SOON = -5


@job("notify.deliver", priority=LAST)
def deliver(message_id: int) -> None:
    """Hand one message to the message service."""
    actions.deliver(message_id=message_id, at=now())


@job("notify.deliver_soon", priority=SOON)
def deliver_soon(message_id: int) -> None:
    """Hand over one that waits for no morning: danger, a code, an answer."""
    actions.deliver(message_id=message_id, at=now())
