"""Queues messages in the transaction that causes them, and sends them afterwards."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from smartkampung.kernel.clock import now
from smartkampung.kernel.later import later
from smartkampung.kernel.sealed import Sealed
from smartkampung.notify.adapters import service, ways
from smartkampung.notify.models import Message, Silence
from smartkampung.notify.ports import Unavailable, Undeliverable
from smartkampung.notify.prices import price
from smartkampung.notify.queries import has_opted_out, is_silent
from smartkampung.notify.rules import (
    is_quiet,
    opens_at,
    purpose_of,
    reference_of,
    sms_parts,
)
from smartkampung.notify.texts import check_context, text_of

FIRST_WAIT = timedelta(seconds=30)
LONGEST_WAIT = timedelta(minutes=15)
GIVE_UP_AFTER = timedelta(days=3)
CHANGED = [
    *("state", "tries", "sent_at", "error"),
    *("channel", "refused_by", "parts", "cost"),
]


def send(
    *,
    key: str,
    to: Sealed | None,
    template: str,
    context: Mapping[str, object] | None = None,
    secret: str | None = None,
    language: str = "id",
    wish: str = "",
    by_day: bool = False,
    about: str = "",
    expires_at: datetime | None = None,
) -> Message | None:
    """Queue one message; a key that was queued before is not queued again.

    ``wish`` names the consent under which it goes; withdrawn until the moment of
    sending, the message is not sent. One ``by_day`` waits until seven in the morning.
    ``about`` names what many messages belong to, so that they can be counted. One that
    is not out by ``expires_at`` never goes.
    Returns None when the person has no address: then the village office tells them.
    Raises ValueError when ``context`` holds what a message must not say.
    """
    check_context(context or {})
    if to is None:
        return None
    at = now()
    message, created = Message.objects.get_or_create(
        key=key,
        defaults={
            "address": to,
            "template": template,
            "context": dict(context or {}),
            "secret": Sealed.of(secret, "secret") if secret else None,
            "language": language,
            "wish": wish,
            "by_day": by_day,
            "about": about,
            "expires_at": expires_at,
            "reference": reference_of(key),
            "queued_at": at,
        },
    )
    if created:
        later(_lane(message), at=_first_try(message, at), message_id=message.pk)
    return message


def _lane(message: Message) -> str:
    """Return the job that hands it over: danger, codes and answers pass news by."""
    return "notify.deliver" if message.by_day else "notify.deliver_soon"


def _first_try(message: Message, at: datetime) -> datetime | None:
    return opens_at(at) if message.by_day and is_quiet(at) else None


def deliver(*, message_id: int, at: datetime) -> None:
    """Hand a queued message to a service, once; when all are down, promise a new try.

    Channels are tried in order; one that will never deliver it is not tried again. The
    row stays locked while the service answers, so two workers never send the
    same message. A crash between the answer and the commit sends it again with the
    same key: better told twice than never.
    """
    message = Message.objects.select_for_update().get(pk=message_id)
    if message.state != Message.State.QUEUED:
        return
    if message.wish and _unwanted(message):
        message.state = Message.State.UNWANTED
        message.save(update_fields=["state"])
        return
    if message.expires_at and at >= message.expires_at:
        message.state, message.error = Message.State.FAILED, "too late"
        message.save(update_fields=["state", "error"])
        return
    if message.by_day and is_quiet(at):
        later("notify.deliver", at=opens_at(at), message_id=message.pk)
        return
    message.tries += 1
    _try_in_order(message, at)
    message.save(update_fields=CHANGED)


def _unwanted(message: Message) -> bool:
    return is_silent(message.wish) or has_opted_out(
        message.address, purpose_of(message.wish)
    )


def _try_in_order(message: Message, at: datetime) -> None:
    down = ""
    for channel in ways(without=message.refused_by):
        try:
            _hand_over(message, channel)
        except Unavailable as problem:
            down = str(problem) or "down"
        except Undeliverable as problem:
            message.refused_by = [*message.refused_by, channel]
            message.error = str(problem)[:200]
        else:
            message.state, message.sent_at, message.error = Message.State.SENT, at, ""
            return
    if down:
        _wait_and_try_again(message, down, at)
    else:
        message.state = Message.State.FAILED


def stop_about(*, causes: Iterable[str]) -> int:
    """Send no more of what waits for some causes; return how many messages that were.

    One that a service takes over at this moment is waited for, and counts as sent.
    """
    rows = Message.objects.filter(about__in=list(causes), state=Message.State.QUEUED)
    return rows.update(state=Message.State.UNWANTED)


def silence(*, wish: str, at: datetime) -> None:
    """Stop every message under a wish, those included that wait to be sent."""
    Silence.objects.get_or_create(wish=wish, defaults={"since": at})


def end_silence(*, wish: str) -> None:
    """Let messages under a wish go out again."""
    Silence.objects.filter(wish=wish).delete()


def _hand_over(message: Message, channel: str) -> None:
    # Opened for the service alone, and shown to nobody: not a reveal.
    text = text_of(
        message.template,
        context=message.context,
        language=message.language,
        secret=message.secret.open() if message.secret else "",
    )
    to = message.address.open()
    service(channel).deliver(to=to, text=text, key=message.key)
    message.channel = channel
    message.parts = sms_parts(text)
    message.cost += price(message.parts, channel=channel, to=to)


def _wait_and_try_again(message: Message, problem: str, at: datetime) -> None:
    message.error = problem[:200]
    if at - message.queued_at > GIVE_UP_AFTER:
        message.state = Message.State.FAILED
        return
    wait = min(LONGEST_WAIT, FIRST_WAIT * 2 ** min(message.tries - 1, 10))
    # Spread over a minute, so that a service that comes back is not trampled.
    later(
        _lane(message),
        at=at + wait + timedelta(seconds=message.pk % 60),
        message_id=message.pk,
    )
