"""The list of one's day: counted once, and listed in the order of a walk."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, reduce
from operator import or_
from typing import NamedTuple

from django.db.models import (
    Case,
    Count,
    IntegerField,
    Min,
    Q,
    QuerySet,
    TextField,
    Value,
    When,
)

from smartkampung.frontline.today.rules import Rank
from smartkampung.regions.queries import spots_of_all
from smartkampung.regions.walk import route
from smartkampung.worklist.models import WorkItem
from smartkampung.worklist.queries import Bucket, Moments

RANKS = {
    Bucket.STUCK: Rank.LATE,
    Bucket.OVERDUE: Rank.LATE,
    Bucket.TODAY: Rank.TODAY,
    Bucket.LATER: Rank.LATER,
}


class Cell(NamedTuple):
    """How much work of one kind waits, equally pressing."""

    bucket: Bucket
    kind: str
    number: int


@dataclass(frozen=True)
class Board:
    """Open work, counted in one pass over it: every number of the page is from here."""

    rows: QuerySet[WorkItem]
    at: Moments
    cells: Sequence[Cell] = field(default=())

    @property
    def total(self) -> int:
        """Return how much there is."""
        return sum(cell.number for cell in self.cells)

    def counts(self) -> Mapping[Bucket, int]:
        """Return how much is how pressing."""
        found = Counter[Bucket]()
        for cell in self.cells:
            found[cell.bucket] += cell.number
        return {bucket: found[bucket] for bucket in Bucket}

    def counts_by_kind(self) -> Mapping[str, int]:
        """Return how much there is of each kind."""
        found = Counter[str]()
        for cell in self.cells:
            found[cell.kind] += cell.number
        return dict(found)

    def narrowed(self, *, bucket: Bucket | None = None, kind: str = "") -> "Board":
        """Return the same work, of one bucket or kind only."""
        rows, cells = self.rows, list(self.cells)
        if bucket:
            rows = rows.filter(self.at.test(bucket))
            cells = [cell for cell in cells if cell.bucket == bucket]
        if kind:
            rows = rows.filter(kind=kind)
            cells = [cell for cell in cells if cell.kind == kind]
        return Board(rows, self.at, cells)

    def walk(self) -> "Walk":
        """Return the items as a list, urgency first, then place by place."""
        return Walk(self)


class Stop(NamedTuple):
    """One place at one rank."""

    rank: Rank
    region: str


class Walk:
    """The items of a board in order; only what is asked for is read."""

    def __init__(self, board: Board) -> None:
        self.board = board

    def __len__(self) -> int:
        """Return how many there are."""
        return self.board.total

    @cached_property
    def numbers(self) -> Mapping[Stop, int]:
        """Return how much waits at each place at each rank, in the order of the list."""
        found = list(
            self.board.rows.order_by()
            .values_list(self._rank, "region_code")
            .annotate(number=Count("pk"), first=Min("due_at"))
        )
        if not found:
            return {}
        start = min(found, key=lambda row: (row[0], row[3], row[1]))[1]
        regions = {region for _, region, _, _ in found}
        order = route(regions, spots_of_all(regions), start=start)
        turn = {region: number for number, region in enumerate(order)}
        found.sort(key=lambda row: (row[0], turn[row[1]]))
        return {Stop(Rank(rank), region): n for rank, region, n, _ in found}

    def __getitem__(self, wanted: slice) -> list[WorkItem]:
        """Return some of them."""
        first, last = wanted.start or 0, min(wanted.stop or len(self), len(self))
        window: list[Stop] = []
        before = seen = 0
        for stop, number in self.numbers.items():
            if seen >= last:
                break
            seen += number
            if seen > first:
                window.append(stop)
            else:
                before = seen
        if not window or last <= first:
            return []
        rows = self._at(window)
        return list(rows[first - before : last - before])

    @property
    def _rank(self) -> Case:
        tests = (When(self._ranked(rank), then=Value(int(rank))) for rank in Rank)
        return Case(*tests, output_field=IntegerField())

    def _at(self, window: Sequence[Stop]) -> QuerySet[WorkItem]:
        tests = [
            self._ranked(rank)
            & Q(region_code__in=[stop.region for stop in window if stop.rank == rank])
            for rank in {stop.rank for stop in window}
        ]
        turns = {stop.region: turn for turn, stop in enumerate(window)}
        turn = Case(
            *(When(region_code=region, then=turn) for region, turn in turns.items()),
            output_field=IntegerField(),
        )
        found = self.board.rows.filter(reduce(or_, tests))
        return found.annotate(rank=self._rank).order_by("rank", turn, "due_at", "pk")

    def _ranked(self, rank: Rank) -> Q:
        if rank == Rank.URGENT:
            return Q(urgent=True)
        tests = [self.board.at.test(b) for b, r in RANKS.items() if r == rank]
        return Q(urgent=False) & reduce(or_, tests)


def board_of(rows: QuerySet[WorkItem], at: Moments) -> Board:
    """Count open work in one query, whatever the page then asks of it."""
    bucket = Case(
        *(When(at.test(one), then=Value(one.value)) for one in Bucket),
        output_field=TextField(),
    )
    found = rows.order_by().values_list(bucket, "kind").annotate(number=Count("pk"))
    cells = [Cell(Bucket(one), kind, number) for one, kind, number in found]
    return Board(rows, at, cells)
