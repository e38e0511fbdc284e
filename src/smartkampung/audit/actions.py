"""Writes to the two diaries; called inside the transaction that they speak of."""

import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import Model

from smartkampung.audit.models import Access, Event
from smartkampung.audit.rules import EVENT, Said
from smartkampung.kernel.chains import moment
from smartkampung.kernel.clock import now
from smartkampung.kernel.sealed import Sealed, blind_index

# In whose stead somebody acts in a place, as far as whoever let them in knows.
_instead: ContextVar[Callable[[str], str]] = ContextVar("instead")

_LOOKED = """
    INSERT INTO audit_access (at, by, role, person_id, purpose, reason, revealed)
    SELECT %s, %s, %s, person_id, %s, %s, false FROM unnest(%s::bigint[]) AS person_id
"""


@contextmanager
def in_stead(tell: Callable[[str], str]) -> Iterator[None]:
    """Write beside each event in whose stead it was done, from its region code."""
    before = _instead.set(tell)
    try:
        yield
    finally:
        _instead.reset(before)


def record(
    name: str, *, target: Model, by: str, region_code: str = "", **detail: Any
) -> None:
    """Write down a business event. ``detail`` holds codes and numbers, never NIKs."""
    said = _said(name, target, region_code, by=by, detail=detail)
    _event(said, now()).save(force_insert=True)


def record_all(
    name: str, *, targets: Iterable[tuple[Model, str]], by: str, **detail: Any
) -> None:
    """Write down one business event about many rows, each with its region."""
    at = now()
    Event.objects.bulk_create(
        _event(_said(name, target, region_code, by=by, detail=detail), at)
        for target, region_code in targets
    )


def _said(
    name: str, target: Model, region_code: str, *, by: str, detail: dict[str, Any]
) -> Said:
    """Return what an event says, its detail as the database will tell it."""
    kind, number = target._meta.label_lower, str(target.pk)
    tell = _instead.get(None)
    if tell and (absent := tell(region_code)):
        detail = {**detail, "instead_of": absent}
    kept = json.loads(json.dumps(detail))
    return Said("", name, by, kind, number, region_code, kept)


def _event(said: Said, at: datetime) -> Event:
    """Return an event, signed."""
    signed = said._replace(at=moment(at))
    return Event(**{**said._asdict(), "at": at}, mac=blind_index(signed.text, EVENT))


def looked(
    *, person_ids: Iterable[int], by: str, role: str, purpose: str, reason: str = ""
) -> None:
    """Write down that records of people were shown to someone."""
    # Written at every look: putting the statement together anew would take longer
    # than running it.
    people = list(person_ids)
    with connection.cursor() as cursor:
        cursor.execute(_LOOKED, [now(), by, role, purpose, reason, people])


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


def revealed_in_bulk(
    *, person_ids: Iterable[int], by: str, role: str, purpose: str, reason: str
) -> None:
    """Write down that the numbers of many people were opened at once, and why."""
    at = now()
    Access.objects.bulk_create(
        (
            Access(
                at=at,
                by=by,
                role=role,
                person_id=person,
                purpose=purpose,
                reason=reason[:200],
                revealed=True,
            )
            for person in person_ids
        ),
        batch_size=5_000,
    )
