"""The door to hand-over points, and to how far each has come."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, time

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.shortcuts import get_object_or_404

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.roles import Permission
from smartkampung.aid.goods.queries import at_point
from smartkampung.aid.models import Batch, Entitlement, Handover, Point
from smartkampung.aid.queries.handover import (
    FINAL_VALUES,
    batches_for,
    dues_for,
    finished,
)
from smartkampung.aid.rules.handover import GIVES, Outcome
from smartkampung.ledger.queries import movements_of
from smartkampung.regions.codes import within

MOST_MOVES = 100_000


@dataclass(frozen=True)
class Meeting:
    """When and where somebody collects; without hours where the batch is one point."""

    on: date
    place: str
    starts: time | None = None
    ends: time | None = None


def meeting_of(due: Entitlement) -> Meeting | None:
    """Return when and where aid is collected, once its batch is announced."""
    batch = due.batch
    if batch is None or batch.state == Batch.State.DRAFT:
        return None
    point = due.point
    if point is None:
        return Meeting(batch.hand_over_on, batch.place)
    return Meeting(point.on, point.place, point.starts, point.ends)


def points_for(actor: Actor, permission: Permission) -> QuerySet[Point]:
    """Return the points of the batches that the actor may see, by day and hour."""
    batches = batches_for(actor, permission).order_by()
    rows = Point.objects.filter(batch__in=batches.values("pk"))
    return rows.select_related("batch__programme").order_by("on", "starts", "pk")


def point_for(actor: Actor, point_id: int, permission: Permission) -> Point:
    """Return one point; 404 outside the actor's jurisdiction."""
    return get_object_or_404(points_for(actor, permission), pk=point_id)


def called(point: Point, dues: QuerySet[Entitlement]) -> QuerySet[Entitlement]:
    """Return who is called to a point, those who still wait first."""
    rows = dues.filter(point=point, cancelled=False)
    done = Handover.objects.filter(entitlement=OuterRef("pk"), outcome__in=FINAL_VALUES)
    return rows.annotate(done=Exists(done)).order_by("done", "region_code", "pk")


@dataclass(frozen=True)
class Area:
    """An RT with people of a batch who are called to no point yet."""

    code: str
    waiting: int


def areas_of(actor: Actor, batch: Batch) -> list[Area]:
    """Return the RTs of a batch where somebody is called to no point."""
    rows = waiting_of(batch, dues_for(actor, Permission.BATCH_PREPARE))
    counted = rows.order_by().values_list("region_code").annotate(n=Count("pk"))
    return [Area(code, number) for code, number in counted.order_by("region_code")]


def waiting_of(batch: Batch, dues: QuerySet[Entitlement]) -> QuerySet[Entitlement]:
    """Return who of a batch is called to no point yet, and still due."""
    return dues.filter(~finished(), batch=batch, point=None, cancelled=False)


def waiting_in(
    areas: Iterable[str], rows: QuerySet[Entitlement]
) -> QuerySet[Entitlement]:
    """Return those who live in some areas, by RT."""
    return rows.filter(within("region_code", areas)).order_by("region_code", "pk")


@dataclass(frozen=True)
class Tally:
    """How far a point has come."""

    called: int = 0
    handed: int = 0
    declined: int = 0
    absent: int = 0
    waiting: int = 0


def counts_of(points: Sequence[Point], dues: QuerySet[Entitlement]) -> dict[int, Tally]:
    """Return handed over, declined, absent and waiting for points, in one query."""
    rows = (
        dues.filter(point__in=points, cancelled=False)
        .order_by()
        .annotate(
            gave=_had(*GIVES),
            declined_it=_had(Outcome.DECLINED),
            was_absent=_had(Outcome.ABSENT),
        )
        .values_list("point")
        .annotate(
            called=Count("pk"),
            handed=Count("pk", filter=Q(gave=True)),
            declined=Count("pk", filter=Q(declined_it=True)),
            absent=Count(
                "pk", filter=Q(gave=False, declined_it=False, was_absent=True)
            ),
        )
    )
    found = {}
    for point, total, handed, declined, absent in rows:
        waiting = total - handed - declined - absent
        found[point] = Tally(total, handed, declined, absent, waiting)
    return {point.pk: found.get(point.pk, Tally()) for point in points}


@dataclass(frozen=True)
class Goods:
    """What was taken to a point, what was handed over of it, and what is left."""

    item: str
    taken: int
    given: int
    left: int


def goods_at(point: Point) -> Goods | None:
    """Return the goods of a point, from the ledger; nothing where none were taken."""
    item = point.batch.programme.commodity
    account = at_point(item, point.pk)
    if account is None:
        return None
    sums: Counter[str] = Counter()
    for entry in movements_of(account, most=MOST_MOVES):
        sums[entry.transfer.kind] += entry.amount
    taken, given = sums["goods.carried"], -sums["goods.given"]
    return Goods(item, taken, given, taken - given)


def _had(*outcomes: Outcome) -> Exists:
    calls = Handover.objects.filter(entitlement=OuterRef("pk"))
    return Exists(calls.filter(outcome__in=[outcome.value for outcome in outcomes]))
