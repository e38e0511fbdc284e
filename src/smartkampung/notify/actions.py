"""Queues messages in the transaction that causes them, and sends them afterwards."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.conf import settings

from smartkampung.kernel.clock import now
from smartkampung.kernel.later import later
from smartkampung.kernel.sealed import Sealed
from smartkampung.notify.adapters import service
from smartkampung.notify.models import Message, Silence
from smartkampung.notify.ports import Unavailable, Undeliverable
from smartkampung.notify.texts import check_context, text_of

FIRST_WAIT = timedelta(seconds=30)
LONGEST_WAIT = timedelta(minutes=15)
GIVE_UP_AFTER = timedelta(days=3)


def send(
    *,
    key: str,
    to: Sealed | None,
    template: str,
    context: Mapping[str, object] | None = None,
    secret: str | None = None,
    language: str = "id",
    wish: str = "",
) -> Message | None:
    """Queue one message; a key that was queued before is not queued again.

    ``wish`` names the consent under which it goes; withdrawn until the moment of
    sending, the message is not sent.
    Returns None when the person has no address: then the village office tells them.
    Raises ValueError when ``context`` holds what a message must not say.
    """
    check_context(context or {})
    if to is None:
        return None
    message, created = Message.objects.get_or_create(
        key=key,
        defaults={
            "address": to,
            "template": template,
            "context": dict(context or {}),
            "secret": Sealed.of(secret, "secret") if secret else None,
            "language": language,
            "wish": wish,
            "queued_at": now(),
        },
    )
    if created:
        later("notify.deliver", message_id=message.pk)
    return message


def deliver(*, message_id: int, at: datetime) -> None:
    """Hand a queued message to the service, once; when it is down, promise a new try.

    The row stays locked while the service answers, so two workers never send the
    same message. A crash between the answer and the commit sends it again with the
    same key: better told twice than never.
    """
    message = Message.objects.select_for_update().get(pk=message_id)
    if message.state != Message.State.QUEUED:
        return
    if message.wish and Silence.objects.filter(pk=message.wish).exists():
        message.state = Message.State.UNWANTED
        message.save(update_fields=["state"])
        return
    message.tries += 1
    try:
        _hand_over(message)
    except Unavailable as problem:
        _wait_and_try_again(message, str(problem), at)
    except Undeliverable as problem:
        message.state, message.error = Message.State.FAILED, str(problem)[:200]
    else:
        message.state, message.sent_at, message.error = Message.State.SENT, at, ""
    message.save(update_fields=["state", "tries", "sent_at", "error"])


def silence(*, wish: str, at: datetime) -> None:
    """Stop every message under a wish, those included that wait to be sent."""
    Silence.objects.get_or_create(wish=wish, defaults={"since": at})


def end_silence(*, wish: str) -> None:
    """Let messages under a wish go out again."""
    Silence.objects.filter(wish=wish).delete()


def _hand_over(message: Message) -> None:
    # Opened for the service alone, and shown to nobody: not a reveal.
    text = text_of(
        message.template,
        context=message.context,
        language=message.language,
        secret=message.secret.open() if message.secret else "",
    )
    service(settings.MESSAGES).deliver(
        to=message.address.open(), text=text, key=message.key
    )


def _wait_and_try_again(message: Message, problem: str, at: datetime) -> None:
    message.error = problem[:200]
    if at - message.queued_at > GIVE_UP_AFTER:
        message.state = Message.State.FAILED
        return
    wait = min(LONGEST_WAIT, FIRST_WAIT * 2 ** min(message.tries - 1, 10))
    # Spread over a minute, so that a service that comes back is not trampled.
    later(
        "notify.deliver",
        at=at + wait + timedelta(seconds=message.pk % 60),
        message_id=message.pk,
    )
