"""One message to every family of an area that agreed: counted, paid, and allowed first."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils.translation import gettext_lazy as _

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.roles import Permission
from smartkampung.audit.actions import record
from smartkampung.frontline.voice.actions.errors import (
    Decided,
    NobodyAgreed,
    NotYourArea,
    NotYours,
    OverTheCap,
    SaidBefore,
    Withdrawn,
)
from smartkampung.frontline.voice.models import Allowance, Announcement, Broadcast
from smartkampung.frontline.voice.queries.broadcasts import purse_for
from smartkampung.frontline.voice.queries.counting import count, needs_second
from smartkampung.frontline.voice.rules.broadcasting import State, Wording, cap_of
from smartkampung.kernel.claim import Busy, Lock, Rank, claim_scarce
from smartkampung.kernel.clock import day, end_of_day
from smartkampung.kernel.errors import atomic_or_refuse
from smartkampung.kernel.later import later
from smartkampung.regions.codes import inside, level
from smartkampung.worklist.actions import close_work, open_work

APPROVE = "voice.approve_broadcast"
BUSY = Busy(_("Others are sending at this moment. Please press send again."))


def ask_broadcast(
    *,
    announcement: Announcement,
    wording: Wording,
    region_code: str,
    due_on: date | None,
    tongue: str = "",
    by: Actor,
    at: datetime,
) -> Broadcast:
    """Send a message to an area, or ask a second person where it reaches many.

    Raises NotYourArea, Withdrawn, NobodyAgreed, SaidBefore, OverTheCap.
    """
    purse = _purse_that_pays(announcement, region_code, by)
    counted = count(
        wording=wording,
        region_code=region_code,
        announcement_id=announcement.pk,
        due_on=due_on,
        tongue=tongue,
    )
    if not counted.families:
        raise NobodyAgreed(
            _("No family there has agreed to such messages. Tell them another way.")
        )
    said = SaidBefore(_("These words went to this area before. Look at what was sent."))
    with atomic_or_refuse({"broadcast_not_twice": said}):
        # Two small ones at once would not see each other: one purse, one after another.
        large = claim_scarce(
            locks=[Lock(Rank.QUOTA, _purse(purse, day(at).replace(day=1)))],
            take=lambda: needs_second(counted, purse=purse, at=at),
            refusals={},
            busy=BUSY,
        )
        row = Broadcast.objects.create(
            announcement=announcement,
            wording=wording,
            tongue=tongue,
            region_code=region_code,
            due_on=due_on,
            purse=purse,
            families=counted.families,
            parts=counted.parts,
            cost=counted.cost,
            large=large,
            state=State.WAITING if large else State.SENDING,
            by=by.username,
            at=at,
        )
        _next_step(row, at)
    return row


def _purse_that_pays(announcement: Announcement, region_code: str, by: Actor) -> str:
    purse = purse_for(by, region_code)
    if not purse:
        raise NotYourArea(_("You speak for another area. Choose a place within yours."))
    announcement.refresh_from_db()
    if announcement.withdrawn_at or not announcement.public:
        raise Withdrawn(_("Residents cannot read this announcement. Write a new one."))
    return purse


def _next_step(row: Broadcast, at: datetime) -> None:
    """Write down who asked; send it, or let a second person see that it waits."""
    record(
        "voice.broadcast_asked",
        target=row,
        by=row.by,
        region_code=row.region_code,
        families=row.families,
        cost=row.cost,
    )
    if not row.large:
        _pay_and_send(row, at)
        return
    open_work(
        kind=APPROVE,
        target=row,
        permission=Permission.BROADCAST_APPROVE,
        region_code=row.region_code,
        due_at=end_of_day(day(at)),
        not_by=[row.by],
    )


def decide_broadcast(
    *, broadcast: Broadcast, allowed: bool, reason: str = "", by: Actor, at: datetime
) -> Broadcast:
    """Allow what a colleague asked for, or refuse it with a reason.

    Raises NotYours, NotYourArea, Decided, Withdrawn, OverTheCap.
    """
    if not by.may_in(Permission.BROADCAST_APPROVE, broadcast.region_code):
        raise NotYourArea(_("Somebody who answers for this area decides."))
    with transaction.atomic():
        row = Broadcast.objects.select_for_update().get(pk=broadcast.pk)
        if row.by == by.username:
            raise NotYours(_("You asked for this yourself. A colleague must allow it."))
        if row.state != State.WAITING:
            raise Decided(_("This was decided before. Nothing was changed."))
        if allowed and row.announcement.withdrawn_at:
            raise Withdrawn(_("The announcement was withdrawn meanwhile. Refuse this."))
        row.state = State.SENDING if allowed else State.REFUSED
        row.decided_by, row.decided_at, row.reason = by.username, at, reason
        row.save(update_fields=["state", "decided_by", "decided_at", "reason"])
        close_work(target=row, by=by.username)
        record(
            "voice.broadcast_allowed" if allowed else "voice.broadcast_refused",
            target=row,
            by=by.username,
            region_code=row.region_code,
        )
        if allowed:
            _pay_and_send(row, at)
    return row


def _pay_and_send(row: Broadcast, at: datetime) -> None:
    rows = _purse(row.purse, day(at).replace(day=1))
    claim_scarce(
        locks=[Lock(Rank.QUOTA, rows)],
        take=lambda: rows.update(spent=F("spent") + row.cost),
        refusals={
            "broadcast_cost_within_cap": OverTheCap(
                _(
                    "This month's budget for messages does not pay for this. Choose a"
                    " smaller area, wait for next month, or ask the regency for more."
                )
            )
        },
        busy=BUSY,
    )
    later("voice.send_broadcast", broadcast_id=row.pk, after="")


def _purse(code: str, month: date) -> QuerySet[Allowance]:
    """Return the allowance of an area in a month, which exists from now on."""
    Allowance.objects.bulk_create(
        [Allowance(purse=code, month=month, cap=cap_of(level(code)))],
        ignore_conflicts=True,
    )
    return Allowance.objects.filter(purse=code, month=month)


def change_cap(
    *, purse: str, month: date, cap: int, by: Actor, at: datetime
) -> Allowance:
    """Change what an area may spend in a month; the area above it decides.

    Raises NotYourArea, and OverTheCap when more is spent already.
    """
    above = by.regions_where(Permission.BROADCAST_APPROVE)
    if not any(purse != code and inside(purse, code) for code in above) and not (
        level(purse) == "regency" and purse in above
    ):
        raise NotYourArea(_("The area above this one decides about its budget."))
    spent = OverTheCap(_("More is spent already. Choose a higher amount."))
    with atomic_or_refuse({"broadcast_cost_within_cap": spent}):
        row = _purse(purse, month).select_for_update().get()
        row.cap = cap
        row.save(update_fields=["cap"])
        record(
            "voice.cap_changed", target=row, by=by.username, region_code=purse, cap=cap
        )
    return row
