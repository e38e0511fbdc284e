"""What the demo's phones were answered. Nothing else may read messages."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings

from smartkampung.notify.models import Message
from smartkampung.notify.texts import text_of

LOOKED_AT = 200


@dataclass(frozen=True)
class Answered:
    """One answer as the phone shows it."""

    text: str
    at: datetime


def answers_to(phone: str, *, most: int = 6) -> Sequence[Answered]:
    """Return the last answers to a phone, the newest last; in the demo only."""
    if not settings.DEMO:
        raise RuntimeError("messages are readable in the demo only")
    rows = Message.objects.filter(template__startswith="text_").order_by("-pk")
    found = [row for row in rows[:LOOKED_AT] if row.address.open() == phone]
    return [
        Answered(
            text_of(
                row.template,
                context=row.context,
                language=row.language,
                secret=row.secret.open() if row.secret else "",
            ),
            row.queued_at,
        )
        for row in reversed(found[:most])
    ]
