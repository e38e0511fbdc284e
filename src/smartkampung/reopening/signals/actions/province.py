"""Bring in the series of the province from a file; a second time changes nothing."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from smartkampung.audit.actions import record
from smartkampung.reopening.signals.models import ProvinceDay
from smartkampung.reopening.signals.rules.files import ProvinceRow


def import_province(*, rows: Sequence[ProvinceRow], by: str, at: datetime) -> int:
    """Write days that are new, and a later version of those that changed."""
    with transaction.atomic():
        standing = {
            row.on: row for row in ProvinceDay.objects.order_by("on", "version")
        }
        fresh = [
            _row(one, standing.get(one.on), by, at)
            for one in rows
            if not _same(one, standing.get(one.on))
        ]
        ProvinceDay.objects.bulk_create(fresh)
        if fresh:
            record("signals.province_imported", target=fresh[0], by=by, rows=len(fresh))
    return len(fresh)


def _same(told: ProvinceRow, row: ProvinceDay | None) -> bool:
    return row is not None and told == ProvinceRow(
        row.on, row.cases, row.recovered, row.died, row.cases_so_far, row.source
    )


def _row(
    told: ProvinceRow, before: ProvinceDay | None, by: str, at: datetime
) -> ProvinceDay:
    return ProvinceDay(
        on=told.on,
        version=before.version + 1 if before else 1,
        cases=told.cases,
        recovered=told.recovered,
        died=told.died,
        cases_so_far=told.cases_so_far,
        source=told.source,
        by=by,
        at=at,
    )
