"""The door to entitlements and batches."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Lower
from django.shortcuts import get_object_or_404

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.roles import Permission
from smartkampung.aid.models import Batch, Entitlement, Handover, Payment
from smartkampung.aid.payments.rules.steps import GONE, HELD, PaymentState
from smartkampung.aid.queries.claims import recipient
from smartkampung.aid.queries.conflicts import red_lights
from smartkampung.aid.rules.claims import LIFE, Reason
from smartkampung.aid.rules.conflicts import RedLight
from smartkampung.aid.rules.handover import FINAL, Absence, Outcome
from smartkampung.kernel.clock import day
from smartkampung.regions.codes import within

FINAL_VALUES = [outcome.value for outcome in FINAL]


def dues_for(actor: Actor, permission: Permission) -> QuerySet[Entitlement]:
    """Return the entitlements inside the actor's regions for a permission."""
    inside = within("region_code", actor.regions_where(permission))
    return Entitlement.objects.filter(inside).select_related(
        "programme", "person", "family", "batch", "point", "claim", "tranche"
    )


def finished() -> Q:
    """Return the condition that only hand-over or bank decides about an entitlement.

    It had its last hand-over, or its money is on the way or paid.
    """
    final = Handover.objects.filter(entitlement=OuterRef("pk"))
    final = final.filter(outcome__in=FINAL_VALUES)
    return Q(Exists(final)) | Q(Exists(_payments(GONE)))


def in_payment() -> Q:
    """Return the condition that an entitlement stands in a batch of payments."""
    return Q(Exists(_payments(HELD)))


def _payments(states: Iterable[PaymentState]) -> QuerySet[Payment]:
    return Payment.objects.filter(entitlement=OuterRef("pk"), state__in=list(states))


def due_for(actor: Actor, due_id: int, permission: Permission) -> Entitlement:
    """Return one entitlement; 404 outside the actor's jurisdiction."""
    return get_object_or_404(dues_for(actor, permission), pk=due_id)


def waiting_for_batch(actor: Actor) -> QuerySet[Entitlement]:
    """Return what is approved and stands in no batch that is still open."""
    return (
        dues_for(actor, Permission.BATCH_PREPARE)
        .filter(~finished(), ~in_payment(), cancelled=False)
        .filter(Q(batch=None) | Q(batch__state=Batch.State.CLOSED))
        .order_by("programme", "region_code", "pk")
    )


def batches_for(actor: Actor, permission: Permission) -> QuerySet[Batch]:
    """Return batches of the actor's kecamatan, or with recipients inside the region."""
    regions = actor.regions_where(permission)
    dues = Entitlement.objects.filter(
        within("region_code", regions), batch=OuterRef("pk")
    )
    return (
        Batch.objects.filter(within("kecamatan_code", regions) | Q(Exists(dues)))
        .select_related("programme")
        .order_by("-hand_over_on", "-pk")
    )


def batch_for(actor: Actor, batch_id: int, permission: Permission) -> Batch:
    """Return one batch; 404 outside the actor's jurisdiction."""
    return get_object_or_404(batches_for(actor, permission), pk=batch_id)


def fitting(actor: Actor, batch: Batch) -> QuerySet[Entitlement]:
    """Return the waiting aid that could be added to a batch."""
    rows = waiting_for_batch(actor).filter(programme=batch.programme_id)
    return rows.filter(within("region_code", [batch.kecamatan_code]))


def with_last_outcome(dues: QuerySet[Entitlement]) -> QuerySet[Entitlement]:
    """Add the outcome of the latest call, if any, as ``last_outcome``."""
    calls = Handover.objects.filter(entitlement=OuterRef("pk"))
    latest = calls.order_by("-recorded_at").values("outcome")[:1]
    return dues.annotate(last_outcome=Subquery(latest))


def packing_list_for(
    actor: Actor, batch: Batch, permission: Permission
) -> QuerySet[Entitlement]:
    """Return what of a batch goes to people inside the actor's regions.

    By village, RT and name, with ``last_outcome``; not what went back to the budget.
    """
    dues = dues_for(actor, permission).filter(batch=batch, cancelled=False)
    return with_last_outcome(dues).order_by("region_code", Lower("person__name"), "pk")


@dataclass(frozen=True)
class Progress:
    """The live count of one batch, as far as the actor may see it."""

    dues: int
    received: int
    partial: int
    declined: int
    waiting: int


NOTHING = Progress(0, 0, 0, 0, 0)


def progress_of(batch: Batch, dues: QuerySet[Entitlement]) -> Progress:
    """Return the count of outcomes among the visible entitlements of a batch."""
    return _progress(dues.filter(batch=batch)).get(batch.pk, NOTHING)


def counts_of(batches: Iterable[Batch], actor: Actor) -> dict[int, Progress]:
    """Return the counts of several batches, in one query."""
    wanted = list(batches)
    dues = dues_for(actor, Permission.HANDOVER_RECORD).filter(batch__in=wanted)
    found = _progress(dues)
    return {batch.pk: found.get(batch.pk, NOTHING) for batch in wanted}


def _progress(dues: QuerySet[Entitlement]) -> dict[int, Progress]:
    final = Handover.objects.filter(
        entitlement=OuterRef("pk"), outcome__in=FINAL_VALUES
    )
    rows = (
        dues.order_by()
        .annotate(final=Subquery(final.values("outcome")[:1]))
        .values("batch_id")
        .annotate(
            total=Count("pk"),
            received=Count("pk", filter=Q(final=Outcome.RECEIVED)),
            partial=Count("pk", filter=Q(final=Outcome.PARTIAL)),
            declined=Count("pk", filter=Q(final=Outcome.DECLINED)),
            waiting=Count("pk", filter=Q(final=None, cancelled=False)),
        )
    )
    return {
        row["batch_id"]: Progress(
            dues=row["total"],
            received=row["received"],
            partial=row["partial"],
            declined=row["declined"],
            waiting=row["waiting"],
        )
        for row in rows
        if row["batch_id"] is not None
    }


def reasons_not_to_hand_over(due: Entitlement, *, on: date) -> list[Reason]:
    """Look again, at the counter: has anything happened since the approval?"""
    seen = recipient(due.person)
    gone = LIFE.get(seen.status) if seen else Reason.NIK_UNKNOWN
    blocked = any(light.blocks for light in lights_of(due, on=on))
    noticed = {
        Reason.NIK_CONTESTED: bool(seen and seen.contested),
        Reason.ALREADY_RECEIVING: blocked,
    }
    reasons = [reason for reason, yes in noticed.items() if yes]
    return [gone, *reasons] if gone else reasons


def absences_of(due: Entitlement) -> list[Absence]:
    """Return the calls for an entitlement that nobody answered."""
    rows = due.handovers.filter(outcome=Outcome.ABSENT)
    return [
        Absence(on=day(at), by=by)
        for at, by in rows.values_list("recorded_at", "recorded_by_id")
    ]


def lights_of(due: Entitlement, *, on: date) -> list[RedLight]:
    """Return the red lights on an entitlement, its own line on the list apart."""
    return red_lights(
        family_id=due.family_id,
        person_id=due.person_id,
        programmes=[due.programme_id],
        apart_from=due.enrolment_id,
        claim=due.claim_id,
        proposal=due.proposal_id,
        on=on,
    )
