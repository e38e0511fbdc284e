"""Open points for a batch, call people there, and close them at their end."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from smartkampung.accounts.actor import Actor
from smartkampung.aid.actions.batch import (
    BUSY,
    BatchRefused,
    batch_lock,
    must_be,
    must_be_soon,
    note_batch,
)
from smartkampung.aid.models import Batch, Entitlement, Point
from smartkampung.aid.points.carrying import bring_back
from smartkampung.aid.points.queries import goods_at, waiting_in, waiting_of
from smartkampung.aid.points.rules import Fault, Plan, faults
from smartkampung.aid.queries.handover import finished
from smartkampung.kernel.claim import Busy, Lock, Rank, claim_scarce
from smartkampung.kernel.errors import Refused
from smartkampung.kernel.later import later
from smartkampung.regions.codes import inside

State = Batch.State
FULL = _("This point is full meanwhile. Look at it again before you go on.")


class PlanIncomplete(Refused):
    """The plan of a point does not do; ``faults`` is complete."""

    code = "plan_incomplete"

    def __init__(self, found: Sequence[Fault]) -> None:
        super().__init__(_("Something is missing in what you wrote down."))
        self.faults = list(found)


def open_point(*, batch: Batch, plan: Plan, by: Actor, at: datetime) -> Point:
    """Open a point and call the people of its RTs there, as far as it has room.

    Who was told of the batch already is told anew. Raises PlanIncomplete, BatchRefused.
    """
    found = faults(plan)
    if found:
        raise PlanIncomplete(found)
    must_be_soon(plan.on, at)
    if not all(inside(area, batch.kecamatan_code) for area in plan.areas):
        raise BatchRefused(_("This kecamatan is outside your area."))

    def take() -> Point:
        now_is = Batch.objects.get(pk=batch.pk)
        must_be(now_is, State.DRAFT, State.READY)
        told = {**vars(plan), "areas": list(plan.areas)}
        point = Point.objects.create(
            batch=now_is, made_by_id=by.staff_id, made_at=at, **told
        )
        _call(point, now_is, by)
        return point

    return claim_scarce(
        locks=_locks(batch),
        take=take,
        refusals={"point_once": BatchRefused(_("This point is open already."))},
        busy=Busy(BUSY),
    )


def fill_point(*, point: Point, by: Actor, at: datetime) -> int:
    """Call more people of its RTs to a point, as far as it has room."""

    def take() -> int:
        now_is = Point.objects.select_related("batch").get(pk=point.pk)
        must_be(now_is.batch, State.DRAFT, State.READY)
        _must_be_open(now_is)
        return _call(now_is, now_is.batch, by)

    return claim_scarce(
        locks=_locks(point.batch),
        take=take,
        refusals={"entitlement_point_has_room": BatchRefused(FULL)},
        busy=Busy(BUSY),
    )


def discard_point(*, point: Point, by: Actor, at: datetime) -> int:
    """Take a point away; return how many are to be called elsewhere.

    Raises BatchRefused once something was written down there.
    """

    def take() -> int:
        now_is = Point.objects.select_related("batch").get(pk=point.pk)
        _must_be_open(now_is)
        if now_is.dues.filter(handovers__isnull=False).exists():
            raise BatchRefused(
                _("Somebody was called here already. Close the point instead.")
            )
        if goods_at(now_is) is not None:
            raise BatchRefused(
                _("Goods were taken here already. Close the point instead.")
            )
        freed = now_is.dues.update(point=None)
        note_batch("aid.point_discarded", now_is.batch, by, freed=freed)
        now_is.delete()
        return freed

    return claim_scarce(
        locks=_locks(point.batch), take=take, refusals={}, busy=Busy(BUSY)
    )


def close_point(
    *,
    point: Point,
    by: Actor,
    at: datetime,
    back: int | None = None,
    reason: str = "",
) -> Mapping[str, int]:
    """Close a point at its end; return how much of which item is left over.

    What was taken there and is left goes back to its warehouse, as counted (``back``);
    what is missing is lost, with a reason. Where nothing was taken there, each hand-over
    drew from the warehouse itself, whose shelf must hold the rest. Whom the point did
    not reach is called to another, or waits until the batch is closed.
    """

    def take() -> Mapping[str, int]:
        now_is = Point.objects.select_related("batch__programme").get(pk=point.pk)
        _must_be_open(now_is)
        missed = now_is.dues.filter(~finished(), cancelled=False)
        left: Counter[str] = Counter()
        for amount in missed.values_list("amount", flat=True):
            left[now_is.batch.programme.commodity] += amount
        # Through the keys: "finished" looks at other tables, an update must not.
        keys = list(missed.values_list("pk", flat=True))
        Entitlement.objects.filter(pk__in=keys).update(point=None)
        if bring_back(now_is, back=back, reason=reason, by=by, at=at) is not None:
            left = Counter({now_is.batch.programme.commodity: now_is.returned or 0})
        now_is.closed_by_id, now_is.closed_at = by.staff_id, at
        now_is.save()
        note_batch("aid.point_closed", now_is.batch, by, missed=len(keys), left=left)
        return left

    return claim_scarce(
        locks=_locks(point.batch), take=take, refusals={}, busy=Busy(BUSY)
    )


def _call(point: Point, batch: Batch, by: Actor) -> int:
    room = point.capacity - point.dues.count()
    waiting = waiting_of(batch, Entitlement.objects.all())
    chosen = list(
        waiting_in(point.areas, waiting).values_list("pk", flat=True)[: max(room, 0)]
    )
    Entitlement.objects.filter(pk__in=chosen).update(point=point)
    if chosen and batch.state == State.READY:
        later("aid.tell_batch", batch_id=batch.pk)
    note_batch("aid.point_filled", batch, by, point=point.pk, called=len(chosen))
    return len(chosen)


def _must_be_open(point: Point) -> None:
    if point.closed_at is not None:
        raise BatchRefused(_("This point is closed."))


def _locks(batch: Batch) -> list[Lock]:
    return [
        batch_lock(batch),
        Lock(Rank.PERSON, Entitlement.objects.filter(batch=batch)),
    ]
