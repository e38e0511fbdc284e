"""Writes to the two diaries; called inside the transaction that they speak of."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Model

from smartkampung.audit.models import Access, Event
from smartkampung.kernel.clock import now
from smartkampung.kernel.sealed import Sealed


def record(
    name: str, *, target: Model, by: str, region_code: str = "", **detail: Any
) -> None:
    """Write down a business event. ``detail`` holds codes and numbers, never NIKs."""
    Event.objects.create(
        at=now(),
        name=name,
        by=by,
        target_kind=target._meta.label_lower,
        target_id=str(target.pk),
        region_code=region_code,
        detail=detail,
    )


def looked(
    *, person_ids: Iterable[int], by: str, role: str, purpose: str, reason: str = ""
) -> None:
    """Write down that records of people were shown to someone."""
    at = now()
    Access.objects.bulk_create(
        Access(
            at=at, by=by, role=role, person_id=person, purpose=purpose, reason=reason
        )
        for person in person_ids
    )


def reveal(
    sealed: Sealed, *, person_id: int, by: str, role: str, purpose: str, reason: str
) -> str:
    """Open a sealed value for a person's eyes, and write down who asked and why."""
    Access.objects.create(
        at=now(),
        by=by,
        role=role,
        person_id=person_id,
        purpose=purpose,
        reason=reason,
        revealed=True,
    )
    return sealed.open()
