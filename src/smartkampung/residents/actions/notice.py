"""How a domain takes notice of a life event, once."""

from datetime import datetime

from smartkampung.residents.life.models import LifeEvent, LifeEventTaken


def take(*, domain: str, event_id: int, at: datetime) -> LifeEvent | None:
    """Mark an event as acted on by a domain; nothing when it was already.

    Call it first in the transaction that acts: both are committed, or neither.
    """
    _row, first = LifeEventTaken.objects.get_or_create(
        domain=domain, event_id=event_id, defaults={"taken_at": at}
    )
    if not first:
        return None
    return LifeEvent.objects.select_related("person").get(pk=event_id)
