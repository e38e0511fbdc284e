"""Approve a list: enrol, entitle and put the money aside, as sets."""

from datetime import datetime

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.roles import Permission
from smartkampung.aid.cycles.actions.plan import BUSY, list_lock
from smartkampung.aid.cycles.actions.steps import (
    ROBOT,
    StepRefused,
    flag_kin,
    fresh,
    must_be,
    note,
    refuse,
)
from smartkampung.aid.cycles.bulk import Placed, enrol, entitle, judge
from smartkampung.aid.cycles.models import Tranche, VillageList
from smartkampung.aid.cycles.queries.lists import facts_of
from smartkampung.aid.cycles.rules.steps import Bar, ListState, bars_to_approve
from smartkampung.kernel.claim import Busy, claim_scarce
from smartkampung.kernel.clock import day, end_of_day
from smartkampung.kernel.later import later
from smartkampung.ledger.actions import transfer
from smartkampung.worklist.actions import close_work, open_work


def approve_list(*, village: VillageList, by: Actor, at: datetime) -> Placed:
    """Approve a list: the first in order receive, as far as the quota goes.

    Registry and conflict matrix are asked again under lock, so a late death is never
    enrolled. The first tranche is entitled and its money put aside with it. Raises
    StepRefused, and BudgetExhausted when the budget does not last: then nothing of it
    happened.
    """

    def take() -> Placed:
        row = fresh(village)
        refuse(bars_to_approve(facts_of(row), by=by.staff_id))
        flag_kin(row, by)
        judge(lists=[row.pk], on=day(at), by=ROBOT, at=at)
        placed = enrol(lists=[row.pk], on=day(at), by=by.username, at=at)
        row.state, row.due_at = ListState.APPROVED, None
        row.approved_by_id, row.approved_at = by.staff_id, at
        # The places taken were counted by the database itself.
        row.save(update_fields=["state", "due_at", "approved_by", "approved_at"])
        close_work(target=row, by=by.username)
        note("aid.list_approved", row, by, **placed._asdict())
        later("aid.tell_proposed", list_id=row.pk)
        for tranche in row.cycle.tranches.order_by("number")[:1]:
            give(tranche, row, by=by.username, at=at)
        return placed

    return claim_scarce(
        locks=[list_lock(village)],
        take=take,
        refusals={
            "village_list_needs_three_people": StepRefused([Bar.DECIDED_IT]),
            "village_list_judged_by_others": StepRefused([Bar.VERIFIED_IT]),
        },
        busy=Busy(BUSY),
    )


def release(*, tranche: Tranche, village: VillageList, by: Actor, at: datetime) -> int:
    """Entitle the recipients of a list to a tranche; return how many are new.

    Raises StepRefused before approval, and BudgetExhausted.
    """

    def take() -> int:
        row = must_be(village, ListState.APPROVED)
        return give(tranche, row, by=by.username, at=at)

    return claim_scarce(
        locks=[list_lock(village)], take=take, refusals={}, busy=Busy(BUSY)
    )


def give(
    tranche: Tranche,
    village: VillageList,
    *,
    only: int | None = None,
    by: str,
    at: datetime,
) -> int:
    """Entitle a list (or one of it) and move its money in one transfer.

    The caller holds the lock on the list; budgets are locked last, by the ledger.
    """
    for made in entitle(tranche=tranche.pk, lists=[village.pk], only=only):
        code = village.cycle.programme_id
        # Whoever was added later is a movement of their own.
        transfer(
            key=f"aid.commit:{tranche.pk}:{village.pk}:{only or 0}:{at.isoformat()}",
            kind="aid.commit",
            legs=[(f"budget/{code}", -made.amount), (f"committed/{code}", made.amount)],
            by=by,
            at=at,
        )
        Tranche.objects.filter(pk=tranche.pk, released_at=None).update(released_at=at)
        open_work(
            kind="aid.list_batch",
            target=village,
            permission=Permission.BATCH_PREPARE,
            region_code=village.village_code,
            due_at=end_of_day(tranche.due_on),
        )
        return made.people
    return 0
