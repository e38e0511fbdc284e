"""Domains open and close work inside their own transaction."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import Model, QuerySet

from smartkampung.kernel.clock import now
from smartkampung.worklist.models import WorkItem
from smartkampung.worklist.models import target_of as target_of

# Opened by almost every action: so not put together anew each time.
_OPEN = """
    INSERT INTO worklist_workitem
        (kind, target, permission, region_code, opened_at, due_at, closed_by, urgent,
        not_by)
    SELECT %(kind)s, target, %(permission)s, region_code, %(at)s, %(due_at)s, '',
        %(urgent)s, %(not_by)s::text[]
    FROM unnest(%(targets)s::text[], %(regions)s::text[]) AS work (target, region_code)
    ON CONFLICT DO NOTHING
"""

_NOBODYS: dict[str, Any] = {"given_to": "", "given_by": "", "given_until": None}


def open_work(
    *,
    kind: str,
    target: Model,
    permission: str,
    region_code: str,
    due_at: datetime,
    urgent: bool = False,
    not_by: Iterable[str] = (),
) -> None:
    """Put work on the list, unless the same work already waits.

    ``not_by`` names who must leave it to a colleague: whoever asked for it.
    """
    open_all_work(
        kind=kind,
        targets=[(target, region_code)],
        permission=permission,
        due_at=due_at,
        urgent=urgent,
        not_by=not_by,
    )


def open_all_work(
    *,
    kind: str,
    targets: Iterable[tuple[Model, str]],
    permission: str,
    due_at: datetime,
    urgent: bool = False,
    not_by: Iterable[str] = (),
) -> None:
    """Put work about many rows, each with its region, on the list in one statement."""
    named = [(target_of(target), region_code) for target, region_code in targets]
    if not named:
        return
    with connection.cursor() as cursor:
        cursor.execute(
            _OPEN,
            {
                "kind": kind,
                "permission": permission,
                "at": now(),
                "due_at": due_at,
                "urgent": urgent,
                "not_by": sorted(set(not_by)),
                "targets": [target for target, _region_code in named],
                "regions": [region_code for _target, region_code in named],
            },
        )


def close_work(*, target: Model, by: str, kinds: tuple[str, ...] = ()) -> int:
    """Close the open work about a row (of some kinds, else all); return how many."""
    rows = WorkItem.objects.filter(target=target_of(target), closed_at=None)
    if kinds:
        rows = rows.filter(kind__in=kinds)
    return rows.update(closed_at=now(), closed_by=by)


def close_all_work(*, targets: Iterable[Model], by: str) -> int:
    """Close the open work about many rows in one statement; return how many."""
    named = [target_of(target) for target in targets]
    rows = WorkItem.objects.filter(target__in=named, closed_at=None)
    return rows.update(closed_at=now(), closed_by=by)


def readdress_work(*, target: Model, region_code: str) -> int:
    """Hand the open work about a row to another place; return how many items.

    Whoever it was given to here may have no rights there, so it is given to nobody.
    """
    rows = WorkItem.objects.filter(target=target_of(target), closed_at=None)
    return rows.update(region_code=region_code, **_NOBODYS)


def reschedule_work(*, target: Model, kind: str, due_at: datetime) -> int:
    """Give the open work of a kind about a row another date; return how many items."""
    rows = WorkItem.objects.filter(target=target_of(target), kind=kind, closed_at=None)
    return rows.update(due_at=due_at)


def urge_all_work(*, targets: Iterable[Model]) -> int:
    """Mark the open work about many rows as urgent; return how many items."""
    named = [target_of(target) for target in targets]
    rows = WorkItem.objects.filter(target__in=named, closed_at=None)
    return rows.update(urgent=True)


def give_work(
    *, item_id: int, to: str, by: str, until: datetime, held_by: str = ""
) -> int:
    """Give one open item to a colleague until a moment; return 0 if it moved on since.

    ``held_by`` is who was given it when the caller looked. Whether the colleague may
    do it there is for the caller to ask; who asked for it is given nothing.
    """
    rows = WorkItem.objects.filter(pk=item_id, closed_at=None, given_to=held_by)
    return _give(rows, to=to, by=by, until=until)


def take_work_back(*, item_id: int, given_to: str) -> int:
    """Give an item back to everybody who may do it; return 0 if it moved on since."""
    rows = WorkItem.objects.filter(pk=item_id, closed_at=None, given_to=given_to)
    return rows.update(**_NOBODYS)


def release_work(*, given_to: str) -> int:
    """Give back all that an account was given, as when its rights end."""
    rows = WorkItem.objects.filter(closed_at=None, given_to=given_to)
    return rows.exclude(given_to="").update(**_NOBODYS)


def release_items(*, items: Iterable[int]) -> int:
    """Give several open items back to everybody who may do them."""
    rows = WorkItem.objects.filter(pk__in=list(items), closed_at=None)
    return rows.update(**_NOBODYS)


def pass_work_on(*, items: Iterable[int], to: str, by: str, until: datetime) -> int:
    """Give several open items to a colleague at once.

    What they asked for themselves is everybody's.
    """
    rows = WorkItem.objects.filter(pk__in=list(items), closed_at=None)
    free = rows.filter(not_by__contains=[to]).update(**_NOBODYS)
    return free + _give(rows, to=to, by=by, until=until)


def _give(rows: QuerySet[WorkItem], *, to: str, by: str, until: datetime) -> int:
    mine = rows.exclude(not_by__contains=[to])
    return mine.update(given_to=to, given_by=by, given_until=until)
