"""Decide the zones of a day that is over, and keep the decision."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from smartkampung.audit.actions import record
from smartkampung.kernel.clock import day
from smartkampung.kernel.errors import Refused
from smartkampung.kernel.sealed import blind_index
from smartkampung.reopening.cases.models import ZoneDay, ZoneRow
from smartkampung.reopening.cases.queries.zones import (
    SEAL,
    decided,
    last_decided,
    zones_known,
)
from smartkampung.reopening.cases.rules.zones import Zones, rows_of, said

# Whoever writes shortly before has committed by then: what is known at a moment so long
# past does not change any more, and can be told again.
SETTLED = timedelta(minutes=10)
MOST = 60  # days that are made up for, after a server stood still
BY = "system"


class DayNotOver(Refused):
    """The day is not over yet, or its last cases may still be being written."""

    code = "day_not_over"


def decide_due(*, at: datetime) -> list[date]:
    """Decide every day since the last one; the first time, yesterday."""
    last = day(at - SETTLED) - timedelta(days=1)
    before = last_decided() or last - timedelta(days=1)
    count = min((last - before).days, MOST)
    due = [last - timedelta(days=ago) for ago in reversed(range(count))]
    for on in due:
        decide_day(on=on, at=at)
    return due


@transaction.atomic
def decide_day(*, on: date, at: datetime) -> ZoneDay:
    """Decide a day and keep it; return what was decided before if it was.

    Raises DayNotOver.
    """
    known = at - SETTLED
    if on >= day(known):
        raise DayNotOver(_("Zones of a day are decided when the day is over."))
    kept = decided(on)
    if kept is not None:
        return kept
    zones = zones_known(on, known=known)
    row = _keep(zones, known, at)
    record("cases.zones_decided", target=row, by=BY, day=on.isoformat(), **row.counts)
    return row


def _keep(zones: Zones, known: datetime, at: datetime) -> ZoneDay:
    row = ZoneDay.objects.create(
        day=zones.day,
        known_at=known,
        decided_at=at,
        guidance_id=zones.version,
        rts=sum(zones.rts.values()),
        counts=zones.counts(),
        seal=blind_index(said(zones), SEAL),
    )
    ZoneRow.objects.bulk_create(
        (
            ZoneRow(day=row, region_code=place, houses=houses, colour=colour)
            for place, houses, colour in rows_of(zones)
        ),
        batch_size=2_000,
    )
    return row
