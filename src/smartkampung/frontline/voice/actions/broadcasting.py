"""One message to every family of an area that agreed: counted, paid, and allowed first."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.roles import Permission
from smartkampung.audit.actions import record
from smartkampung.frontline.voice.actions.deciding import let_lapse
from smartkampung.frontline.voice.actions.errors import (
    Decided,
    NobodyAgreed,
    NoGrounds,
    NotWarnedOf,
    NotYourArea,
    NotYours,
    OverTheCap,
    SaidBefore,
    TooLate,
    Withdrawn,
)
from smartkampung.frontline.voice.actions.paying import (
    BUSY,
    allowance,
    pay_and_send,
)
from smartkampung.frontline.voice.models import Allowance, Announcement, Broadcast
from smartkampung.frontline.voice.queries.broadcasts import purse_for
from smartkampung.frontline.voice.queries.counting import count, needs_second
from smartkampung.frontline.voice.rules.broadcasting import (
    ALLOW_WITHIN,
    DANGERS,
    WARNS,
    State,
    Wording,
)
from smartkampung.kernel.claim import Lock, Rank, claim_scarce
from smartkampung.kernel.clock import day, end_of_day
from smartkampung.kernel.errors import atomic_or_refuse
from smartkampung.kernel.later import later
from smartkampung.regions.codes import inside, level
from smartkampung.worklist.actions import close_work, open_work

APPROVE = "voice.approve_broadcast"
DECIDE_WITHIN = timedelta(minutes=15)


def ask_broadcast(
    *,
    announcement: Announcement,
    wording: Wording,
    region_code: str,
    due_on: date | None,
    tongue: str = "",
    grounds: str = "",
    by: Actor,
    at: datetime,
) -> Broadcast:
    """Send a message to an area, or ask a second person where it reaches many.

    A warning of danger needs an announcement of that danger, says how it is known
    (``grounds``), and is always allowed by somebody else; one that nobody decided about
    for two hours makes room for the next. Raises NotYourArea, Withdrawn,
    NotWarnedOf, NoGrounds, NobodyAgreed, SaidBefore, OverTheCap.
    """
    purse = _purse_that_pays(announcement, region_code, by)
    _check_danger(announcement, wording, grounds)
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
        _let_go_of_stale(announcement, region_code, at)
        # Two small ones at once would not see each other: one purse, one after another.
        large = claim_scarce(
            locks=[Lock(Rank.QUOTA, allowance(purse, day(at).replace(day=1)))],
            take=lambda: needs_second(counted, wording=wording, purse=purse, at=at),
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
            grounds=grounds if wording in DANGERS else "",
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


def _check_danger(announcement: Announcement, wording: Wording, grounds: str) -> None:
    if wording == Wording.CALLED_OFF or (
        wording in DANGERS and WARNS.get(announcement.danger) != wording
    ):
        raise NotWarnedOf(
            _(
                "This announcement warns of no such danger. Write one that does, so that"
                " whoever opens the message reads what to do."
            )
        )
    if wording in DANGERS and not grounds.strip():
        raise NoGrounds(_("Say how you know of the danger."))


def _let_go_of_stale(
    announcement: Announcement, region_code: str, at: datetime
) -> None:
    rows = announcement.broadcasts.select_for_update().filter(
        region_code=region_code, state=State.WAITING, at__lte=at - ALLOW_WITHIN
    )
    for row in rows.exclude(grounds=""):
        let_lapse(row, at=at)


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
        pay_and_send(row, at)
        return
    open_work(
        kind=APPROVE,
        target=row,
        permission=Permission.BROADCAST_APPROVE,
        region_code=row.region_code,
        not_by=[row.by],
        due_at=at + DECIDE_WITHIN if row.grounds else end_of_day(day(at)),
        urgent=bool(row.grounds),
    )
    later("voice.tell_deciders", broadcast_id=row.pk)
    if row.grounds:
        later("voice.lapse", at=at + ALLOW_WITHIN, broadcast_id=row.pk)


def decide_broadcast(
    *, broadcast: Broadcast, allowed: bool, reason: str = "", by: Actor, at: datetime
) -> Broadcast:
    """Allow what a colleague asked for, or refuse it with a reason.

    A warning that was asked for two hours ago or more goes to nobody: it is asked for
    again. Raises NotYours, NotYourArea, Decided, Withdrawn, TooLate, OverTheCap.
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
        if allowed and row.grounds and at - row.at >= ALLOW_WITHIN:
            raise TooLate(
                _(
                    "This was asked for too long ago. Find out whether the danger still"
                    " holds; whoever asked can ask again."
                )
            )
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
            pay_and_send(row, at)
    return row


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
        row = allowance(purse, month).select_for_update().get()
        row.cap = cap
        row.save(update_fields=["cap"])
        record(
            "voice.cap_changed", target=row, by=by.username, region_code=purse, cap=cap
        )
    return row
