"""What a message service says later about a message that it took."""

import uuid
from datetime import datetime, timedelta
from enum import StrEnum

from smartkampung.kernel.later import later
from smartkampung.notify.actions.sending import GIVE_UP_AFTER
from smartkampung.notify.adapters import ways
from smartkampung.notify.models import Message

CODE_LIVES = timedelta(minutes=15)


class ReceiptState(StrEnum):
    """What became of a message, in the words of the webhook."""

    DELIVERED = "delivered"
    FAILED = "failed"


def take_receipt(
    *, reference: uuid.UUID, channel: str, state: ReceiptState, at: datetime
) -> bool:
    """Write down what became of a message; say whether there is such a message.

    One that did not arrive goes to the next channel, unless it holds a code that is
    over by then. Receipts may come twice, late and in any order: what was delivered
    stays so, and a receipt of a channel that was left changes nothing: once one was
    left, a receipt has to name its channel. After three days nothing is sent again, so
    that what a message costs is known by then.
    """
    message = Message.objects.select_for_update().filter(reference=reference).first()
    if message is None:
        return False
    if message.state != Message.State.SENT or not _is_of(message, channel):
        return True
    if state == ReceiptState.DELIVERED:
        message.state, message.delivered_at = Message.State.DELIVERED, at
    else:
        _try_the_next(message, at)
    message.save(update_fields=["state", "delivered_at", "refused_by", "error"])
    return True


def _is_of(message: Message, channel: str) -> bool:
    unnamed = not channel and not message.refused_by
    return unnamed or channel == message.channel


def _try_the_next(message: Message, at: datetime) -> None:
    message.refused_by = [*message.refused_by, message.channel]
    message.error = "not delivered"
    lives = GIVE_UP_AFTER if message.secret is None else CODE_LIVES
    too_late = at - message.queued_at > lives
    if too_late or not ways(without=message.refused_by):
        message.state = Message.State.FAILED
        return
    message.state = Message.State.QUEUED
    later("notify.deliver", message_id=message.pk)
