"""Whoever must allow a message to phones is told of it; what nobody decided lapses."""

from datetime import datetime

from django.conf import settings
from django.db import transaction

from smartkampung.accounts.queries.offices import holders_of, listening
from smartkampung.accounts.queries.phones import Listener, listener_named
from smartkampung.accounts.roles import Permission
from smartkampung.audit.actions import record
from smartkampung.frontline.voice.actions.telling import Notice, tell
from smartkampung.frontline.voice.models import Broadcast
from smartkampung.frontline.voice.rules.broadcasting import ALLOW_WITHIN, BY, State
from smartkampung.kernel.clock import day
from smartkampung.worklist.actions import close_work


def tell_deciders(*, broadcast_id: int, at: datetime) -> int:
    """Tell everybody who may allow a broadcast that it waits; return how many.

    Colleagues, the level above and whoever stands in for them, but not who asked. A
    warning of danger at once, also at night.
    """
    row = Broadcast.objects.get(pk=broadcast_id)
    if row.state != State.WAITING:
        return 0
    danger = bool(row.grounds)
    notice = Notice(
        about=f"voice.second:{row.pk}",
        template="staff_second" if danger else "staff_large",
        link=f"{settings.SITE_URL}/staff/news/broadcasts/{row.pk}/",
        purse=row.purse,
        at_once=danger,
        expires_at=row.at + ALLOW_WITHIN if danger else None,
    )
    return tell(notice, _deciders(row, at), at=at)


def lapse(*, broadcast_id: int, at: datetime) -> None:
    """Let go of a warning that nobody decided about, and tell both sides."""
    with transaction.atomic():
        row = Broadcast.objects.select_for_update().get(pk=broadcast_id)
        if row.state != State.WAITING:
            return
        let_lapse(row, at=at)
    if row.announcement.withdrawn_at:
        return
    notice = Notice(
        about=f"voice.lapsed:{row.pk}",
        template="staff_lapsed",
        link=f"{settings.SITE_URL}/staff/news/{row.announcement_id}/",
        purse=row.purse,
        at_once=True,
    )
    tell(notice, [*listener_named(row.by), *_deciders(row, at)], at=at)


def let_lapse(row: Broadcast, *, at: datetime) -> None:
    """Write down that nobody decided in time."""
    row.state, row.decided_by, row.decided_at = State.REFUSED, BY, at
    row.save(update_fields=["state", "decided_by", "decided_at"])
    close_work(target=row, by=BY)
    record("voice.broadcast_lapsed", target=row, by=BY, region_code=row.region_code)


def _deciders(row: Broadcast, at: datetime) -> list[Listener]:
    on = day(at)
    found = holders_of(Permission.BROADCAST_APPROVE, row.region_code, on=on)
    own = {one.staff_id for one in listener_named(row.by)}
    return [one for one in listening(found, on=on) if one.staff_id not in own]
