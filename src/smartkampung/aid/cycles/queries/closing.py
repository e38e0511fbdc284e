"""What a cycle still has on its way before it can be closed."""

from datetime import date

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Sum

from smartkampung.aid.cycles.models import Cycle, Run, Tranche, VillageList
from smartkampung.aid.cycles.rules.closing import Standing
from smartkampung.aid.cycles.rules.steps import ListState
from smartkampung.aid.models import Batch, Entitlement, Payment
from smartkampung.aid.queries.handover import finished, in_payment
from smartkampung.kernel.rls import as_job

UNDER_WAY = (ListState.VERIFYING, ListState.DECIDING, ListState.APPROVING)


def unsettled(cycle: Cycle) -> QuerySet[Entitlement]:
    """Return what recipients of a cycle are due and neither got nor gave back."""
    at_the_bank = Payment.objects.filter(
        entitlement=OuterRef("pk"), state=Payment.State.IN_TRANSIT
    )
    return Entitlement.objects.filter(
        ~finished() | Q(Exists(at_the_bank)), tranche__cycle=cycle, cancelled=False
    )


def standing_of(cycle: Cycle, *, on: date) -> Standing:
    """Return what a cycle has on its way anywhere, and what of it nobody took."""
    with as_job():
        dues = unsettled(cycle)
        open_ = Batch.State.DRAFT, Batch.State.READY
        batched = Q(batch__state__in=open_)
        transit = Q(
            Exists(
                Payment.objects.filter(
                    entitlement=OuterRef("pk"), state=Payment.State.IN_TRANSIT
                )
            )
        )
        chosen = in_payment() & ~transit
        left = dues.exclude(batched).exclude(in_payment())
        counted = left.aggregate(n=Count("pk"), total=Sum("amount"))
        lists = VillageList.objects.filter(cycle=cycle)
        return Standing(
            closed=cycle.state == Cycle.State.CLOSED,
            running=Run.objects.filter(cycle=cycle, state=Run.State.RUNNING).count(),
            under_way=lists.filter(state__in=UNDER_WAY).count(),
            to_come=_to_come(cycle, on),
            in_batch=dues.filter(batched | chosen).count(),
            at_the_bank=dues.filter(transit).count(),
            left=counted["n"],
            left_amount=counted["total"] or 0,
        )


def _to_come(cycle: Cycle, on: date) -> int:
    """Count the tranches whose day is not over, but for those that all have in hand."""
    waiting = unsettled(cycle).filter(tranche=OuterRef("pk"))
    rows = Tranche.objects.filter(cycle=cycle, due_on__gte=on)
    return rows.filter(Q(released_at=None) | Q(Exists(waiting))).count()
