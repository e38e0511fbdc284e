"""Handing a term of office over, with its open work."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from smartkampung.accounts.actions.assignments import assign
from smartkampung.accounts.actions.covers import end_covers_of
from smartkampung.accounts.actor import Actor
from smartkampung.accounts.models import Assignment, Staff
from smartkampung.accounts.queries import actor_for
from smartkampung.accounts.queries.holding import holding
from smartkampung.accounts.roles import Permission, Role
from smartkampung.audit.actions import record
from smartkampung.frontline.offices.actions.delegating import give_until
from smartkampung.frontline.offices.models import TermHandover, TermTakenBack
from smartkampung.frontline.offices.queries.terms import (
    OpenWork,
    items_of,
    open_work_of,
    place_code,
)
from smartkampung.frontline.offices.rules import (
    TermHindrance,
    holds_counterpart,
    next_end,
    term_hindrances,
)
from smartkampung.frontline.offices.words import TERM_HINDRANCES
from smartkampung.kernel.errors import Refused
from smartkampung.regions.actions import Head, let_follow, let_stay
from smartkampung.worklist.actions import pass_work_on, release_items
from smartkampung.worklist.queries import given_to

# They are named as head of their place, where everybody reads it.
HEADS = frozenset({Role.VILLAGE_HEAD, Role.RW_HEAD, Role.RT_HEAD})
# The job looks this far back, so that a night without it loses nothing.
TAKEN_BACK = "hand-over taken back"
LOOK_BACK = timedelta(days=14)


class TermNotHandedOver(Refused):
    """One or several rules stand against it; the message lists all of them."""

    code = "term_not_handed_over"

    def __init__(self, reasons: Sequence[TermHindrance]) -> None:
        super().__init__(" ".join(str(TERM_HINDRANCES[reason]) for reason in reasons))
        self.reasons = list(reasons)


def hand_over_term(
    *,
    office: Assignment,
    follower: Staff,
    on: date,
    by: Actor,
    at: datetime,
    until: date | None = None,
) -> TermHandover:
    """End a term on a day and begin the next one; keep what was open.

    ``office`` comes from ``term_for``, so it lies below the actor. Rights follow the
    day by themselves, and so does who is named as head of the place. ``until`` is
    asked only where the term ends by itself on that day; else the next one ends when
    this one would have. Raises TermNotHandedOver with every reason, or AlreadyHeld.
    """
    with transaction.atomic():
        now_is = (
            Assignment.objects.select_for_update(no_key=True, of=("self",))
            .select_related("staff", "health_centre")
            .get(pk=office.pk)
        )
        was_until, until = now_is.until, next_end(now_is.until, until, on=on)
        reasons = _reasons(now_is, follower, on=on, until=until, by=by, at=at)
        if reasons:
            raise TermNotHandedOver(reasons)
        waits = open_work_of(now_is, at=at)
        begun = assign(
            staff=follower,
            role=Role(now_is.role),
            by=by.username,
            since=on,
            until=until,
            region_code=now_is.region_id,
            centre_code=now_is.health_centre_id,
        )
        Assignment.objects.filter(pk=now_is.pk).update(until=on)
        heads: list[Head] = []
        if begun.region_id and Role(begun.role) in HEADS:
            place, name = begun.region_id, follower.full_name
            heads = let_follow(region_code=place, name=name, on=on, until=until)
        was = {"was_until": was_until, "was_heads": heads}
        row = _write_down(now_is, begun, waits, was, by=by, at=at)
        if on <= at.date():
            pass_on(row, at=at)
            end_covers_of(row.leaver, by=by.username, at=at)
    return row


class TooLateToTakeBack(Refused):
    """The next term began, or this was taken back before."""

    code = "term_too_late_to_take_back"


class CannotTakeBack(Refused):
    """What stood before cannot stand again; the office is given anew."""

    code = "term_cannot_be_taken_back"


def take_term_back(*, handover: TermHandover, by: Actor, at: datetime) -> None:
    """Undo a hand-over before its first day: whoever would leave stays.

    ``handover`` comes from ``handover_for``. Rights and the name of the head follow as
    they stood before; the row stays, and says so. Raises TooLateToTakeBack,
    CannotTakeBack or HeadsChanged.
    """
    with transaction.atomic():
        office = Assignment.objects.select_for_update(no_key=True).get(
            pk=handover.ended_id
        )
        heads = _must_stand_again(handover, office, by=by, at=at)
        TermTakenBack.objects.create(handover=handover, by_id=by.staff_id, at=at)
        Assignment.objects.filter(pk=handover.begun_id, revoked_at=None).update(
            revoked_at=at, revoked_by=by.username, revoke_reason=TAKEN_BACK
        )
        Assignment.objects.filter(pk=office.pk).update(until=handover.was_until)
        if office.region_id and Role(office.role) in HEADS:
            let_stay(region_code=office.region_id, on=handover.on, before=heads)
        record(
            "offices.term_taken_back",
            target=handover,
            by=by.username,
            region_code=handover.region_code,
        )


def _must_stand_again(
    handover: TermHandover, office: Assignment, *, by: Actor, at: datetime
) -> list[Head]:
    """Return who was head of the place before, or raise why it cannot be so again."""
    mine = by.staff_id in {handover.leaver_id, handover.follower_id}
    over = TermTakenBack.objects.filter(handover=handover).exists()
    if mine or over or handover.on <= at.date():
        raise TooLateToTakeBack(
            _(
                "This can be taken back only before the first day, once, and by"
                " neither of the two. From then on, hand the office over anew."
            )
        )
    if office.revoked_at is not None:
        raise CannotTakeBack(
            _(
                "The office of who would leave was ended meanwhile, so nobody would hold"
                " it. Give it anew on the page of accounts."
            )
        )
    heads: list[Head] | None = handover.was_heads
    if heads is None:
        raise CannotTakeBack(
            _(
                "This was handed over with an earlier version, which did not keep how"
                " things stood. Hand the office over anew once its day has come."
            )
        )
    return heads


def _write_down(
    ended: Assignment,
    begun: Assignment,
    waits: OpenWork,
    was: dict[str, Any],
    *,
    by: Actor,
    at: datetime,
) -> TermHandover:
    row = TermHandover.objects.create(
        ended=ended,
        begun=begun,
        leaver=ended.staff,
        follower=begun.staff,
        by_id=by.staff_id,
        region_code=place_code(ended),
        on=begun.since,
        open_work=waits.kept(),
        made_at=at,
        **was,
    )
    record(
        "offices.term_handed_over",
        target=row,
        by=by.username,
        region_code=row.region_code,
        role=ended.role,
        leaver=ended.staff.username,
        follower=begun.staff.username,
        on=begun.since.isoformat(),
        open=waits.total,
    )
    return row


def _reasons(
    office: Assignment,
    follower: Staff,
    *,
    on: date,
    until: date | None,
    by: Actor,
    at: datetime,
) -> list[TermHindrance]:
    place = place_code(office)
    new = not Assignment.objects.filter(staff=follower).exists()
    return term_hindrances(
        by=by.staff_id,
        leaver=office.staff_id,
        follower=follower.pk,
        follower_open=follower.may_enter,
        follower_new=new,
        may_invite=by.may_in(Permission.STAFF_MANAGE, place),
        counterpart=holds_counterpart(by, Role(office.role), place, new=new),
        since=office.since,
        until=office.until,
        next_until=until,
        ended=office.revoked_at is not None
        or TermHandover.objects.filter(ended=office, taken_back=None).exists(),
        on=on,
        today=at.date(),
    )


def pass_on(handover: TermHandover, *, at: datetime) -> int:
    """Give what the leaver was given in that office to who follows; return how much.

    What the leaver may still do by another office stays theirs. Where who followed
    holds the office no more, it is everybody's who may do it; and so is what they
    asked for themselves.
    """
    office, leaver = handover.ended, handover.leaver
    still = actor_for(leaver, on=at.date()) if leaver.is_active else None
    rows = given_to(items_of(office), leaver.username)
    moved = [
        row
        for row in rows
        if still is None
        or not still.may_in(Permission(row.permission), row.region_code)
    ]
    if not moved:
        return 0
    follower = handover.follower
    serves = holding(at.date()).filter(pk=handover.begun_id)
    if not serves.exists() or not follower.may_enter:
        return release_items(items=[row.pk for row in moved])
    until = give_until(follower, at=at)
    return pass_work_on(
        items=[row.pk for row in moved],
        to=follower.username,
        by=handover.by.username,
        until=until,
    )


def pass_on_all(*, at: datetime) -> int:
    """Do so for every term that ended lately, once its day has come."""
    today = at.date()
    rows = TermHandover.objects.filter(
        on__lte=today, on__gt=today - LOOK_BACK, taken_back=None
    )
    related = ("ended__staff", "ended__health_centre", "leaver", "follower", "by")
    return sum(pass_on(row, at=at) for row in rows.select_related(*related))
