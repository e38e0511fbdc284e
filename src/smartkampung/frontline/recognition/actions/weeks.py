"""Look at the week that is over, and name the village that did well by its measure."""

from datetime import date, datetime

from django.db import transaction

from smartkampung.audit.actions import record
from smartkampung.frontline.recognition.models import Named, Week
from smartkampung.frontline.recognition.queries.tallies import tallies
from smartkampung.frontline.recognition.rules.week import (
    A_WEEK,
    REST_WEEKS,
    chosen,
    compared,
    monday_of,
    turn_of,
)
from smartkampung.kernel.clock import day

BY = "job"


def name_last_week(*, at: datetime) -> Week:
    """Decide about the week before this one; said twice, it stays as it was said."""
    return name_week(monday=monday_of(day(at)) - A_WEEK, at=at)


def name_week(*, monday: date, at: datetime) -> Week:
    """Decide about one week, which is over."""
    with transaction.atomic():
        area, way = turn_of(monday)
        found = tallies(area, monday=monday)
        row, first = Week.objects.get_or_create(
            monday=monday,
            defaults={
                "area": area,
                "way": way,
                "compared": len(compared(found, way)),
                "decided_at": at,
            },
        )
        if not first:
            return row
        best = chosen(found, way, resting=_resting(monday))
        Named.objects.bulk_create(
            Named(
                week=row,
                village_id=one.village,
                due=one.due,
                in_time=one.in_time,
                due_before=one.due_before,
                in_time_before=one.in_time_before,
            )
            for one in best
        )
        record("recognition.week_decided", target=row, by=BY, named=len(best))
    return row


def _resting(monday: date) -> set[str]:
    since = monday - REST_WEEKS * A_WEEK
    rows = Named.objects.filter(week__monday__gte=since, week__monday__lt=monday)
    return set(rows.values_list("village_id", flat=True))
