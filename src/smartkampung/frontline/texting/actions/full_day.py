"""A day pays for so many answers; when they are used up, somebody is told."""

from datetime import datetime

from django.conf import settings

from smartkampung.accounts.roles import Permission
from smartkampung.audit.actions import record
from smartkampung.frontline.texting.models import FullDay, Received
from smartkampung.kernel.clock import day, end_of_day, start_of_day
from smartkampung.regions.queries import regency
from smartkampung.worklist.actions import close_work, open_work

WORK = "texting.full_day"
BY = "gateway"


def is_full(*, at: datetime) -> bool:
    """Say whether no answer is left for this day; the first time, raise the alarm.

    Texts that come at the same moment may each be the last one.
    """
    today = Received.objects.filter(at__gte=start_of_day(day(at))).exclude(reply="")
    most = settings.TEXT_ANSWERS_A_DAY
    if today.count() < most:
        return False
    row, first = FullDay.objects.get_or_create(
        on=day(at), defaults={"most": most, "since": at}
    )
    if first:
        _alarm(row)
    return True


def _alarm(row: FullDay) -> None:
    here = regency()
    region = here.code if here else ""
    open_work(
        kind=WORK,
        target=row,
        permission=Permission.JOBS_VIEW,
        region_code=region,
        due_at=end_of_day(row.on),
        urgent=True,
    )
    record("texting.day_full", target=row, by=BY, region_code=region, most=row.most)


def have_looked(*, full_day: FullDay, by: str) -> bool:
    """Write down that somebody looked into it; False when a colleague did before."""
    closed = close_work(target=full_day, by=by)
    if closed:
        record("texting.day_looked_at", target=full_day, by=by)
    return bool(closed)
