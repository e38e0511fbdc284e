"""How somebody is doing: told by themselves or the village, and kept as history."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.roles import Permission
from smartkampung.audit.actions import record
from smartkampung.kernel.clock import day
from smartkampung.kernel.errors import Refused
from smartkampung.kernel.months import months_later
from smartkampung.recovery.affected.actions.verify import announce
from smartkampung.recovery.affected.models import Affected, FollowUp, Situation
from smartkampung.recovery.affected.rules.course import (
    FOLLOW_UP_MONTHS,
    Direction,
    State,
    Work,
)
from smartkampung.recovery.affected.rules.registration import Step
from smartkampung.worklist.actions import close_work, open_work

RECOVERY, FOLLOW_UP = "affected.recovery", "affected.follow_up"
LOOK_WITHIN = timedelta(days=7)
PUBLIC = "public"


class CannotTell(Refused):
    """The record is not on the list, so that nothing can change about it."""

    code = "cannot_tell"


@dataclass(frozen=True)
class Now:
    """How somebody is doing now."""

    work: Work
    direction: Direction
    income: int
    note: str = ""
    recovered: bool = False


def tell(
    *, affected: Affected, now: Now, by: Actor | None = None, at: datetime
) -> Situation:
    """Write down how somebody is doing; ``by`` nobody means they told by their code.

    An officer's word that they recovered takes them off the list; their own has the
    village look, as does their own word that it got worse after they had recovered.
    Raises CannotTell.
    """
    case = _lock(affected)
    listed = case.state == State.VERIFIED
    fell_back = case.state == State.RECOVERED and by is None and not now.recovered
    if not listed and not fell_back:
        raise CannotTell(_("This person is not on the list now. Open the page again."))
    row = Situation.objects.create(
        affected=case,
        work=now.work,
        direction=now.direction,
        income=now.income,
        note=now.note,
        recovered=now.recovered,
        told_by=by.username if by else "",
        told_at=at,
    )
    record(
        "affected.situation_told",
        target=case,
        by=by.username if by else PUBLIC,
        region_code=case.region_code,
        recovered=now.recovered,
    )
    _follow_from(case, now, by, at)
    return row


def _follow_from(case: Affected, now: Now, by: Actor | None, at: datetime) -> None:
    if by is None:
        if now.recovered or case.state == State.RECOVERED:
            open_work(
                kind=RECOVERY,
                target=case,
                permission=Permission.AFFECTED_VERIFY,
                region_code=case.region_code,
                due_at=at + LOOK_WITHIN,
            )
        return
    close_work(target=case, by=by.username, kinds=(RECOVERY,))
    if now.recovered:
        _take_off(case, by, at)


def _take_off(case: Affected, by: Actor, at: datetime) -> None:
    case.state, case.closed_at = State.RECOVERED, at
    case.save(update_fields=["state", "closed_at"])
    FollowUp.objects.bulk_create(
        FollowUp(affected=case, months=months, due_on=months_later(day(at), months))
        for months in FOLLOW_UP_MONTHS
    )
    announce(case, Step.CLOSED, at=at)
    record(
        "affected.recovered",
        target=case,
        by=by.username,
        region_code=case.region_code,
    )


def _lock(affected: Affected) -> Affected:
    return Affected.objects.select_for_update(no_key=True).get(pk=affected.pk)
