"""Batches of payments, as far as an actor may see them."""

from collections.abc import Collection

from django.conf import settings
from django.db.models import Count, QuerySet, Sum
from django.shortcuts import get_object_or_404

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.roles import Permission
from smartkampung.aid.models import (
    BankAccount,
    Batch,
    Entitlement,
    Payment,
    PaymentBatch,
    PaymentWork,
)
from smartkampung.aid.payments.rules.pain001 import Party
from smartkampung.aid.payments.rules.steps import (
    Channel,
    Facts,
    PaymentState,
    Totals,
)
from smartkampung.aid.payments.rules.work import WorkState
from smartkampung.aid.queries.handover import finished, in_payment
from smartkampung.regions.codes import within

LIVE = (PaymentState.CHOSEN, PaymentState.IN_TRANSIT, PaymentState.PAID)


def payment_batches_for(actor: Actor, permission: Permission) -> QuerySet[PaymentBatch]:
    """Return the batches inside the actor's regions, the latest first."""
    inside = within("region_code", actor.regions_where(permission))
    rows = PaymentBatch.objects.filter(inside).select_related("programme")
    return rows.defer("file").order_by("-pk")


def payment_batch_for(
    actor: Actor, batch_id: int, permission: Permission
) -> PaymentBatch:
    """Return one batch; 404 outside the actor's jurisdiction."""
    return get_object_or_404(payment_batches_for(actor, permission), pk=batch_id)


def payments_of(batch: PaymentBatch) -> QuerySet[Payment]:
    """Return the payments of a batch, by village and name."""
    rows = Payment.objects.filter(batch=batch).select_related(
        "entitlement__person", "entitlement__family", "account"
    )
    return rows.order_by("entitlement__region_code", "entitlement__person__name", "pk")


def payment_for(actor: Actor, payment_id: int, permission: Permission) -> Payment:
    """Return one payment of a batch that the actor sees; else 404."""
    batches = payment_batches_for(actor, permission).values("pk")
    rows = Payment.objects.filter(batch__in=batches).select_related(
        "entitlement__person", "batch__programme", "account"
    )
    return get_object_or_404(rows, pk=payment_id)


def payable(batch: PaymentBatch) -> QuerySet[Entitlement]:
    """Return whom a batch could pay: approved cash of its programme, not on its way.

    By bank only who has an account in force; by post who has none.
    """
    held = BankAccount.objects.filter(state=BankAccount.State.IN_FORCE)
    busy = Batch.objects.filter(state__in=[Batch.State.DRAFT, Batch.State.READY])
    rows = (
        Entitlement.objects.filter(within("region_code", [batch.region_code]))
        .filter(programme=batch.programme_id, programme__commodity="IDR")
        .filter(~finished(), ~in_payment(), cancelled=False)
        .exclude(batch__in=busy)
    )
    people = held.values("person")
    if batch.channel == Channel.BANK:
        return rows.filter(person__in=people)
    return rows.exclude(person__in=people)


def totals_of(batch: PaymentBatch, states: Collection[str] = LIVE) -> Totals:
    """Return the control totals of the payments in some states."""
    rows = Payment.objects.filter(batch=batch, state__in=list(states))
    found = rows.aggregate(n=Count("pk"), total=Sum("amount"))
    return Totals(found["n"], found["total"] or 0)


def by_state(batch: PaymentBatch) -> dict[str, Totals]:
    """Return the totals of each state of a batch."""
    rows = Payment.objects.filter(batch=batch).order_by().values("state")
    counted = rows.annotate(n=Count("pk"), total=Sum("amount"))
    return {row["state"]: Totals(row["n"], row["total"]) for row in counted}


def payer() -> Party | None:
    """Return the account that pays, as ``SMARTKAMPUNG_PAYER`` says; None if unset."""
    bank, _, rest = settings.PAYER.partition(":")
    number, _, name = rest.partition(":")
    return Party(name, bank, number) if bank and number and name else None


def facts_of(batch: PaymentBatch) -> Facts:
    """Return what a step of a batch looks at, as of now."""
    return Facts(
        state=batch.state,
        made_by=batch.made_by_id,
        makers=batch.makers,
        totals=totals_of(batch),
        pay_on=batch.pay_on,
        channel=batch.channel,
        payer_known=payer() is not None,
        working=running(batch) is not None,
    )


def running(batch: PaymentBatch) -> PaymentWork | None:
    """Return the work on a batch that runs now, if any."""
    return batch.works.filter(state=WorkState.RUNNING).first()


def last_work(batch: PaymentBatch) -> PaymentWork | None:
    """Return the latest work on a batch, running or over."""
    return batch.works.order_by("-pk").first()
