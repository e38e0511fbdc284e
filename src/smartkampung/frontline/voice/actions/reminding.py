"""Remind who has not answered an announcement, by e-mail and never at night."""

from datetime import datetime, timedelta

from smartkampung.frontline.voice.models import Announcement
from smartkampung.frontline.voice.queries.readers import silent_holders
from smartkampung.frontline.voice.rules.asking import Ask, reminds_on
from smartkampung.kernel.clock import day
from smartkampung.kernel.sealed import Sealed
from smartkampung.notify.actions import send

LONGEST = timedelta(days=120)


def remind_readers(*, at: datetime) -> int:
    """Queue today's reminders; run again, nobody is told twice. Return how many."""
    today = day(at)
    rows = Announcement.objects.filter(
        withdrawn_at=None, at__gt=at - LONGEST, at__lte=at
    ).exclude(asks=Ask.READ)
    return sum(
        _remind(row, at)
        for row in rows.order_by("pk")
        if reminds_on(
            asks=Ask(row.asks), said_on=day(row.at), due_on=row.due_on, today=today
        )
    )


def _remind(row: Announcement, at: datetime) -> int:
    silent = {one.staff_id: one for one in silent_holders(row, on=day(at)) if one.email}
    for one in silent.values():
        send(
            key=f"voice.remind:{row.pk}:{one.staff_id}:{day(at).isoformat()}",
            to=Sealed.of(one.email, "phone"),
            template="staff_news",
            language=one.language,
            by_day=True,
            about=f"voice.announcement:{row.pk}",
        )
    return len(silent)
