"""Ask for a file of people, let somebody have it, refuse it, fetch it."""

import secrets
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.roles import Permission
from smartkampung.audit.actions import record
from smartkampung.kernel.errors import Refused
from smartkampung.kernel.later import later
from smartkampung.residents.exports.models import Export
from smartkampung.residents.exports.rows import count_people
from smartkampung.residents.exports.rules import (
    Bar,
    bar_to_decide,
    bar_to_fetch,
    is_large,
)
from smartkampung.residents.imports.refusals import OutsideYourArea
from smartkampung.worklist.actions import close_work, open_work

WAITS = timedelta(days=7)
KIND = "residents.export_approval"
State = Export.State
BARS = {
    Bar.OWN_REQUEST: _("You asked for this yourself. Somebody else must allow it."),
    Bar.NOT_WAITING: _("This request is not waiting for a decision any more."),
    Bar.NOT_READY: _("The file is not ready yet, or was deleted already."),
    Bar.NOT_YOURS: _("Only whoever asked for the file may fetch it."),
}


class CannotExport(Refused):
    """An export cannot be asked, allowed or fetched so; the message says why."""

    code = "cannot_export"


def ask_export(
    *, region_code: str, form: str, reason: str, by: Actor, at: datetime
) -> Export:
    """Ask for the people of a village; more than 500 wait for a second person.

    Raises OutsideYourArea, or CannotExport when nobody lives there.
    """
    _refuse_outside(by, region_code)
    people = count_people(region_code)
    if not people:
        raise CannotExport(_("Nobody is registered in this village yet."))
    large = is_large(people)
    with transaction.atomic():
        export = Export.objects.create(
            region_code=region_code,
            format=form,
            reason=reason.strip(),
            people=people,
            large=large,
            state=State.WAITING if large else State.MAKING,
            asked_by=by.username,
            asked_at=at,
            expires_at=at + WAITS,
            mark=secrets.token_hex(6).upper(),
        )
        _note("residents.export_asked", export, by)
        if large:
            _put_on_the_list(export, at)
        else:
            later("residents.make_export", export_id=export.pk)
    return export


def decide_export(*, export: Export, allow: bool, by: Actor, at: datetime) -> Export:
    """Allow or refuse a large export; never one's own. Raises CannotExport."""
    _refuse_outside(by, export.region_code)
    with transaction.atomic():
        row = Export.objects.select_for_update(no_key=True).get(pk=export.pk)
        bar = bar_to_decide(state=row.state, asked_by=row.asked_by, decider=by.username)
        if bar is not None:
            raise CannotExport(BARS[bar])
        row.decided_by, row.decided_at = by.username, at
        row.state = State.MAKING if allow else State.REFUSED
        row.save(update_fields=["decided_by", "decided_at", "state"])
        close_work(target=row, by=by.username)
        name = "residents.export_allowed" if allow else "residents.export_refused"
        _note(name, row, by)
        if allow:
            later("residents.make_export", export_id=row.pk)
    return row


def fetch_export(*, export: Export, by: Actor, at: datetime) -> str:
    """Return where the finished file is, and write down that it was fetched.

    Raises CannotExport for anybody but whoever asked, and when it is not there.
    """
    bar = bar_to_fetch(
        state=export.state,
        asked_by=export.asked_by,
        fetcher=by.username,
        expired=export.expires_at <= at,
    )
    if bar is not None:
        raise CannotExport(BARS[bar])
    _note("residents.export_fetched", export, by)
    return export.path


def _refuse_outside(by: Actor, region_code: str) -> None:
    if not by.may_in(Permission.REGISTRY_EXPORT, region_code):
        raise OutsideYourArea


def _put_on_the_list(export: Export, at: datetime) -> None:
    open_work(
        kind=KIND,
        target=export,
        permission=Permission.REGISTRY_EXPORT,
        region_code=export.region_code,
        due_at=at + WAITS,
        not_by=[export.asked_by],
    )


def _note(name: str, export: Export, by: Actor) -> None:
    record(
        name,
        target=export,
        by=by.username,
        region_code=export.region_code,
        people=export.people,
        mark=export.mark,
    )
