"""Fill and send batches of any size: a small one at once, a large one by jobs."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.queries import acting_still
from smartkampung.accounts.queries.people import usernames_of
from smartkampung.accounts.roles import Permission
from smartkampung.aid.models import PaymentBatch, PaymentWork
from smartkampung.aid.payments.actions.batches import (
    FILL_AGAIN,
    PaymentRefused,
    choose,
    choose_all,
    count_as_maker,
    note,
    refuse,
)
from smartkampung.aid.payments.actions.send import SENT, send_batch
from smartkampung.aid.payments.queries.batches import (
    facts_of,
    payable,
    running,
    totals_of,
)
from smartkampung.aid.payments.rules.steps import Bar, BatchState, bars_to_send
from smartkampung.aid.payments.rules.work import AT_ONCE, PART, WorkKind, WorkState
from smartkampung.kernel.claim import Busy
from smartkampung.kernel.clock import day, end_of_day
from smartkampung.kernel.errors import Refused, atomic_or_refuse
from smartkampung.kernel.later import later
from smartkampung.worklist.actions import open_work


class WorkOver(Refused):
    """The work cannot be stopped any more."""

    code = "work_over"


def fill(*, batch: PaymentBatch, by: Actor, at: datetime) -> int | PaymentWork:
    """Put everybody into a draft whom it could pay: how many, or the work that does it.

    Raises PaymentRefused: it is no draft, or work on it is running.
    """
    if running(batch) is not None:
        raise PaymentRefused([Bar.WORKING])
    waiting = payable(batch).count()
    if waiting <= AT_ONCE:
        return choose_all(batch=batch, by=by, at=at)
    if batch.state != BatchState.DRAFT:
        raise PaymentRefused([Bar.NOT_THIS_STEP])
    return _begin(batch, WorkKind.FILL, waiting, by, at)


def send(*, batch: PaymentBatch, by: Actor, at: datetime) -> PaymentWork | None:
    """Send a batch: at once, or by the work that is returned. Raises PaymentRefused."""
    count = totals_of(batch).count
    if count <= AT_ONCE or batch.state in SENT:
        send_batch(batch=batch, by=by, at=at)
        return None
    refuse(bars_to_send(facts_of(batch), by=by.staff_id))
    return _begin(batch, WorkKind.SEND, count, by, at)


def _begin(
    batch: PaymentBatch, kind: WorkKind, total: int, by: Actor, at: datetime
) -> PaymentWork:
    with atomic_or_refuse({"payment_work_one_running": PaymentRefused([Bar.WORKING])}):
        work = PaymentWork.objects.create(
            batch=batch,
            kind=kind,
            total=total,
            started_by_id=by.staff_id,
            started_at=at,
        )
        later("aid.work_on_payments", work_id=work.pk)
        note("aid.payment_work_started", batch, by, kind=kind.value)
    return work


def go_on(*, work_id: int, at: datetime) -> None:
    """Do the next part of a work; a refusal ends it and is kept for people.

    Whoever ordered it must still be allowed to, each time: else it is put on the list
    of work of those who are.
    """
    work = PaymentWork.objects.select_for_update(no_key=True).get(pk=work_id)
    if work.state != WorkState.RUNNING:
        return
    by = acting_still(work.started_by_id, on=day(at))
    try:
        _must_still_be_allowed(work, by, at)
        over = _WORK[WorkKind(work.kind)](work, by, at)
    except Busy:
        raise
    except Refused as refusal:
        work.state, work.problem, over = WorkState.REFUSED, str(refusal.message), True
    if not over:
        later("aid.work_on_payments", work_id=work.pk)
    else:
        work.finished_at = at
        if work.state == WorkState.RUNNING:
            work.state = WorkState.DONE
    work.save()


def _must_still_be_allowed(work: PaymentWork, by: Actor, at: datetime) -> None:
    kind, permission = NEEDS[WorkKind(work.kind)]
    if by.may_in(permission, work.batch.region_code):
        return
    sends = work.kind == WorkKind.SEND
    makers = [work.batch.made_by_id, *work.batch.makers]
    open_work(
        kind=kind,
        target=work.batch,
        permission=permission,
        region_code=work.batch.region_code,
        due_at=end_of_day(work.batch.pay_on),
        not_by=usernames_of(makers) if sends else (),
        urgent=True,
    )
    note("aid.payment_work_refused", work.batch, by, kind=work.kind)
    raise PaymentRefused([Bar.RIGHT_ENDED])


def _fill_part(work: PaymentWork, by: Actor, at: datetime) -> bool:
    """Fill in whom comes next by number; return whether nobody is left."""
    rows = payable(work.batch).filter(pk__gt=work.reached).order_by("pk")
    part = list(rows.values_list("pk", flat=True)[:PART])
    if part:
        work.done += choose(batch=work.batch, due_ids=part, by=by, at=at)
        # Who came to wait since the work began is filled in, too.
        work.total, work.reached = max(work.total, work.done), part[-1]
    return len(part) < PART


def _send_all(work: PaymentWork, by: Actor, at: datetime) -> bool:
    """Send it: one file, one transfer, so never a part of it."""
    send_batch(batch=work.batch, by=by, at=at)
    work.done = work.total
    return True


NEEDS = {
    WorkKind.FILL: (FILL_AGAIN, Permission.PAYMENT_PREPARE),
    WorkKind.SEND: ("aid.send_payment", Permission.PAYMENT_SEND),
}
_WORK = {WorkKind.FILL: _fill_part, WorkKind.SEND: _send_all}


def stop(*, batch: PaymentBatch, by: Actor, at: datetime) -> None:
    """Leave a draft as far as it was filled; raise WorkOver where nothing runs."""
    with atomic_or_refuse({}):
        rows = batch.works.filter(state=WorkState.RUNNING, kind=WorkKind.FILL)
        if not rows.update(state=WorkState.STOPPED, finished_at=at):
            raise WorkOver(_("This work is done already."))
        PaymentBatch.objects.select_for_update(no_key=True).get(pk=batch.pk)
        count_as_maker(batch, by)
        note("aid.payment_work_stopped", batch, by)
