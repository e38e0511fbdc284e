"""Remind who has not answered an announcement, by phone or e-mail, never at night."""

from datetime import datetime, timedelta

from smartkampung.accounts.queries.offices import listening
from smartkampung.frontline.voice.actions.spreading import notice_of, purse_of_telling
from smartkampung.frontline.voice.actions.telling import tell
from smartkampung.frontline.voice.models import Announcement
from smartkampung.frontline.voice.queries.readers import silent_holders
from smartkampung.frontline.voice.rules.asking import Ask, reminds_on
from smartkampung.kernel.clock import day

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
    silent = listening(silent_holders(row, on=day(at)), on=day(at))
    notice = notice_of(row, "remind", purse=purse_of_telling(row), on=day(at))
    return tell(notice, silent, at=at)
