"""Whoever asked by text to be called: opened for their RT, closed by who called."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from smartkampung.accounts.roles import Permission
from smartkampung.audit.actions import record
from smartkampung.audit.queries import events_about
from smartkampung.frontline.texting.models import Assist
from smartkampung.frontline.texting.rules.menu import Topic
from smartkampung.frontline.texting.rules.states import Outcome
from smartkampung.kernel.clock import day, end_of_day
from smartkampung.kernel.errors import Refused
from smartkampung.kernel.rls import as_job
from smartkampung.kernel.sealed import Sealed, blind_index
from smartkampung.notify.actions import send
from smartkampung.regions.codes import village_of
from smartkampung.residents.models import PHONE
from smartkampung.worklist.actions import close_work, open_work, readdress_work

WORK = "texting.assist"
BY_TEXT = "text"
LOOKED, TRIED = "texting.phone_read", "texting.tried"
PROMISED = timedelta(days=2)
KEPT_FOR = timedelta(days=90)


class AlreadyAnswered(Refused):
    """Somebody else was quicker."""

    code = "already_answered"


class AtTheVillage(Refused):
    """It lies with the village office already; there is nobody above to pass it to."""

    code = "at_the_village"


def ask_for_help(
    *,
    phone: Sealed,
    topic: Topic,
    region_code: str,
    channel: str,
    english: bool,
    at: datetime,
) -> date:
    """Open work to call somebody back; return the day by which that is promised.

    Asking again while it waits opens nothing more. Without a place nothing is opened:
    the same day is returned, because the answer is the same for everybody.
    """
    due_on = day(at + PROMISED)
    if not region_code:
        return due_on
    row, first = Assist.objects.get_or_create(
        phone_index=blind_index(phone.open(), PHONE),
        topic=topic,
        closed_at=None,
        defaults={
            "region_code": region_code,
            "phone": phone,
            "channel": channel,
            "english": english,
            "asked_at": at,
            "due_at": end_of_day(due_on),
        },
    )
    if not first:
        return day(row.due_at)
    open_work(
        kind=WORK,
        target=row,
        permission=Permission.TEXT_ANSWER,
        region_code=region_code,
        due_at=row.due_at,
    )
    record("texting.asked", target=row, by=BY_TEXT, region_code=region_code)
    return due_on


class NotCalled(Refused):
    """Whoever says that nobody answered never looked at the number."""

    code = "not_called"


def close_assist(*, assist: Assist, outcome: Outcome, at: datetime, by: str) -> bool:
    """Write down what came of it; say whether it is closed by that.

    A call that nobody answered leaves it open until the day that was promised, and
    counts only from who looked at the number; on that day whoever could not be reached
    is told so. Raises AlreadyAnswered, NotCalled.
    """
    with transaction.atomic():
        row = _open(assist)
        if outcome == Outcome.NOT_REACHED and not _was_last_try(row, at=at, by=by):
            return False
        row.outcome, row.closed_at, row.closed_by = outcome, at, by
        row.save(update_fields=["outcome", "closed_at", "closed_by"])
        close_work(target=row, by=by)
        record(
            "texting.closed",
            target=row,
            by=by,
            region_code=row.region_code,
            outcome=outcome,
        )
        if outcome == Outcome.NOT_REACHED:
            send(
                key=f"{WORK}:{row.pk}:{outcome}",
                to=row.phone,
                template="text_missed",
                language="en" if row.english else "id",
                by_day=True,
            )
    assist.refresh_from_db()
    return True


def _was_last_try(row: Assist, *, at: datetime, by: str) -> bool:
    looked = {event.by for event in events_about([row]) if event.name == LOOKED}
    if by not in looked:
        raise NotCalled(_("Show the number and call it first; then write this down."))
    record(TRIED, target=row, by=by, region_code=row.region_code)
    return day(at) >= day(row.due_at)


def pass_on(*, assist: Assist, at: datetime, by: str) -> None:
    """Hand it from the RT to the village office, with the date that was promised.

    Raises AlreadyAnswered, AtTheVillage.
    """
    with transaction.atomic():
        row = _open(assist)
        village = village_of(row.region_code)
        if village == row.region_code:
            raise AtTheVillage(_("The village office has it already."))
        row.region_code, row.passed_by = village, by
        with as_job():  # the RT does not see what lies with the village
            row.save(update_fields=["region_code", "passed_by"])
        readdress_work(target=row, region_code=village)
        record("texting.passed_on", target=row, by=by, region_code=village)
    assist.region_code, assist.passed_by = village, by


def read_phone(*, assist: Assist, by: str) -> str:
    """Return the phone to call, and write down who looked; empty once forgotten."""
    if assist.phone is None:
        return ""
    record(LOOKED, target=assist, by=by, region_code=assist.region_code)
    return str(assist.phone.open())


def forget_phones(*, at: datetime) -> int:
    """Forget the phones of what was closed long ago; return how many."""
    old = Assist.objects.filter(closed_at__lt=at - KEPT_FOR, phone__isnull=False)
    return old.update(phone=None)


def _open(assist: Assist) -> Assist:
    row = Assist.objects.select_for_update(no_key=True).get(pk=assist.pk)
    if row.closed_at is not None:
        raise AlreadyAnswered(
            _("Somebody answered this a moment ago. Please look at the list again.")
        )
    return row
