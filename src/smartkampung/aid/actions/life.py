"""What a death or a move does to aid: it stops, or it moves along.

Called by a job for every life event, once. Approval and hand-over look at the life
status again under lock, so nobody is paid in the minutes between.
"""

from datetime import date, datetime
from functools import partial

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from smartkampung.accounts.roles import Permission
from smartkampung.aid.actions.batch import open_hand_over
from smartkampung.aid.actions.giveback import close_claim, give_back, withdraw
from smartkampung.aid.actions.locks import case_locks, fresh
from smartkampung.aid.actions.progress import announce
from smartkampung.aid.cycles.actions.life import person_gone, person_moved
from smartkampung.aid.models import (
    Batch,
    Claim,
    Enrolment,
    Entitlement,
    Finding,
    Report,
)
from smartkampung.aid.payments.rules.steps import GONE
from smartkampung.aid.queries.handover import finished
from smartkampung.aid.rules.claims import VILLAGE_FUND, State
from smartkampung.aid.rules.report import Step
from smartkampung.audit.actions import record
from smartkampung.kernel.claim import Busy, Lock, Rank, claim_scarce
from smartkampung.regions.codes import ancestor, inside
from smartkampung.residents.actions.notice import take
from smartkampung.residents.models import LifeEvent, Person
from smartkampung.residents.rules.life import LIVING, Kind
from smartkampung.worklist.actions import close_work, open_work, readdress_work

ROBOT = "life_events"
BUSY = _("Somebody else is working on this claim. Please try again in a moment.")
_FINDINGS = {"dead": Finding.Code.DEAD, "moved": Finding.Code.MOVED}


def take_notice(*, event_id: int, at: datetime) -> None:
    """Act on one life event, unless aid has done so before. Raises Busy."""
    event = take(domain="aid", event_id=event_id, at=at)
    if event is None:
        return
    if event.kind in {Kind.DEATH, Kind.MOVE_OUT}:
        _stop(event, at)
    elif event.kind == Kind.MOVE:
        _move_along(event, at)


def _stop(event: LifeEvent, at: datetime) -> None:
    person = event.person
    if person.status == LIVING:
        return  # came back before this was told
    for claim in _open_claims(person):
        _under_lock(claim, partial(_stop_claim, claim, person, at))
    person_gone(person=person, by=ROBOT, at=at)
    _end(Enrolment.objects.filter(person=person), event.happened_on)
    if not Person.objects.filter(family=person.family_id, status=LIVING).exists():
        listed = Enrolment.objects.filter(family=person.family_id)
        _end(listed, event.happened_on)


def _move_along(event: LifeEvent, at: datetime) -> None:
    person = event.person
    for claim in _open_claims(person):
        _under_lock(claim, partial(_move_claim, claim, at))
    person_moved(person=person, by=ROBOT, at=at)
    if event.left_family_id is None and _left_village(event):
        funded = Enrolment.objects.filter(
            family=person.family_id, programme__funding__startswith=VILLAGE_FUND
        )
        _end(funded, event.happened_on)


def _left_village(event: LifeEvent) -> bool:
    return not inside(event.joined_region, ancestor(event.left_region, "village"))


def _open_claims(person: Person) -> list[Claim]:
    return list(Claim.objects.filter(person=person, closed_at=None).order_by("pk"))


def _under_lock(claim: Claim, act: "partial[None]") -> None:
    dues = Entitlement.objects.filter(claim=claim)
    claim_scarce(
        locks=[*case_locks(claim), Lock(Rank.PERSON, dues)],
        take=act,
        refusals={},
        busy=Busy(BUSY),
    )


def _stop_claim(claim: Claim, person: Person, at: datetime) -> None:
    case = fresh(claim)
    if case.closed_at is not None:
        return
    Finding.objects.bulk_create(
        [Finding(claim=case, code=_FINDINGS[person.status], found_at=at)],
        ignore_conflicts=True,
    )
    close_work(target=case, by=ROBOT)
    dues = _waiting(case)
    for due in dues:
        close_work(target=due, by=ROBOT)
        give_back(due=due, by=ROBOT, at=at)
    if not dues and not case.entitlements.filter(payments__state__in=GONE).exists():
        # Else the answer of the bank closes it.
        close_claim(case, State.STOPPED, at)
    announce(claim=case, step=Step.HANDED_OVER if dues else Step.DECIDED, at=at)
    record(
        "aid.claim_stopped",
        target=case,
        by=ROBOT,
        region_code=case.region_code,
        status=person.status,
        returned=len(dues),
    )


def _move_claim(claim: Claim, at: datetime) -> None:
    case = fresh(claim)
    if case.closed_at is not None or case.person is None:
        return
    before, case.region_code = case.region_code, case.person.region_code
    if before == case.region_code:
        return
    case.save(update_fields=["region_code"])
    # Who looks after the case now must be able to read what was reported.
    Report.objects.filter(claim=case).update(region_code=case.region_code)
    readdress_work(target=case, region_code=case.region_code)
    for due in _waiting(case):
        _move_due(due, case, at)
    record(
        "aid.claim_moved",
        target=case,
        by=ROBOT,
        region_code=case.region_code,
        before=before,
    )


def _move_due(due: Entitlement, case: Claim, at: datetime) -> None:
    """Hand an entitlement to the new place; the village's own fund stays behind."""
    if due.programme.funding.startswith(VILLAGE_FUND):
        close_work(target=due, by=ROBOT)
        give_back(due=due, by=ROBOT, at=at)
        announce(claim=case, step=Step.HANDED_OVER, at=at)
        return
    due.region_code = case.region_code
    withdraw(due=due, reason="moved", at=at)
    batch = due.batch
    if batch is not None and not inside(due.region_code, batch.kecamatan_code):
        due.batch = None
    due.save(update_fields=["region_code", "batch"])
    close_work(target=due, by=ROBOT)
    if due.batch is not None and due.batch.state == Batch.State.READY:
        open_hand_over(due)
        return
    open_work(
        kind="aid.batch",
        target=due,
        permission=Permission.BATCH_PREPARE,
        region_code=due.region_code,
        due_at=case.due_at,
    )


def _waiting(case: Claim) -> list[Entitlement]:
    rows = Entitlement.objects.filter(~finished(), claim=case, cancelled=False)
    related = rows.select_related("claim", "programme", "batch", "enrolment")
    return list(related.order_by("pk"))


def _end(listed: QuerySet[Enrolment], on: date) -> None:
    """Take rows off their lists as of a day; a row that began later never began."""
    for row in listed.filter(Q(until=None) | Q(until__gt=on)).order_by("pk"):
        row.until = max(row.since, on)
        row.save(update_fields=["until"])
