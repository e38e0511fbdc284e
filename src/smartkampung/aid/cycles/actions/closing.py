"""Close a cycle: what nobody took goes back to the budget, and nothing more is given."""

from datetime import datetime
from typing import NamedTuple

from django.utils.translation import gettext_lazy as _

from smartkampung.accounts.actor import Actor
from smartkampung.aid.cycles.bulk import end_listings, give_back_left
from smartkampung.aid.cycles.models import Cycle, VillageList
from smartkampung.aid.cycles.queries.closing import standing_of, unsettled
from smartkampung.aid.cycles.rules.closing import Bar, bars_to_close
from smartkampung.aid.cycles.words import CLOSING
from smartkampung.aid.models import Payment, Proposal
from smartkampung.audit.actions import record
from smartkampung.kernel.claim import Busy, Lock, Rank, claim_scarce
from smartkampung.kernel.clock import day
from smartkampung.kernel.errors import Refused
from smartkampung.kernel.rls import as_job
from smartkampung.ledger.actions import transfer
from smartkampung.worklist.actions import close_all_work

BUSY = _("Somebody else is working on this cycle. Please try again in a moment.")


class CannotClose(Refused):
    """Something of the cycle is on its way still; ``bars`` is complete."""

    code = "cannot_close"

    def __init__(self, bars: list[Bar]) -> None:
        super().__init__(" ".join(str(CLOSING[bar]) for bar in bars))
        self.bars = bars


class ChangedMeanwhile(Refused):
    """What is left is not what the officer saw."""

    code = "changed_meanwhile"


class Closed(NamedTuple):
    """How many did not take their aid, and how much went back to the budget."""

    people: int
    amount: int


def close_cycle(*, cycle: Cycle, seen: int, by: Actor, at: datetime) -> Closed:
    """Close a cycle for good; return what went back to the budget.

    Its recipients no longer stand on the programme's list, so that they may get other
    aid. ``seen`` is how many entitlements the officer saw that nobody took. Raises
    CannotClose, ChangedMeanwhile.
    """

    def take() -> Closed:
        row = Cycle.objects.get(pk=cycle.pk)
        standing = standing_of(row, on=day(at))
        bars = bars_to_close(standing)
        if bars:
            raise CannotClose(bars)
        if standing.left != seen:
            raise ChangedMeanwhile(
                _(
                    "Aid was handed out or given back meanwhile. Look at the numbers anew."
                )
            )
        _close_work(row, by)
        _give_back(row, by, at)
        end_listings(row.pk, on=day(at))
        row.state, row.closed_by_id, row.closed_at = Cycle.State.CLOSED, by.staff_id, at
        row.save(update_fields=["state", "closed_by", "closed_at"])
        done = Closed(standing.left, standing.left_amount)
        record("aid.cycle_closed", target=row, by=by.username, **done._asdict())
        return done

    # Aid of the cycle may have moved along with people: no row may be overlooked.
    with as_job():
        return claim_scarce(
            locks=[
                Lock(Rank.PERSON, unsettled(cycle)),
                Lock(Rank.QUOTA, Cycle.objects.filter(pk=cycle.pk)),
                Lock(Rank.QUOTA, VillageList.objects.filter(cycle=cycle)),
            ],
            take=take,
            refusals={"cycle_closes_settled": CannotClose([Bar.IN_BATCH])},
            busy=Busy(BUSY),
        )


def _give_back(cycle: Cycle, by: Actor, at: datetime) -> None:
    code = cycle.programme_id
    for left in give_back_left(cycle.pk):
        transfer(
            key=f"aid.return:{left.tranche_id}:{left.list_id}:closed",
            kind="aid.return",
            legs=[
                (f"committed/{code}", -left.amount),
                (f"budget/{code}", left.amount),
            ],
            by=by.username,
            at=at,
        )


def _close_work(cycle: Cycle, by: Actor) -> None:
    """Take off the list of work what nobody has to do any more."""
    dues = unsettled(cycle)
    failed = Payment.objects.filter(entitlement__in=dues, state=Payment.State.FAILED)
    suspended = Proposal.objects.filter(cycle=cycle, state=Proposal.State.SUSPENDED)
    lists = VillageList.objects.filter(cycle=cycle)
    close_all_work(targets=[*lists, *suspended, *failed, *dues], by=by.username)
