"""Tell officers on their own phones, or by e-mail, that something waits for them.

A message says that there is something, with a link, and names nobody. It goes under the
officer's own wish, waits for the morning unless it is about danger, and is paid from
the month of an area like messages to residents.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import F
from django.utils.translation import override

from smartkampung.accounts.queries.phones import Listener, phones_of, wish_of
from smartkampung.frontline.voice.actions.paying import allowance
from smartkampung.frontline.voice.models import Telling
from smartkampung.frontline.voice.queries.counting import LANGUAGES
from smartkampung.frontline.voice.queries.told import key_of
from smartkampung.kernel.clock import day
from smartkampung.kernel.sealed import Sealed
from smartkampung.kernel.wording import long_day
from smartkampung.notify.actions import send
from smartkampung.notify.adapters import ways
from smartkampung.notify.prices import at_most
from smartkampung.notify.queries import queued_among
from smartkampung.notify.rules import sms_parts
from smartkampung.notify.texts import text_of


@dataclass(frozen=True)
class Notice:
    """What officers are told: which words, where it stands, and who pays."""

    about: str
    template: str
    link: str
    purse: str
    announcement_id: int | None = None
    due_on: date | None = None
    at_once: bool = False
    expires_at: datetime | None = None


def tell(notice: Notice, listeners: Iterable[Listener], *, at: datetime) -> int:
    """Queue it to the phone of each, else to the e-mail address; return to how many.

    Run again, nobody is told twice. Where the month does not pay for all phones, those
    beyond it hear by e-mail or not at all; danger goes to all the same.
    """
    people = {one.staff_id: one for one in listeners}
    told = queued_among(key_of(notice.about, staff) for staff in people)
    fresh = sorted(staff for staff in people if key_of(notice.about, staff) not in told)
    phones = phones_of(fresh)
    with transaction.atomic():
        paid = _promise(notice, [one for one in fresh if one in phones], at)
        return sum(
            _send(notice, people[staff], phones[staff] if staff in paid else None)
            for staff in fresh
        )


def begin_telling(notice: Notice, *, at: datetime) -> Telling:
    """Return what is paid for a notice, which exists from now on."""
    row, _new = Telling.objects.get_or_create(
        about=notice.about,
        defaults={
            "announcement_id": notice.announcement_id,
            "purse": notice.purse,
            "month": day(at).replace(day=1),
            "at": at,
        },
    )
    return row


def _promise(notice: Notice, staff: list[int], at: datetime) -> set[int]:
    """Promise what their messages cost at most; return for whom it is paid."""
    row = begin_telling(notice, at=at)
    if not staff:
        return set()
    each = _price(notice)
    rows = allowance(row.purse, row.month)
    month = rows.select_for_update().get()
    left = max(0, month.cap - month.spent)
    paid = staff if notice.at_once or not each else staff[: left // each]
    promised = min(left, each * len(paid))
    rows.update(spent=F("spent") + promised)
    Telling.objects.filter(pk=row.pk).update(cost=F("cost") + promised, used=None)
    return set(paid)


def _price(notice: Notice) -> int:
    parts = max(
        sms_parts(text_of(notice.template, context=_context(notice, one), language=one))
        for one in LANGUAGES
    )
    return at_most(parts, channels=ways())


def _context(notice: Notice, language: str) -> dict[str, object]:
    told: dict[str, object] = {"link": notice.link}
    if notice.due_on is not None:
        with override(language):
            told["due_on"] = long_day(notice.due_on)
    return told


def _send(notice: Notice, one: Listener, phone: Sealed | None) -> bool:
    to = phone or (Sealed.of(one.email, "phone") if one.email else None)
    message = send(
        key=key_of(notice.about, one.staff_id),
        to=to,
        template=notice.template,
        context=_context(notice, one.language),
        language=one.language,
        wish=wish_of(one.staff_id) if phone else "",
        by_day=not notice.at_once,
        about=notice.about,
        expires_at=notice.expires_at,
    )
    return message is not None
