"""Verify in the field, decide in the village, send back: the list before approval."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.queries.people import usernames_of
from smartkampung.accounts.roles import Permission
from smartkampung.aid.cycles.actions.plan import BUSY, list_lock
from smartkampung.aid.cycles.actions.steps import (
    ROBOT,
    NoReason,
    StepRefused,
    flag_kin,
    fresh,
    must_be,
    note,
    refuse,
)
from smartkampung.aid.cycles.bulk import judge
from smartkampung.aid.cycles.models import Proposal, ProposalEvent, VillageList
from smartkampung.aid.cycles.queries.kin import kin_on_list
from smartkampung.aid.cycles.queries.lists import (
    closed_days,
    facts_of,
    first_of_each_rt,
    judged_by,
    visits_left,
)
from smartkampung.aid.cycles.rules.days import APPROVE_WITHIN, after_working_days
from smartkampung.aid.cycles.rules.proposals import EventKind, ProposalState, Why
from smartkampung.aid.cycles.rules.steps import (
    DECIDE_WITHIN,
    Bar,
    ListState,
    bars_to_decide,
    bars_to_return,
)
from smartkampung.kernel.claim import Busy, claim_scarce
from smartkampung.kernel.clock import day, end_of_day
from smartkampung.regions.codes import within
from smartkampung.worklist.actions import close_work, open_work


@dataclass(frozen=True)
class _Mark:
    kind: EventKind
    reasons: list[str]
    text: str
    by: Actor
    at: datetime


def verify(
    *,
    village: VillageList,
    fit: Iterable[int],
    unfit: Iterable[int] = (),
    why: Why | None = None,
    text: str = "",
    by: Actor,
    at: datetime,
) -> int:
    """Write down who was found in need and who was not; return how many.

    Families that are kin of the visitor are flagged and wait for another visitor.
    When nobody waits any more, the list goes to the village head. Raises StepRefused,
    NoReason.
    """
    yes, no = set(fit), set(unfit)
    if no and (why is None or (why is Why.OTHER and not text.strip())):
        raise NoReason(_("Say why these families are not in need."))

    def take() -> int:
        now_is = must_be(village, ListState.VERIFYING)
        refuse([Bar.SENT_IT] if by.staff_id == now_is.sent_by_id else [])
        waiting = now_is.proposals.filter(state=ProposalState.PROPOSED)
        inside = within("region_code", by.regions_where(Permission.FIELD_CHECK))
        kin = kin_on_list(now_is, by.staff_id)
        waiting.filter(inside, pk__in=kin & (yes | no)).update(kin_found=True)
        rows = waiting.filter(inside).exclude(pk__in=kin)
        done = _mark(rows, yes, _Mark(EventKind.VERIFIED, [], "", by, at))
        reasons = [why.value] if why else []
        done += _mark(rows, no, _Mark(EventKind.UNFIT, reasons, text, by, at))
        note("aid.list_verified", now_is, by, visited=done, kin=len(kin & (yes | no)))
        left = visits_left(now_is)
        for first in first_of_each_rt(now_is):
            if first.region_code not in left:
                close_work(target=first, by=by.username, kinds=("aid.verify_list",))
        if not left:
            _pass_on(now_is, by, at)
        return done

    return claim_scarce(
        locks=[list_lock(village)], take=take, refusals={}, busy=Busy(BUSY)
    )


def _mark(rows: QuerySet[Proposal], chosen: Collection[int], mark: _Mark) -> int:
    marked = list(rows.filter(pk__in=chosen))
    for row in marked:
        row.state, row.reasons = mark.kind.value, mark.reasons
        row.verified_by_id, row.verified_at = mark.by.staff_id, mark.at
    Proposal.objects.bulk_update(
        marked, ["state", "reasons", "verified_by", "verified_at"]
    )
    ProposalEvent.objects.bulk_create(
        ProposalEvent(
            proposal=row,
            kind=mark.kind,
            reasons=mark.reasons,
            note=mark.text,
            by=mark.by.username,
            at=mark.at,
        )
        for row in marked
    )
    return len(marked)


def _pass_on(village: VillageList, by: Actor, at: datetime) -> None:
    """Hand a list that was verified to the village head, without whom data bar."""
    judge(lists=[village.pk], on=day(at), by=ROBOT, at=at)
    close_work(target=village, by=by.username)
    if not village.proposals.filter(state=ProposalState.VERIFIED).exists():
        _back(village, str(_("Nobody is left on the list.")), by, at)
        return
    village.state, village.due_at = ListState.DECIDING, at + DECIDE_WITHIN
    village.save(update_fields=["state", "due_at"])
    open_work(
        kind="aid.decide_list",
        target=village,
        permission=Permission.LIST_DECIDE,
        region_code=village.village_code,
        due_at=at + DECIDE_WITHIN,
        not_by=usernames_of(judged_by(village)),
    )


def decide_list(*, village: VillageList, by: Actor, at: datetime) -> None:
    """Sign a list as village head; the camat then has five working days.

    Raises StepRefused.
    """

    def take() -> None:
        row = fresh(village)
        refuse(bars_to_decide(facts_of(row), by=by.staff_id))
        flag_kin(row, by)
        last = after_working_days(day(at), APPROVE_WITHIN, closed_days(day(at)))
        row.state, row.due_at = ListState.APPROVING, end_of_day(last)
        row.decided_by_id, row.decided_at = by.staff_id, at
        row.save()
        close_work(target=row, by=by.username)
        open_work(
            kind="aid.approve_list",
            target=row,
            permission=Permission.LIST_APPROVE,
            region_code=row.village_code,
            due_at=end_of_day(last),
            not_by=usernames_of(judged_by(row)),
        )
        note("aid.list_decided", row, by, until=last.isoformat())

    claim_scarce(
        locks=[list_lock(village)],
        take=take,
        refusals={
            "village_list_needs_three_people": StepRefused([Bar.SENT_IT]),
            "village_list_judged_by_others": StepRefused([Bar.VERIFIED_IT]),
        },
        busy=Busy(BUSY),
    )


def return_list(*, village: VillageList, why: str, by: Actor, at: datetime) -> None:
    """Send a list back to the village, which mends it; raise StepRefused, NoReason."""
    if not why.strip():
        raise NoReason(
            _("Say why the list goes back, so that the village can mend it.")
        )

    def take() -> None:
        row = fresh(village)
        refuse(bars_to_return(facts_of(row)))
        close_work(target=row, by=by.username)
        _back(row, why, by, at)

    claim_scarce(locks=[list_lock(village)], take=take, refusals={}, busy=Busy(BUSY))


def _back(village: VillageList, why: str, by: Actor, at: datetime) -> None:
    village.state, village.returned_because = ListState.PROPOSING, why
    village.sent_by_id = village.sent_at = None
    village.decided_by_id = village.decided_at = None
    village.due_at = due_at = at + DECIDE_WITHIN
    village.save()
    # Whom only data barred is judged anew when the list comes again.
    barred = village.proposals.filter(state=ProposalState.EXCLUDED)
    barred.update(state=ProposalState.VERIFIED, reasons=[], blocked_by=[])
    open_work(
        kind="aid.propose_list",
        target=village,
        permission=Permission.LIST_PROPOSE,
        region_code=village.village_code,
        due_at=due_at,
        urgent=True,
    )
    note("aid.list_returned", village, by, why=why)
