"""Work on many villages at once: one job each, with progress, to stop or to undo."""

from collections.abc import Callable
from datetime import datetime

from django.db.models import F
from django.utils.translation import gettext_lazy as _

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.queries import acting_still
from smartkampung.accounts.roles import Permission
from smartkampung.aid.cycles.actions.approve import approve_list, release
from smartkampung.aid.cycles.actions.plan import BUSY, list_lock
from smartkampung.aid.cycles.actions.steps import must_be, refuse
from smartkampung.aid.cycles.bulk import propose_poorest
from smartkampung.aid.cycles.models import Cycle, Proposal, Run, Tranche, VillageList
from smartkampung.aid.cycles.queries.lists import lists_for
from smartkampung.aid.cycles.rules.proposals import ProposalState
from smartkampung.aid.cycles.rules.steps import Bar, ListState
from smartkampung.audit.actions import record
from smartkampung.kernel.claim import Busy, claim_scarce
from smartkampung.kernel.clock import day
from smartkampung.kernel.errors import Refused, atomic_or_refuse
from smartkampung.kernel.later import later

RIGHT_ENDED = _(
    "Whoever began this work may not do it any more. Somebody else must begin it anew."
)
NEEDS: dict[str, Permission] = {
    Run.Kind.PROPOSE: Permission.LIST_PROPOSE,
    Run.Kind.APPROVE: Permission.LIST_APPROVE,
    Run.Kind.RELEASE: Permission.LIST_APPROVE,
}
BEGINS_AT: dict[str, ListState] = {
    Run.Kind.PROPOSE: ListState.PROPOSING,
    Run.Kind.APPROVE: ListState.APPROVING,
    Run.Kind.RELEASE: ListState.APPROVED,
}


class NothingToDo(Refused):
    """No village waits for this."""

    code = "nothing_to_do"


class RightEnded(Refused):
    """Whoever began the run may not do this any more."""

    code = "right_ended"


class RunOver(Refused):
    """The run cannot be stopped or undone any more."""

    code = "run_over"


def start_run(
    *, cycle: Cycle, kind: str, value: int = 0, by: Actor, at: datetime
) -> Run:
    """Begin work on every list of a cycle that waits for it inside the actor's regions.

    ``value`` is the highest decile to propose, or the number of the tranche to release.
    Raises NothingToDo, StepRefused.
    """
    refuse([Bar.CYCLE_CLOSED] if cycle.state == Cycle.State.CLOSED else [])
    rows = lists_for(by, NEEDS[kind]).filter(cycle=cycle, state=BEGINS_AT[kind])
    lists = list(rows.values_list("pk", flat=True))
    if not lists:
        raise NothingToDo(_("No list of your area waits for this now."))
    with atomic_or_refuse({}):
        run = Run.objects.create(
            cycle=cycle,
            kind=Run.Kind(kind).value,
            value=value,
            region_code=by.regions_where(NEEDS[kind])[0],
            total=len(lists),
            started_by_id=by.staff_id,
            started_at=at,
        )
        for list_id in lists:
            later("aid.work_on_list", run_id=run.pk, list_id=list_id)
        record("aid.run_started", target=run, by=by.username, kind=run.kind)
    return run


def work_on_list(*, run_id: int, list_id: int, at: datetime) -> None:
    """Do the part of a run that is about one village; a refusal is kept for people."""
    run = Run.objects.select_related("cycle", "started_by").get(pk=run_id)
    if run.state != Run.State.RUNNING:
        return
    village = VillageList.objects.select_related("cycle__programme").get(pk=list_id)
    by = acting_still(run.started_by_id, on=day(at))
    problem, people = "", 0
    try:
        if not by.may_in(NEEDS[run.kind], village.village_code):
            raise RightEnded(RIGHT_ENDED)
        people = _WORK[Run.Kind(run.kind)](run, village, by, at)
    except Busy:
        raise
    except Refused as refusal:
        problem = str(refusal.message)
    _count(run, village, people, problem, at)


def _propose(run: Run, village: VillageList, by: Actor, at: datetime) -> int:
    def take() -> int:
        must_be(village, ListState.PROPOSING)
        return propose_poorest(
            cycle=run.cycle_id,
            lists=[village.pk],
            run=run.pk,
            decile=run.value,
            staff=by.staff_id,
            at=at,
        )

    return claim_scarce(
        locks=[list_lock(village)], take=take, refusals={}, busy=Busy(BUSY)
    )


def _approve(run: Run, village: VillageList, by: Actor, at: datetime) -> int:
    return approve_list(village=village, by=by, at=at).enrolled


def _release(run: Run, village: VillageList, by: Actor, at: datetime) -> int:
    tranche = Tranche.objects.get(cycle=run.cycle_id, number=run.value)
    return release(tranche=tranche, village=village, by=by, at=at)


_WORK: dict[Run.Kind, Callable[[Run, VillageList, Actor, datetime], int]] = {
    Run.Kind.PROPOSE: _propose,
    Run.Kind.APPROVE: _approve,
    Run.Kind.RELEASE: _release,
}


def _count(
    run: Run, village: VillageList, people: int, problem: str, at: datetime
) -> None:
    row = Run.objects.select_for_update().get(pk=run.pk)
    row.done, row.people = row.done + 1, row.people + people
    if problem:
        row.problems = {**row.problems, village.village_code: problem}
    if row.done == row.total and row.state == Run.State.RUNNING:
        row.state, row.finished_at = Run.State.DONE, at
    row.save(update_fields=["done", "people", "problems", "state", "finished_at"])


def stop_run(*, run: Run, by: Actor, at: datetime) -> None:
    """Leave the villages of a run that were not done yet as they are; raise RunOver."""
    with atomic_or_refuse({}):
        stopped = Run.objects.filter(pk=run.pk, state=Run.State.RUNNING).update(
            state=Run.State.CANCELLED, finished_at=at
        )
        if not stopped:
            raise RunOver(_("This work is done already."))
        record("aid.run_stopped", target=run, by=by.username)


def undo_run(*, run: Run, by: Actor, at: datetime) -> int:
    """Take off their lists whom a run proposed; return how many.

    Only while their list is still with the village, and nobody visited them. Raises
    RunOver.
    """
    with atomic_or_refuse({}):
        row = Run.objects.select_for_update().get(pk=run.pk)
        if row.kind != Run.Kind.PROPOSE or row.state == Run.State.UNDONE:
            raise RunOver(_("This cannot be undone; stop single recipients instead."))
        lists = VillageList.objects.filter(
            cycle=row.cycle_id, state=ListState.PROPOSING
        ).order_by("pk")
        open_ = list(lists.select_for_update().values_list("pk", flat=True))
        gone = Proposal.objects.filter(
            run=row,
            village_list__in=open_,
            state=ProposalState.PROPOSED,
            verified_at=None,
        )
        number, _each = gone.delete()
        row.state, row.finished_at = Run.State.UNDONE, at
        row.people = F("people") - number
        row.save(update_fields=["state", "finished_at", "people"])
        record("aid.run_undone", target=row, by=by.username, people=number)
    return number
