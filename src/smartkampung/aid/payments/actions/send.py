"""Send a batch: once, whoever asks how often, and never to the dead."""

from dataclasses import replace
from datetime import datetime, timedelta

from django.db.models import QuerySet

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.roles import Permission
from smartkampung.aid.models import Claim, Entitlement, Payment, PaymentBatch
from smartkampung.aid.payments.actions.batches import (
    BUSY,
    TOTALS_HOLD,
    PaymentRefused,
    all_wait_again,
    batch_lock,
    fresh,
    note,
    refuse,
)
from smartkampung.aid.payments.bulk import barred
from smartkampung.aid.payments.models.batches import FILE
from smartkampung.aid.payments.queries.batches import facts_of, totals_of
from smartkampung.aid.payments.queries.files import file_of
from smartkampung.aid.payments.rules.steps import (
    Bar,
    BatchState,
    PaymentState,
    bars_to_send,
)
from smartkampung.audit.actions import revealed_in_bulk
from smartkampung.kernel.claim import Busy, Lock, Rank, claim_scarce
from smartkampung.kernel.clock import day, end_of_day
from smartkampung.kernel.sealed import Sealed
from smartkampung.ledger.actions import transfer
from smartkampung.residents.models import Person
from smartkampung.worklist.actions import close_work, open_work

ANSWER_WITHIN = timedelta(days=3)
SENT = (BatchState.SENT, BatchState.RECONCILED)


def send_batch(*, batch: PaymentBatch, by: Actor, at: datetime) -> PaymentBatch:
    """Make the file of an approved batch and put its money on the way, once.

    A batch that was sent is returned as it is. Life status, contested NIKs, other aid and accounts are looked
    at again under lock: whom they bar is left out, and waits. Raises PaymentRefused, also to
    whoever made the batch.
    """
    dues = _dues(batch)
    return claim_scarce(
        # Whoever dies at this moment queues here, as at the counter.
        locks=[
            Lock(Rank.PERSON, Person.objects.filter(pk__in=dues.values("person"))),
            Lock(Rank.PERSON, Claim.objects.filter(pk__in=dues.values("claim"))),
            batch_lock(batch),
            Lock(Rank.PERSON, dues),
        ],
        take=lambda: _send(batch, by, at),
        refusals={TOTALS_HOLD: PaymentRefused([Bar.TOTALS_CHANGED])},
        busy=Busy(BUSY),
    )


def _send(batch: PaymentBatch, by: Actor, at: datetime) -> PaymentBatch:
    now_is = fresh(batch)
    if now_is.state in SENT:
        return now_is
    # A large batch is sent by the very work that runs.
    refuse(bars_to_send(replace(facts_of(now_is), working=False), by=by.staff_id))
    left_out = _leave_out(now_is, at)
    totals = totals_of(now_is)
    if not totals.count:
        raise PaymentRefused([Bar.EMPTY])
    content = file_of(now_is, at=at)
    Payment.objects.filter(batch=now_is, state=PaymentState.CHOSEN).update(
        state=PaymentState.IN_TRANSIT
    )
    now_is.count, now_is.total = totals.count, totals.total
    now_is.file = Sealed.of(content.decode(), FILE)
    now_is.state = BatchState.SENT
    now_is.sent_by_id, now_is.sent_at = by.staff_id, at
    now_is.save()
    code = now_is.programme_id
    transfer(
        key=f"aid.payment_sent:{now_is.pk}",
        kind="aid.payment_sent",
        legs=[
            (f"committed/{code}", -totals.total),
            (f"in_transit/{code}", totals.total),
        ],
        by=by.username,
        at=at,
    )
    close_work(target=now_is, by=by.username)
    open_work(
        kind="aid.answer_payment",
        target=now_is,
        permission=Permission.PAYMENT_SEND,
        region_code=now_is.region_code,
        due_at=end_of_day(now_is.pay_on + ANSWER_WITHIN),
    )
    note(
        "aid.payment_batch_sent",
        now_is,
        by,
        count=totals.count,
        total=totals.total,
        left_out=left_out,
    )
    return now_is


def open_batch_file(*, batch: PaymentBatch, by: Actor, role: str) -> bytes:
    """Return the file that was sent, the same each time; who fetched it is kept.

    Raises PaymentRefused before it was sent.
    """
    row = PaymentBatch.objects.get(pk=batch.pk)
    if row.file is None:
        raise PaymentRefused([Bar.NOT_THIS_STEP])
    people = Entitlement.objects.filter(
        payments__batch=row, payments__reference__gt=""
    ).exclude(payments__state=PaymentState.WITHDRAWN)
    revealed_in_bulk(
        person_ids=people.values_list("person_id", flat=True),
        by=by.username,
        role=role,
        purpose="aid.payment_file",
        reason=row.message_id,
    )
    note("aid.payment_file_fetched", row, by)
    content: str = row.file.open()
    return content.encode()


def _dues(batch: PaymentBatch) -> QuerySet[Entitlement]:
    chosen = Payment.objects.filter(batch=batch, state=PaymentState.CHOSEN)
    return Entitlement.objects.filter(pk__in=chosen.values("entitlement"))


def _leave_out(batch: PaymentBatch, at: datetime) -> int:
    found = barred(batch=batch.pk, on=day(at))
    by_reason: dict[str, list[int]] = {}
    for payment, reason in found.items():
        by_reason.setdefault(reason, []).append(payment)
    for reason, rows in by_reason.items():
        Payment.objects.filter(pk__in=rows).update(
            state=PaymentState.WITHDRAWN, reason=reason, settled_at=at
        )
    dues = Entitlement.objects.filter(payments__in=list(found))
    all_wait_again(dues.select_related("claim", "tranche").order_by("pk"))
    return len(found)
