"""Giving one item of work to a colleague, and giving it back to everybody."""

from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.models import Staff
from smartkampung.accounts.queries.covers import rights_end
from smartkampung.audit.actions import record
from smartkampung.frontline.offices.queries.given import (
    is_given,
    may_receive,
    may_take_back,
)
from smartkampung.kernel.clock import start_of_day
from smartkampung.kernel.errors import Refused
from smartkampung.worklist.actions import give_work, take_work_back
from smartkampung.worklist.models import WorkItem

# What a colleague did not do in this time is everybody's again.
LONGEST = timedelta(days=14)


class NotTheirs(Refused):
    """The colleague may not do this there, so cannot be given it."""

    code = "not_their_work"


class DoneMeanwhile(Refused):
    """The item is closed or moved on while somebody was choosing."""

    code = "work_moved_on"


class NotYoursToTake(Refused):
    """Only who gave it, who was given it, or their superior may give it back or on."""

    code = "not_yours_to_take"


def delegate(*, item: WorkItem, to: Staff, by: Actor, at: datetime) -> None:
    """Give an open item to a colleague who may do it there.

    ``item`` comes from ``item_for``, so the giver may do it too. It shows on the
    colleague's list, and no longer on any other, until it is done, given back, or
    fourteen days or the colleague's own rights are over; giving it on adds no days.
    Raises NotYoursToTake, NotTheirs or DoneMeanwhile.
    """
    today = at.date()
    given = is_given(item, at=at)
    if given and not may_take_back(by, item, on=today):
        raise _not_yours()
    if not may_receive(by, item, on=today).filter(pk=to.pk).exists():
        raise NotTheirs(
            _("This colleague may not do that there. Choose one from the list.")
        )
    until = give_until(to, at=at)
    if given and item.given_until:
        until = min(until, item.given_until)
    if not give_work(
        item_id=item.pk,
        to=to.username,
        by=by.username,
        until=until,
        held_by=item.given_to,
    ):
        raise _done()
    record(
        "work.given",
        target=item,
        by=by.username,
        region_code=item.region_code,
        kind=item.kind,
        to=to.username,
    )


def take_back(*, item: WorkItem, by: Actor, at: datetime) -> None:
    """Give an item back to everybody who may do it.

    For whom ``may_take_back`` allows. Raises NotYoursToTake or DoneMeanwhile.
    """
    if not may_take_back(by, item, on=at.date()):
        raise _not_yours()
    if not take_work_back(item_id=item.pk, given_to=item.given_to):
        raise _done()
    record(
        "work.given_back",
        target=item,
        by=by.username,
        region_code=item.region_code,
        kind=item.kind,
        given_to=item.given_to,
    )


def give_until(to: Staff, *, at: datetime) -> datetime:
    """Return until when work is somebody's: never beyond what rights they hold."""
    ends = rights_end(to, on=at.date())
    return min(at + LONGEST, start_of_day(ends)) if ends else at + LONGEST


def _not_yours() -> NotYoursToTake:
    return NotYoursToTake(
        _(
            "A colleague has this. Only who gave it, who was given it, or whoever"
            " stands above gives it back or on."
        )
    )


def _done() -> DoneMeanwhile:
    return DoneMeanwhile(
        _("This was done or moved on meanwhile. Look at the list again.")
    )
