"""Domains open and close work inside their own transaction."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Model

from smartkampung.kernel.clock import now
from smartkampung.worklist.models import WorkItem
from smartkampung.worklist.models import target_of as target_of


def open_work(
    *,
    kind: str,
    target: Model,
    permission: str,
    region_code: str,
    due_at: datetime,
    urgent: bool = False,
) -> None:
    """Put work on the list, unless the same work already waits."""
    open_all_work(
        kind=kind,
        targets=[(target, region_code)],
        permission=permission,
        due_at=due_at,
        urgent=urgent,
    )


def open_all_work(
    *,
    kind: str,
    targets: Iterable[tuple[Model, str]],
    permission: str,
    due_at: datetime,
    urgent: bool = False,
) -> None:
    """Put work about many rows, each with its region, on the list in one statement."""
    at = now()
    WorkItem.objects.bulk_create(
        [
            WorkItem(
                kind=kind,
                target=target_of(target),
                permission=permission,
                region_code=region_code,
                opened_at=at,
                due_at=due_at,
                urgent=urgent,
            )
            for target, region_code in targets
        ],
        ignore_conflicts=True,
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
    """Hand the open work about a row to another place; return how many items."""
    rows = WorkItem.objects.filter(target=target_of(target), closed_at=None)
    return rows.update(region_code=region_code)


def urge_all_work(*, targets: Iterable[Model]) -> int:
    """Mark the open work about many rows as urgent; return how many items."""
    named = [target_of(target) for target in targets]
    rows = WorkItem.objects.filter(target__in=named, closed_at=None)
    return rows.update(urgent=True)
