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
    last_day,
    sealed_text,
    zones_known,
)
from smartkampung.reopening.cases.rules.zones import Zones, rows_of

# Whoever writes shortly before has committed by then: what is known at a moment so long
# past does not change any more, and can be told again.
SETTLED = timedelta(minutes=10)
MOST = 60  # days that one night makes up for, after a server stood still
BY = "system"


class DayNotOver(Refused):
    """The day is not over yet, or its last cases may still be being written."""

    code = "day_not_over"


def decide_due(*, at: datetime) -> list[date]:
    """Decide every day since the last one, the oldest first; the first time, yesterday.

    After a server stood still for long, the next nights go on where this one ends.
    """
    last = day(at - SETTLED) - timedelta(days=1)
    before = last_day() or last - timedelta(days=1)
    count = min((last - before).days, MOST)
    due = [before + timedelta(days=number) for number in range(1, count + 1)]
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
    row = ZoneDay(
        day=zones.day,
        known_at=known,
        decided_at=at,
        guidance_id=zones.version,
        rts=sum(zones.rts.values()),
        villages=dict(zones.rts),
        counts=zones.counts(),
    )
    row.seal = blind_index(sealed_text(row, zones), SEAL)
    row.save(force_insert=True)
    ZoneRow.objects.bulk_create(
        (
            ZoneRow(day=row, region_code=place, houses=houses, colour=colour)
            for place, houses, colour in rows_of(zones)
        ),
        batch_size=2_000,
    )
    return row
