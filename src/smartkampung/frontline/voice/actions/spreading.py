"""Which officers are told of an announcement, and when: said, reminded, over."""

from datetime import date, datetime

from django.conf import settings

from smartkampung.accounts.queries.offices import holders, listening
from smartkampung.accounts.roles import Role
from smartkampung.frontline.voice.actions.telling import Notice, begin_telling, tell
from smartkampung.frontline.voice.models import Announcement, Telling
from smartkampung.frontline.voice.rules.asking import Ask
from smartkampung.frontline.voice.rules.broadcasting import WARNING_HOLDS
from smartkampung.kernel.clock import day
from smartkampung.kernel.later import later
from smartkampung.regions.codes import village_of

PART = 200
SAID, OVER = "said", "over"


def promise_to_tell(row: Announcement, *, purse: str, at: datetime) -> None:
    """Tell the offices that an announcement is there, in a job: they may be thousands."""
    begin_telling(notice_of(row, SAID, purse=purse), at=at)
    later("voice.tell", announcement_id=row.pk, occasion=SAID, after=0)


def tell_part(*, announcement_id: int, occasion: str, after: int, at: datetime) -> None:
    """Tell the next officers, and promise the rest.

    Whoever is told that a warning is over was spoken to when it was said.
    """
    row = Announcement.objects.get(pk=announcement_id)
    if row.withdrawn_at and occasion != OVER:
        return
    roles = [Role(role) for role in row.roles]
    found = [
        one
        for one in listening(holders(row.region_code, roles, on=day(at)), on=day(at))
        if one.staff_id > after
    ]
    tell(notice_of(row, occasion, purse=purse_of_telling(row)), found[:PART], at=at)
    if len(found) > PART:
        later(
            "voice.tell",
            announcement_id=row.pk,
            occasion=occasion,
            after=found[PART - 1].staff_id,
        )


def notice_of(
    row: Announcement, occasion: str, *, purse: str, on: date | None = None
) -> Notice:
    """Return what officers are told of an announcement."""
    urgent = bool(row.danger) and occasion in {SAID, OVER}
    return Notice(
        about=f"voice.{occasion}:{row.pk}" + (f":{on.isoformat()}" if on else ""),
        template=_words(row, occasion),
        link=f"{settings.SITE_URL}/staff/news/{row.pk}/",
        purse=purse,
        announcement_id=row.pk,
        due_on=row.due_on if _words(row, occasion) == "staff_asked" else None,
        at_once=urgent,
        expires_at=row.at + WARNING_HOLDS if urgent and occasion == SAID else None,
    )


def _words(row: Announcement, occasion: str) -> str:
    if occasion == OVER:
        return "staff_over"
    if occasion != SAID:
        return "staff_news"
    if row.danger:
        return "staff_warning"
    return "staff_asked" if row.asks == Ask.ACT else "staff_said"


def purse_of_telling(row: Announcement) -> str:
    """Return whose month pays for telling officers of an announcement."""
    told = Telling.objects.filter(announcement=row).order_by("pk").first()
    return told.purse if told else village_of(row.region_code)
