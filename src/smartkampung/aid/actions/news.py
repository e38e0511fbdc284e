"""Tell the phone recorded for a family that there is news."""

from zlib import crc32

from django.utils.translation import override

from smartkampung.aid.models import Batch, Claim
from smartkampung.aid.points.queries import meeting_of
from smartkampung.aid.points.words import place_and_hours
from smartkampung.aid.queries.handover import FINAL_VALUES
from smartkampung.kernel.wording import long_day
from smartkampung.notify.actions import send
from smartkampung.residents.rules.consents import Purpose, wish


def news_wish(family_id: int) -> str:
    """Return the wish under which news goes to a family."""
    return wish(Purpose.NEWS_MESSAGES, family_id)


def tell_family(*, claim: Claim, key: str) -> None:
    """Send "there is news", and no more than that; nothing where no phone is known."""
    person = claim.person
    if person is not None:
        send(
            key=key,
            to=person.family.phone,
            template="news",
            language=person.family.language,
            wish=news_wish(person.family_id),
        )


def tell_batch(*, batch_id: int) -> None:
    """Tell every family of a batch that still waits the day and the place.

    Each is told once of the same day and place, and again when they change.
    """
    batch = Batch.objects.get(pk=batch_id)
    waiting = batch.dues.filter(cancelled=False).exclude(
        handovers__outcome__in=FINAL_VALUES
    )
    for due in waiting.select_related("family", "batch", "point"):
        meeting = meeting_of(due)
        if meeting is None:
            continue
        language = due.family.language
        with override("id"):
            plan = crc32(f"{meeting.on} {place_and_hours(meeting)}".encode())
        with override(language):
            day, place = long_day(meeting.on), place_and_hours(meeting)
        send(
            key=f"aid.collect:{batch.pk}:{due.pk}:{plan:08x}",
            to=due.family.phone,
            template="collect",
            context={"due_on": day, "place": place},
            language=language,
            wish=news_wish(due.family_id),
        )
