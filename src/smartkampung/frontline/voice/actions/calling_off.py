"""Tell the phones that got a warning that it does not hold any more."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.roles import Permission
from smartkampung.audit.actions import record
from smartkampung.frontline.voice.actions.errors import NobodyWarned, NotYourArea
from smartkampung.frontline.voice.actions.paying import lane, promise_what_is_left
from smartkampung.frontline.voice.models import Announcement, Broadcast
from smartkampung.frontline.voice.queries.broadcasts import warned_by
from smartkampung.frontline.voice.queries.counting import priced
from smartkampung.frontline.voice.rules.broadcasting import State, Wording
from smartkampung.kernel.later import later
from smartkampung.worklist.actions import close_work


def call_off(*, announcement: Announcement, by: Actor, at: datetime) -> list[Broadcast]:
    """Send it to every phone that a warning of a withdrawn announcement went to.

    At once, and by one person: who waits for a second one goes on fleeing. Nobody hears
    twice. No empty month keeps it from going: what is left is promised, and the rest is
    spent all the same. Raises NotYourArea, NobodyWarned.
    """
    if not by.may_in(Permission.ANNOUNCE, announcement.region_code):
        raise NotYourArea(_("Only who speaks for this area can withdraw this."))
    with transaction.atomic():
        row = Announcement.objects.select_for_update().get(pk=announcement.pk)
        warned = warned_by(row) if row.withdrawn_at else []
        if not warned:
            raise NobodyWarned(
                _("No phone waits for this: none got the warning, or all were told.")
            )
        told = [_called_off(one.warning, one.phones, by, at) for one in warned]
        close_work(target=row, by=by.username)
    return told


def _called_off(warning: Broadcast, phones: int, by: Actor, at: datetime) -> Broadcast:
    counted = priced(
        phones,
        wording=Wording.CALLED_OFF,
        region_code=warning.region_code,
        announcement_id=warning.announcement_id,
        due_on=None,
        tongue=warning.tongue,
    )
    row = Broadcast.objects.create(
        announcement_id=warning.announcement_id,
        wording=Wording.CALLED_OFF,
        tongue=warning.tongue,
        region_code=warning.region_code,
        purse=warning.purse,
        families=phones,
        parts=counted.parts,
        cost=promise_what_is_left(warning.purse, counted.cost, at),
        large=False,
        state=State.SENDING,
        by=by.username,
        at=at,
    )
    record(
        "voice.warning_called_off",
        target=row,
        by=by.username,
        region_code=row.region_code,
        families=phones,
        cost=counted.cost,
    )
    later(lane(row), broadcast_id=row.pk, after="")
    return row
