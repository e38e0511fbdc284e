"""Reads of the diaries. Whether the actor may see a person is the caller's business."""

import json
from collections.abc import Iterable
from datetime import datetime
from functools import reduce
from hashlib import sha256
from operator import or_

from django.db.models import Model, Q, QuerySet

from smartkampung.audit.models import Access as Access
from smartkampung.audit.models import Event as Event


def looks_at(person_id: int) -> QuerySet[Access]:
    """Return every look at one person's record, the newest first."""
    return Access.objects.filter(person_id=person_id).order_by("-at", "-pk")


def opened_since(
    at: datetime, *, person_ids: Iterable[int], by: str, purpose: str
) -> set[int]:
    """Return whose number somebody was shown for a purpose since then."""
    rows = Access.objects.filter(
        person_id__in=list(person_ids), at__gte=at, by=by, purpose=purpose
    )
    return set(rows.filter(revealed=True).values_list("person_id", flat=True))


def events_about(targets: Iterable[Model]) -> list[Event]:
    """Return every event about some objects, in order."""
    of_kind: dict[str, list[str]] = {}
    for target in targets:
        of_kind.setdefault(target._meta.label_lower, []).append(str(target.pk))
    about = [
        Q(target_kind=kind, target_id__in=numbers) for kind, numbers in of_kind.items()
    ]
    wanted = reduce(or_, about, Q(pk__in=[]))
    return list(Event.objects.filter(wanted).order_by("at", "pk"))


def fingerprint(event: Event) -> str:
    """Return the SHA-256 of all that an event says: whoever changed it changed this.

    Without a key, so that anybody can work it out; it proves something only beside an
    earlier copy that somebody else kept.
    """
    said = [
        event.pk,
        event.at.timestamp(),
        event.name,
        event.by,
        event.target_kind,
        event.target_id,
        event.region_code,
        event.detail,
    ]
    text = json.dumps(said, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return sha256(text.encode()).hexdigest()
