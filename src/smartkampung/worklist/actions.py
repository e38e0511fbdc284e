"""Domains open and close work inside their own transaction."""

from datetime import datetime

from django.db.models import Model

from smartkampung.kernel.clock import now
from smartkampung.worklist.models import WorkItem


def target_of(row: Model) -> str:
    """Return the name by which work refers to a row: ``aid.claim:17``."""
    return f"{row._meta.label_lower}:{row.pk}"


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
    WorkItem.objects.bulk_create(
        [
            WorkItem(
                kind=kind,
                target=target_of(target),
                permission=permission,
                region_code=region_code,
                opened_at=now(),
                due_at=due_at,
                urgent=urgent,
            )
        ],
        ignore_conflicts=True,
    )


def close_work(*, target: Model, by: str, kinds: tuple[str, ...] = ()) -> int:
    """Close the open work about a row (of some kinds, else all); return how many."""
    rows = WorkItem.objects.filter(target=target_of(target), closed_at=None)
    if kinds:
        rows = rows.filter(kind__in=kinds)
    return rows.update(closed_at=now(), closed_by=by)
