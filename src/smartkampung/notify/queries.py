"""Reads of messages; none of them shows a person's address."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db.models import Count, Q, QuerySet, Sum

from smartkampung.kernel.sealed import Sealed
from smartkampung.notify.models import Message, OptOut, Silence
from smartkampung.notify.texts import text_of


@dataclass(frozen=True)
class Letter:
    """A message as its reader sees it."""

    to: str
    text: str
    queued_at: datetime
    state: str


def demo_inbox(*, limit: int = 50) -> list[Letter]:
    """Return the newest messages with their codes, which only a demo may show."""
    if not settings.DEMO:
        raise RuntimeError("messages are readable in the demo only")
    return [
        Letter(
            to=message.address.masked,
            text=text_of(
                message.template,
                context=message.context,
                language=message.language,
                secret=message.secret.open() if message.secret else "",
            ),
            queued_at=message.queued_at,
            state=message.state,
        )
        for message in Message.objects.order_by("-queued_at", "-pk")[:limit]
    ]


def is_silent(wish: str) -> bool:
    """Say whether messages under a wish are not sent any more."""
    return Silence.objects.filter(pk=wish).exists()


def has_opted_out(phone: Sealed, purpose: str = "") -> bool:
    """Say whether the owner of a phone said stop to a purpose, or else to everything."""
    rows = _stopped(purpose).filter(phone_index__in=phone.indexes())
    return rows.exists()


def phones_opted_out(purpose: str) -> "QuerySet[OptOut, bytes | memoryview]":
    """Return the fingerprints of phones that said stop to a purpose, for a subquery."""
    return _stopped(purpose).values_list("phone_index", flat=True)


def _stopped(purpose: str) -> QuerySet[OptOut]:
    return OptOut.objects.filter(purpose__in={"", purpose})


def outcomes_of(abouts: Iterable[str]) -> dict[str, dict[str, int]]:
    """Return what became of the messages of some causes, by cause and state."""
    rows = Message.objects.filter(about__in=list(abouts)).values_list("about", "state")
    found: dict[str, dict[str, int]] = {}
    for about, state, number in rows.annotate(number=Count("pk")):
        found.setdefault(about, {})[state] = number
    return found


def queued_among(keys: Iterable[str]) -> set[str]:
    """Return which of some messages were queued before."""
    rows = Message.objects.filter(key__in=list(keys))
    return set(rows.values_list("key", flat=True))


def told_about(cause: str) -> QuerySet[Message]:
    """Return the messages of a cause that went out or still will."""
    over = [Message.State.UNWANTED, Message.State.FAILED]
    return Message.objects.filter(about=cause).exclude(state__in=over).order_by("key")


@dataclass(frozen=True)
class Bill:
    """The messages of one cause: how many, what they cost, and how many may cost more."""

    number: int
    cost: int
    open: int


def states_about(causes: Iterable[str]) -> list[tuple[str, str]]:
    """Return each message of some causes with its state, the oldest first."""
    rows = Message.objects.filter(about__in=list(causes))
    return list(rows.order_by("queued_at", "pk").values_list("key", "state"))


def bill_of(about: str) -> Bill:
    """Return what the messages of a cause cost so far."""
    rows = Message.objects.filter(about=about)
    under_way = Q(state__in=[Message.State.QUEUED, Message.State.SENT])
    found = rows.aggregate(
        number=Count("pk"), cost=Sum("cost", default=0), open=Count("pk", under_way)
    )
    return Bill(**found)


def counts_by_state() -> dict[str, float]:
    """Return how many messages wait, were sent, were given up and unwanted."""
    rows = Message.objects.values_list("state").annotate(number=Count("pk"))
    return {**{state.value: 0.0 for state in Message.State}, **dict(rows)}


@dataclass(frozen=True)
class Month:
    """What became of the messages since some day, and what they cost."""

    states: dict[str, int]
    cost: int


def month_of_messages(*, since: datetime) -> Month:
    """Return how many messages stand in each state since a moment, and their cost."""
    rows = Message.objects.filter(queued_at__gte=since)
    found = rows.values_list("state").annotate(number=Count("pk"), cost=Sum("cost"))
    counted = list(found)
    return Month(
        {state: number for state, number, _cost in counted},
        sum(cost or 0 for _state, _number, cost in counted),
    )


def failures_since(since: datetime, *, limit: int = 10) -> list[tuple[str, int]]:
    """Return why messages failed, the commonest first. Errors never hold an address."""
    rows = Message.objects.filter(queued_at__gte=since, state=Message.State.FAILED)
    counted = rows.values_list("error").annotate(number=Count("pk"))
    return [(error, number) for error, number in counted.order_by("-number")[:limit]]
