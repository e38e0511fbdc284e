"""Bring approved aid to one place on one day: prepare, fill, announce, close."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.roles import Permission
from smartkampung.aid.actions.bringing import lists_brought
from smartkampung.aid.actions.giveback import give_back
from smartkampung.aid.models import Batch, Claim, Entitlement, Programme
from smartkampung.aid.queries.handover import absences_of, finished, in_payment
from smartkampung.aid.rules.handover import gone_for_good
from smartkampung.audit.actions import record
from smartkampung.kernel.claim import Busy, Lock, Rank, claim_scarce
from smartkampung.kernel.clock import day
from smartkampung.kernel.errors import Refused, atomic_or_refuse
from smartkampung.kernel.later import later
from smartkampung.regions.codes import inside, within
from smartkampung.worklist.actions import close_work, open_work

FARTHEST = timedelta(days=60)
BUSY = _("Somebody else is working on this batch. Please try again in a moment.")


class BatchExists(Refused):
    """The kecamatan has a batch of this programme at this stage."""

    code = "batch_exists"


class BatchRefused(Refused):
    """The batch is not in the state for this, or the request does not fit it."""

    code = "batch_refused"


def prepare_batch(
    *,
    programme: Programme,
    kecamatan_code: str,
    stage: int,
    hand_over_on: date,
    place: str,
    by: Actor,
    at: datetime,
) -> Batch:
    """Begin a batch of one programme for one kecamatan; raise BatchExists."""
    regions = by.regions_where(Permission.BATCH_PREPARE)
    if not any(inside(kecamatan_code, region) for region in regions):
        raise BatchRefused(_("This kecamatan is outside your area."))
    must_be_soon(hand_over_on, at)
    exists = BatchExists(
        _(
            "This stage already has a batch. Choose the next stage, or add to that batch."
        )
    )
    with atomic_or_refuse({"batch_once_per_stage": exists}):
        batch = Batch.objects.create(
            programme=programme,
            kecamatan_code=kecamatan_code,
            stage=stage,
            hand_over_on=hand_over_on,
            place=place,
            state=Batch.State.DRAFT,
            prepared_by_id=by.staff_id,
            prepared_at=at,
        )
        note_batch(
            "aid.batch_prepared", batch, by, programme=programme.code, stage=stage
        )
    return batch


def add_dues(*, batch: Batch, due_ids: Iterable[int], by: Actor, at: datetime) -> int:
    """Put approved aid into a draft batch; return how many were added.

    What does not fit (another programme, elsewhere, cancelled, already in an open
    batch or with the bank) is left out.
    """
    chosen = Entitlement.objects.filter(pk__in=list(due_ids))

    def take() -> int:
        now_is = Batch.objects.get(pk=batch.pk)
        must_be(now_is, Batch.State.DRAFT)
        fits = (
            chosen.filter(within("region_code", [now_is.kecamatan_code]))
            .filter(programme=now_is.programme_id, cancelled=False)
            .filter(Q(batch=None) | Q(batch__state=Batch.State.CLOSED))
            .filter(~finished(), ~in_payment())
        )
        added = Entitlement.objects.filter(
            pk__in=list(fits.values_list("pk", flat=True))
        ).update(batch=now_is)
        note_batch("aid.batch_filled", now_is, by, added=added)
        return added

    return claim_scarce(
        locks=[batch_lock(batch), Lock(Rank.PERSON, chosen)],
        take=take,
        refusals={},
        busy=Busy(BUSY),
    )


def remove_dues(
    *, batch: Batch, due_ids: Iterable[int], by: Actor, at: datetime
) -> int:
    """Take recipients out of a draft batch; return how many were taken out.

    Their aid stays approved and paid for, and waits on the list of work as before. Who
    is in another batch, or was taken out meanwhile, is left alone.
    """
    chosen = Entitlement.objects.filter(pk__in=list(due_ids))

    def take() -> int:
        now_is = Batch.objects.get(pk=batch.pk)
        must_be(now_is, Batch.State.DRAFT)
        removed = chosen.filter(batch=now_is).update(batch=None)
        note_batch("aid.batch_thinned", now_is, by, removed=removed)
        return removed

    return claim_scarce(
        locks=[batch_lock(batch), Lock(Rank.PERSON, chosen)],
        take=take,
        refusals={},
        busy=Busy(BUSY),
    )


def mark_ready(*, batch: Batch, by: Actor, at: datetime) -> None:
    """Announce a batch: its recipients are told day and place, its officers get work."""

    def take() -> None:
        now_is = Batch.objects.get(pk=batch.pk)
        must_be(now_is, Batch.State.DRAFT)
        dues = list(now_is.dues.select_related("claim", "tranche").order_by("pk"))
        if not dues:
            raise BatchRefused(_("The batch is empty. Add approved aid first."))
        now_is.state = Batch.State.READY
        now_is.save(update_fields=["state"])
        for due in dues:
            close_work(target=due, by=by.username, kinds=("aid.batch",))
            open_hand_over(due)
        lists_brought(now_is.dues.all(), by=by.username)
        later("aid.tell_batch", batch_id=now_is.pk)
        note_batch("aid.batch_ready", now_is, by, dues=len(dues))

    claim_scarce(
        locks=[
            batch_lock(batch),
            Lock(Rank.PERSON, Entitlement.objects.filter(batch=batch)),
        ],
        take=take,
        refusals={},
        busy=Busy(BUSY),
    )


def close_batch(*, batch: Batch, by: Actor, at: datetime) -> int:
    """Close a batch after its day; return how many recipients it did not reach.

    They wait for the next stage, unless they were absent as often as one may be:
    then their aid goes back to the budget. A hand-over recorded late still counts.
    """
    dues = Entitlement.objects.filter(batch=batch)

    def take() -> int:
        now_is = Batch.objects.get(pk=batch.pk)
        must_be(now_is, Batch.State.READY)
        now_is.state = Batch.State.CLOSED
        now_is.save(update_fields=["state"])
        left = dues.filter(~finished(), ~in_payment(), cancelled=False)
        missed = list(
            left.select_related("claim", "tranche", "programme").order_by("pk")
        )
        for due in missed:
            _wait_or_return(due, by, at)
        note_batch("aid.batch_closed", now_is, by, missed=len(missed))
        return len(missed)

    return claim_scarce(
        locks=[
            Lock(Rank.PERSON, Claim.objects.filter(pk__in=dues.values("claim"))),
            batch_lock(batch),
            Lock(Rank.PERSON, dues),
        ],
        take=take,
        refusals={},
        busy=Busy(BUSY),
    )


def open_hand_over(due: Entitlement) -> None:
    """Put the hand-over of one entitlement on the list of work."""
    open_work(
        kind="aid.hand_over",
        target=due,
        permission=Permission.HANDOVER_RECORD,
        region_code=due.region_code,
        due_at=due.due_at,
    )


def _wait_or_return(due: Entitlement, by: Actor, at: datetime) -> None:
    close_work(target=due, by=by.username)
    if gone_for_good(absences_of(due)):
        give_back(due=due, by=by.username, at=at)
        return
    open_work(
        kind="aid.batch",
        target=due,
        permission=Permission.BATCH_PREPARE,
        region_code=due.region_code,
        due_at=due.due_at,
    )


def must_be_soon(hand_over_on: date, at: datetime) -> None:
    """Raise BatchRefused for a day that has passed, or that is likely a slip."""
    if hand_over_on < day(at):
        raise BatchRefused(_("The hand-over date has passed. Choose a later date."))
    if hand_over_on > day(at) + FARTHEST:
        raise BatchRefused(
            _("This day is more than 60 days away. Look at month and year again.")
        )


def batch_lock(batch: Batch) -> Lock:
    """Return the lock on a batch itself."""
    return Lock(Rank.PERSON, Batch.objects.filter(pk=batch.pk))


def must_be(batch: Batch, *states: str) -> None:
    """Raise BatchRefused unless the batch is in one of these states."""
    if batch.state not in states:
        raise BatchRefused(
            _("The batch has moved on meanwhile. Look at it again before you go on.")
        )


def note_batch(name: str, batch: Batch, by: Actor, **detail: object) -> None:
    """Write down what was done with a batch."""
    record(
        name, target=batch, by=by.username, region_code=batch.kecamatan_code, **detail
    )
