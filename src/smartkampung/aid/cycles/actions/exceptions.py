"""Put somebody back on a list for whom an exception from the matrix was granted."""

from datetime import datetime

from smartkampung.accounts.actor import Actor
from smartkampung.aid.cycles.actions.recipients import give_coming
from smartkampung.aid.cycles.actions.steps import ROBOT, fresh
from smartkampung.aid.cycles.bulk import enrol, judge, renumber
from smartkampung.aid.cycles.models import Proposal, ProposalEvent, VillageList
from smartkampung.aid.cycles.rules.proposals import EventKind, ProposalState, Why
from smartkampung.aid.cycles.rules.steps import ListState
from smartkampung.kernel.claim import Lock, Rank
from smartkampung.kernel.clock import day
from smartkampung.residents.models import Family, Person

S = ProposalState


def proposal_locks(proposal: Proposal) -> list[Lock]:
    """Return the locks on a proposal's family and person, and on its list."""
    return [
        Lock(Rank.PERSON, Family.objects.filter(pk=proposal.family_id)),
        Lock(Rank.PERSON, Person.objects.filter(pk=proposal.person_id)),
        Lock(Rank.QUOTA, VillageList.objects.filter(pk=proposal.village_list_id)),
    ]


def let_in(row: Proposal, *, by: Actor, at: datetime) -> None:
    """Put a proposal that was left out where it would stand; caller holds the locks.

    Whatever else bars it is judged again. On a list that was approved it waits in
    its order for a place, or takes one at once when nobody waits.
    """
    ProposalEvent.objects.create(
        proposal=row, kind=EventKind.EXCEPTED, by=by.username, at=at
    )
    row.state, row.reasons, row.blocked_by = S.VERIFIED.value, [], []
    row.save(update_fields=["state", "reasons", "blocked_by"])
    village = [row.village_list_id]
    if judge(lists=village, only=row.pk, on=day(at), by=ROBOT, at=at):
        return
    now_is = fresh(row.village_list)
    if now_is.state != ListState.APPROVED:
        return
    if now_is.proposals.filter(state=S.WAITING).exists():
        row.state, row.reasons = S.WAITING.value, [Why.OVER_QUOTA.value]
        row.save(update_fields=["state", "reasons"])
    else:
        enrol(lists=village, on=day(at), by=by.username, at=at)
        row.refresh_from_db()
        if row.state == S.ENROLLED:
            give_coming(row, by.username, at)
    renumber(now_is.pk)
