"""What a death or a move does to those who are proposed or receive in a cycle."""

from datetime import datetime
from functools import partial

from smartkampung.aid.actions.giveback import withdraw
from smartkampung.aid.cycles.actions.recipients import suspend, under_lock
from smartkampung.aid.cycles.models import Cycle, Proposal, ProposalEvent
from smartkampung.aid.cycles.rules.proposals import EventKind, ProposalState, Why
from smartkampung.aid.models import Entitlement
from smartkampung.aid.queries.handover import finished
from smartkampung.aid.rules.claims import VILLAGE_FUND
from smartkampung.regions.codes import inside
from smartkampung.residents.models import Person
from smartkampung.worklist.actions import readdress_work


def person_gone(*, person: Person, by: str, at: datetime) -> None:
    """Suspend whatever somebody receives who died or left the regency.

    An officer then stops it, or lets it go on. Who is only proposed is left out when
    the list is judged.
    """
    for row in _receiving(person):
        suspend(proposal=row, why=Why(person.status), by=by, at=at)


def person_moved(*, person: Person, by: str, at: datetime) -> None:
    """Let aid follow a move; what a village's own fund pays is suspended."""
    for row in _receiving(person):
        village = row.village_list
        funded = village.cycle.programme.funding.startswith(VILLAGE_FUND)
        if funded and not inside(person.region_code, village.village_code):
            suspend(proposal=row, why=Why.MOVED, by=by, at=at)
        else:
            under_lock(row, partial(_follow, by=by, at=at))


def _receiving(person: Person) -> list[Proposal]:
    """Return what somebody receives in cycles that are not closed."""
    rows = Proposal.objects.filter(
        person=person, state=ProposalState.ENROLLED, cycle__state=Cycle.State.OPEN
    )
    return list(rows.select_related("village_list__cycle__programme").order_by("pk"))


def _follow(row: Proposal, *, by: str, at: datetime) -> None:
    before, row.region_code = row.region_code, row.person.region_code
    if before == row.region_code:
        return
    row.save(update_fields=["region_code"])
    dues = Entitlement.objects.filter(~finished(), proposal=row, cancelled=False)
    for due in dues.select_related("batch").order_by("pk"):
        due.region_code = row.region_code
        withdraw(due=due, reason="moved", at=at)
        batch = due.batch
        if batch is not None and not inside(due.region_code, batch.kecamatan_code):
            due.batch = None
        due.save(update_fields=["region_code", "batch"])
        readdress_work(target=due, region_code=due.region_code)
    ProposalEvent.objects.create(proposal=row, kind=EventKind.MOVED, by=by, at=at)
