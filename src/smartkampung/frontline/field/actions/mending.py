"""A form goes back to whoever filled it in, who answers again what cannot be taken."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.queries import acting_still
from smartkampung.accounts.roles import Permission
from smartkampung.audit.actions import record
from smartkampung.frontline.field.actions.judging import CannotBeTaken, Doing, done
from smartkampung.frontline.field.actions.keeping import DUE, MEND, keep
from smartkampung.frontline.field.actions.photos import lock_photos
from smartkampung.frontline.field.actions.reviewing import (
    CannotDecide,
    correct,
    decide,
    said,
    to_decide,
)
from smartkampung.frontline.field.models import Record
from smartkampung.frontline.field.queries.records import (
    came_after_the_end,
    corrected,
    own_sent_back,
)
from smartkampung.frontline.field.queries.showing import labels_in, to_mend
from smartkampung.frontline.field.rules.arriving import State
from smartkampung.frontline.field.rules.receipts import Verdict
from smartkampung.frontline.field.words import both
from smartkampung.kernel.errors import Refused
from smartkampung.kernel.rls import as_job
from smartkampung.worklist.actions import give_work, open_work
from smartkampung.worklist.queries import open_item

FIELD = Permission.FIELD_APP
# Nobody else was there: it never falls back to colleagues.
THEIRS_FOR = timedelta(days=3650)


class CannotMend(Refused):
    """The answers cannot be taken so either, or the form is not theirs to mend."""

    code = "cannot_mend"


def may_go_back(row: Record, by: Actor, *, at: datetime) -> bool:
    """Say whether its sender can put a form right: still in office, and by typing."""
    if row.staff_id == by.staff_id or came_after_the_end(row):
        return False
    sender = acting_still(row.staff_id, on=at.date())
    return sender.may_in(FIELD, row.region_code) and bool(to_mend(row, by, at=at))


def send_back(*, row: Record, note: str, by: Actor, at: datetime) -> None:
    """Ask whoever filled a form in to put right what cannot be taken.

    Everything else stays as they filled it in. Raises CannotDecide.
    """
    fresh = to_decide(row, by)
    if not note.strip():
        raise CannotDecide(_("Write what is to be put right."))
    if not may_go_back(fresh, by, at=at):
        raise CannotDecide(
            _("Its sender cannot put this right. Set it aside, or let it count.")
        )
    words = _("A colleague sent it back to you, to put an answer right: %(note)s")
    told = both(lambda: words % {"note": note})
    verdict = Verdict(State.SENT_BACK, "sent_back", told, errors=fresh.errors)
    decide(fresh, verdict, note=note, by=by, at=at)
    open_work(
        kind=MEND,
        target=fresh,
        permission=FIELD,
        region_code=fresh.region_code,
        due_at=at + DUE,
    )
    give_work(
        item_id=open_item(fresh, kind=MEND),
        to=fresh.staff.username,
        by=by.username,
        until=at + THEIRS_FOR,
    )


def mend(
    *, record_id: int, instead: Mapping[str, Any], by: Actor, at: datetime
) -> Verdict:
    """Take the form with these answers in the place of wrong ones; say what came of it.

    It is the work of the day on which it was done. Raises CannotMend with what is still
    wrong; then it waits as before. What somebody else must judge waits for a colleague.
    """
    lock_photos(by.staff_id)
    with as_job():
        Record.objects.select_for_update(no_key=True).filter(pk=record_id).first()
    row = own_sent_back(by.staff_id, record_id)
    if not set(instead) <= {one.name for one in to_mend(row, by, at=at)}:
        raise CannotMend(_("Only what cannot be taken is put right."))
    correct(row, instead)
    doing = Doing(by=by, staff_id=row.staff_id, happened_at=row.happened_at, at=at)
    try:
        verdict = done(corrected(row), doing)
    except CannotBeTaken as cannot:
        if cannot.verdict.errors:
            words = said(cannot.verdict, labels_in(row, by, at=at))
            raise CannotMend(words) from cannot
        verdict = cannot.verdict
    if verdict.state == State.DONE:
        told = both(_("It is recorded, with what you put right."))
        verdict = replace(verdict, words=told)
    keep(row, verdict, by=by.username, at=at, through="mend")
    record(
        "field.record_mended",
        target=row,
        by=by.username,
        region_code=row.region_code,
        state=row.state,
        corrected=sorted(instead),
    )
    return verdict
