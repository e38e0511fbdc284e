"""Somebody opens an announcement, takes note of it, or did what it asks."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from smartkampung.accounts.actor import Actor
from smartkampung.audit.actions import record
from smartkampung.frontline.voice.actions.errors import AlreadyDone, Withdrawn
from smartkampung.frontline.voice.models import Announcement, Reading, Task
from smartkampung.worklist.actions import close_work


def mark_read(*, announcement: Announcement, by: Actor, at: datetime) -> Reading:
    """Write down the first time that somebody opened an announcement."""
    row, _new = Reading.objects.get_or_create(
        announcement=announcement, staff_id=by.staff_id, defaults={"read_at": at}
    )
    return row


def acknowledge(*, announcement: Announcement, by: Actor, at: datetime) -> Reading:
    """Write down that somebody took note; said twice, the first moment stays."""
    with transaction.atomic():
        row = mark_read(announcement=announcement, by=by, at=at)
        Reading.objects.filter(pk=row.pk, acknowledged_at=None).update(
            acknowledged_at=max(at, row.read_at)
        )
    return row


def do_task(*, task: Task, note: str, by: Actor, at: datetime) -> Task:
    """Write down that an office did what was asked; raise AlreadyDone or Withdrawn."""
    with transaction.atomic():
        row = Task.objects.select_for_update(of=("self",)).get(pk=task.pk)
        if row.done_at:
            raise AlreadyDone(
                _("This is done already: %(who)s wrote it down.") % {"who": row.done_by}
            )
        if row.announcement.withdrawn_at:
            raise Withdrawn(_("This was withdrawn. There is nothing to do any more."))
        row.done_at, row.done_by, row.note = at, by.username, note
        row.save(update_fields=["done_at", "done_by", "note"])
        close_work(target=row, by=by.username)
        acknowledge(announcement=row.announcement, by=by, at=at)
        record(
            "voice.task_done", target=row, by=by.username, region_code=row.region_code
        )
    return row
