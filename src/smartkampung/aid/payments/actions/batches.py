"""Make a batch of payments, choose who is in it, approve it."""

import secrets
from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.db.models import F, Func, Value
from django.utils.translation import gettext_lazy as _

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.queries.people import usernames_of
from smartkampung.accounts.roles import Permission
from smartkampung.aid.actions.bringing import lists_brought
from smartkampung.aid.models import (
    Entitlement,
    Payment,
    PaymentBatch,
    Programme,
)
from smartkampung.aid.payments.bulk import fill_in
from smartkampung.aid.payments.queries.batches import facts_of, payable, totals_of
from smartkampung.aid.payments.rules.steps import (
    Bar,
    BatchState,
    Channel,
    Totals,
    bars_to_approve,
)
from smartkampung.aid.payments.words import sentences
from smartkampung.audit.actions import record
from smartkampung.kernel.claim import Busy, Lock, Rank, claim_scarce
from smartkampung.kernel.clock import day, end_of_day
from smartkampung.kernel.errors import Refused, atomic_or_refuse
from smartkampung.regions.codes import inside
from smartkampung.worklist.actions import close_work, open_all_work, open_work

BUSY = _("Somebody else is working on this batch. Please try again in a moment.")
FARTHEST = timedelta(days=60)
FILL_AGAIN = "aid.fill_payment"
TOTALS_HOLD = "payment_batch_totals_hold"


class PaymentRefused(Refused):
    """This step of a batch cannot be taken now; ``bars`` is complete."""

    code = "payment_refused"

    def __init__(self, bars: list[Bar]) -> None:
        super().__init__(sentences(bars))
        self.bars = bars


class CannotMakeBatch(Refused):
    """A batch like that is not possible."""

    code = "cannot_make_batch"


def make_batch(
    *,
    programme: Programme,
    region_code: str,
    channel: Channel,
    pay_on: date,
    by: Actor,
    at: datetime,
) -> PaymentBatch:
    """Begin a batch of one cash programme for one area; raise CannotMakeBatch."""
    regions = by.regions_where(Permission.PAYMENT_PREPARE)
    if not any(inside(region_code, region) for region in regions):
        raise CannotMakeBatch(_("This place is outside your area."))
    if programme.commodity != "IDR":
        raise CannotMakeBatch(_("This programme gives goods, which no bank can pay."))
    if not day(at) <= pay_on <= day(at) + FARTHEST:
        raise CannotMakeBatch(
            _("The day of payment must be today or later, at most 60 days from now.")
        )
    with atomic_or_refuse({}):
        batch = PaymentBatch.objects.create(
            programme=programme,
            region_code=region_code,
            channel=channel,
            pay_on=pay_on,
            message_id=f"SK-{at:%Y%m%d}-{secrets.token_hex(8).upper()}",
            made_by_id=by.staff_id,
            made_at=at,
            makers=[by.staff_id],
        )
        note("aid.payment_batch_made", batch, by, programme=programme.code)
    return batch


def choose_all(*, batch: PaymentBatch, by: Actor, at: datetime) -> int:
    """Put everybody into a draft whom it could pay; return how many were added."""
    return choose(batch=batch, due_ids=None, by=by, at=at)


def choose(
    *, batch: PaymentBatch, due_ids: Iterable[int] | None, by: Actor, at: datetime
) -> int:
    """Put recipients into a draft, as far as it may pay them; return how many."""
    dues = payable(batch)
    if due_ids is not None:
        dues = dues.filter(pk__in=list(due_ids))
    rows = Entitlement.objects.filter(pk__in=dues.values("pk"))

    def take() -> int:
        now_is = _draft(batch)
        chosen = list(dues.order_by("pk").values_list("pk", flat=True))
        fill_in(batch=now_is.pk, dues=chosen, by=by.username, at=at)
        count_as_maker(now_is, by)
        close_work(target=now_is, by=by.username, kinds=(FILL_AGAIN,))
        note("aid.payment_batch_filled", now_is, by, added=len(chosen))
        return len(chosen)

    other = CannotMakeBatch(
        _("Some of them were paid or handed over meanwhile. Please try again.")
    )
    return claim_scarce(
        locks=[batch_lock(batch), Lock(Rank.PERSON, rows)],
        take=take,
        refusals={"payment_once": other, "payment_not_otherwise_given": other},
        busy=Busy(BUSY),
    )


def remove(*, payment: Payment, by: Actor, at: datetime) -> None:
    """Take somebody out of a draft; their aid waits as before."""

    def take() -> None:
        now_is = _draft(payment.batch)
        rows = Payment.objects.filter(pk=payment.pk, state=Payment.State.CHOSEN)
        gone = rows.update(
            state=Payment.State.WITHDRAWN, reason="removed", settled_at=at
        )
        if not gone:
            raise PaymentRefused([Bar.NOT_THIS_STEP])
        wait_again(payment)
        count_as_maker(now_is, by)
        note("aid.payment_batch_thinned", now_is, by)

    claim_scarce(
        locks=[batch_lock(payment.batch)], take=take, refusals={}, busy=Busy(BUSY)
    )


def count_as_maker(batch: PaymentBatch, by: Actor) -> None:
    """Remember that this officer had a hand in who is paid; the caller locks the batch."""
    rows = PaymentBatch.objects.filter(pk=batch.pk)
    rows.exclude(makers__contains=[by.staff_id]).update(
        makers=Func(F("makers"), Value(by.staff_id), function="array_append")
    )


def wait_again(payment: Payment) -> None:
    """Put aid that was not paid back among what waits for a way to its people."""
    all_wait_again([payment.entitlement])


def all_wait_again(dues: Iterable[Entitlement]) -> None:
    """Put all of it back among what waits, one statement for each date."""
    by_date: dict[datetime, list[tuple[Entitlement, str]]] = {}
    for due in dues:
        by_date.setdefault(due.due_at, []).append((due, due.region_code))
    for due_at, targets in by_date.items():
        open_all_work(
            kind="aid.batch",
            targets=targets,
            permission=Permission.BATCH_PREPARE,
            due_at=due_at,
        )


def submit(*, batch: PaymentBatch, by: Actor, at: datetime) -> None:
    """Ask a second person to approve a draft."""

    def take() -> None:
        now_is = _draft(batch)
        if not totals_of(now_is).count:
            raise PaymentRefused([Bar.EMPTY])
        open_work(
            kind="aid.approve_payment",
            target=now_is,
            permission=Permission.PAYMENT_APPROVE,
            region_code=now_is.region_code,
            due_at=end_of_day(now_is.pay_on),
            not_by=usernames_of([now_is.made_by_id, *now_is.makers]),
        )

    claim_scarce(locks=[batch_lock(batch)], take=take, refusals={}, busy=Busy(BUSY))


def approve(*, batch: PaymentBatch, seen: Totals, by: Actor, at: datetime) -> None:
    """Approve a batch of which this officer saw the control totals.

    Raises PaymentRefused: by its maker, when it is empty, or when the totals changed.
    """

    def take() -> None:
        now_is = fresh(batch)
        facts = facts_of(now_is)
        refuse(bars_to_approve(facts, by=by.staff_id, seen=seen, on=day(at)))
        now_is.count, now_is.total = facts.totals.count, facts.totals.total
        now_is.state = BatchState.APPROVED
        now_is.approved_by_id, now_is.approved_at = by.staff_id, at
        now_is.save(
            update_fields=["count", "total", "state", "approved_by", "approved_at"]
        )
        close_work(target=now_is, by=by.username)
        paid = now_is.payments.values("entitlement")
        lists_brought(Entitlement.objects.filter(pk__in=paid), by=by.username)
        open_work(
            kind="aid.send_payment",
            target=now_is,
            permission=Permission.PAYMENT_SEND,
            region_code=now_is.region_code,
            due_at=end_of_day(now_is.pay_on),
            not_by=usernames_of([now_is.made_by_id, *now_is.makers]),
        )
        note(
            "aid.payment_batch_approved",
            now_is,
            by,
            count=now_is.count,
            total=now_is.total,
        )

    claim_scarce(
        locks=[batch_lock(batch)],
        take=take,
        refusals={
            "payment_batch_needs_two_people": PaymentRefused([Bar.MADE_IT]),
            "payment_batch_not_approved_by_its_makers": PaymentRefused([Bar.MADE_IT]),
            TOTALS_HOLD: PaymentRefused([Bar.TOTALS_CHANGED]),
        },
        busy=Busy(BUSY),
    )


def reopen(*, batch: PaymentBatch, by: Actor, at: datetime) -> None:
    """Take an approval back before the batch is sent; it is a draft again.

    Else its recipients could be neither paid nor handed anything. Raises PaymentRefused.
    """

    def take() -> None:
        now_is = fresh(batch)
        if now_is.state != BatchState.APPROVED:
            raise PaymentRefused([Bar.NOT_THIS_STEP])
        now_is.state = BatchState.DRAFT
        now_is.approved_by_id, now_is.approved_at = None, None
        now_is.save(update_fields=["state", "approved_by", "approved_at"])
        close_work(target=now_is, by=by.username)
        note("aid.payment_batch_reopened", now_is, by)

    claim_scarce(locks=[batch_lock(batch)], take=take, refusals={}, busy=Busy(BUSY))


def batch_lock(batch: PaymentBatch) -> Lock:
    """Return the lock on a batch itself."""
    return Lock(Rank.PERSON, PaymentBatch.objects.filter(pk=batch.pk))


def fresh(batch: PaymentBatch) -> PaymentBatch:
    """Return the batch as it is now, under lock."""
    return PaymentBatch.objects.defer("file").get(pk=batch.pk)


def refuse(bars: list[Bar]) -> None:
    """Raise PaymentRefused where something bars a step."""
    if bars:
        raise PaymentRefused(bars)


def note(name: str, batch: PaymentBatch, by: Actor, **detail: object) -> None:
    """Write down what was done with a batch."""
    record(name, target=batch, by=by.username, region_code=batch.region_code, **detail)


def _draft(batch: PaymentBatch) -> PaymentBatch:
    now_is = fresh(batch)
    if now_is.state != BatchState.DRAFT:
        raise PaymentRefused([Bar.NOT_THIS_STEP])
    return now_is
