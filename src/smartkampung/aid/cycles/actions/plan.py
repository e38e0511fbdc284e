"""Plan a cycle: its tranches, the quota of each village, the fund behind a cap."""

from collections.abc import Mapping
from datetime import date, datetime

from django.utils.translation import gettext_lazy as _

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.roles import Permission
from smartkampung.aid.cycles.models import Cycle, Tranche, VillageFund, VillageList
from smartkampung.aid.models import Programme
from smartkampung.aid.rules.periods import period_of
from smartkampung.audit.actions import record
from smartkampung.kernel.claim import Busy, Lock, Rank, claim_scarce
from smartkampung.kernel.clock import end_of_day
from smartkampung.kernel.errors import Refused, atomic_or_refuse
from smartkampung.worklist.actions import open_all_work

BUSY = _("Somebody else is working on this list. Please try again in a moment.")


class CannotPlan(Refused):
    """The plan contradicts itself or another one."""

    code = "cannot_plan"


def open_cycle(
    *,
    programme: Programme,
    name: str,
    since: date,
    until: date,
    propose_until: date,
    quotas: Mapping[str, int],
    by: Actor,
    at: datetime,
) -> Cycle:
    """Begin a cycle; each village with a quota gets a list, and work to fill it.

    ``quotas`` maps village codes to places. Raises CannotPlan.
    """
    if not since <= propose_until < until:
        raise CannotPlan(
            _("The last day of the village meetings must lie within the cycle.")
        )
    if not quotas:
        raise CannotPlan(_("No village is known in this regency yet. Load them first."))
    taken = CannotPlan(
        _("This programme has a cycle of that name. Choose another name.")
    )
    with atomic_or_refuse({"cycle_name_once": taken}):
        cycle = Cycle.objects.create(
            programme=programme,
            name=name,
            since=since,
            until=until,
            propose_until=propose_until,
            opened_by_id=by.staff_id,
            opened_at=at,
        )
        due_at = end_of_day(propose_until)
        lists = VillageList.objects.bulk_create(
            VillageList(cycle=cycle, village_code=village, quota=quota, due_at=due_at)
            for village, quota in sorted(quotas.items())
        )
        open_all_work(
            kind="aid.propose_list",
            targets=[(row, row.village_code) for row in lists],
            permission=Permission.LIST_PROPOSE,
            due_at=due_at,
        )
        record("aid.cycle_opened", target=cycle, by=by.username, villages=len(lists))
    return cycle


def plan_tranche(
    *, cycle: Cycle, on: date, due_on: date, by: Actor, at: datetime
) -> Tranche:
    """Plan the next tranche, for the benefit period in which ``on`` lies.

    It keeps what the programme gives today. Raises CannotPlan.
    """
    closed = CannotPlan(_("This cycle is closed, so no tranche is added to it."))
    programme = cycle.programme
    period, _end = period_of(programme.period, on=on, since=programme.since)
    if not cycle.since.replace(day=1) <= on < cycle.until:
        raise CannotPlan(_("This period lies outside the time of the cycle."))
    twice = CannotPlan(_("This cycle has a tranche for that period already."))
    with atomic_or_refuse({"tranche_period_once": twice, "tranche_number_once": twice}):
        locked = Cycle.objects.select_for_update(no_key=True).get(pk=cycle.pk)
        if locked.state == Cycle.State.CLOSED:
            raise closed
        tranche = Tranche.objects.create(
            cycle=cycle,
            number=cycle.tranches.count() + 1,
            period=period,
            due_on=due_on,
            amount=programme.amount,
            contents=programme.contents,
            contents_en=programme.contents_en,
        )
        record("aid.tranche_planned", target=tranche, by=by.username, cycle=cycle.pk)
    return tranche


def set_quota(*, village: VillageList, quota: int, by: Actor, at: datetime) -> None:
    """Change how many places a village has; not below what is taken."""

    def take() -> None:
        VillageList.objects.filter(pk=village.pk).update(quota=quota)
        record(
            "aid.quota_set",
            target=village,
            by=by.username,
            region_code=village.village_code,
            quota=quota,
        )

    below = CannotPlan(_("More places are taken already. Stop recipients first."))
    claim_scarce(
        locks=[list_lock(village)],
        take=take,
        refusals={"village_list_within_quota": below},
        busy=Busy(BUSY),
    )


def set_fund(
    *, village_code: str, year: int, amount: int, source: str, by: Actor, at: datetime
) -> VillageFund:
    """Write down the Dana Desa of a village for a year."""
    with atomic_or_refuse({}):
        row, _new = VillageFund.objects.update_or_create(
            village_code=village_code,
            year=year,
            defaults={"amount": amount, "source": source},
        )
        record(
            "aid.village_fund_set",
            target=row,
            by=by.username,
            region_code=village_code,
            year=year,
            amount=amount,
        )
    return row


def list_lock(village: VillageList) -> Lock:
    """Return the lock on the places of a list."""
    return Lock(Rank.QUOTA, VillageList.objects.filter(pk=village.pk))
