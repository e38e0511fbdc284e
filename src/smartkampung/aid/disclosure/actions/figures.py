"""Make the figures that anybody may read."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime

from smartkampung.aid.cycles.models import Cycle, Tranche, VillageList
from smartkampung.aid.disclosure.bulk import NOBODY, Reached, count_reached
from smartkampung.aid.disclosure.models import COUNTS, ProgrammeFigure
from smartkampung.aid.disclosure.rules import (
    Course,
    Listed,
    Standing,
    standing,
    together,
)
from smartkampung.aid.models import Batch, Programme
from smartkampung.kernel.clock import day
from smartkampung.kernel.small_cells import TOTAL
from smartkampung.kernel.small_trees import protected_tree
from smartkampung.regions.codes import ancestor
from smartkampung.regions.queries import regency, villages_of

Lists = Mapping[tuple[str, str], Listed]
Days = Mapping[tuple[str, str], Sequence[date]]


def publish_programmes(*, at: datetime) -> int:
    """Count anew what each programme does in each place; return how many figures.

    The job that calls sees all; what is kept is already hidden where it is small.
    """
    here = regency()
    if here is None:
        return 0
    villages = [row.code for row in villages_of(here.code)]
    on = day(at)
    reached, lists, days = count_reached(on=on), _lists(on), _hand_overs()
    figures = [
        figure
        for programme in Programme.objects.order_by("code")
        for figure in _figures(
            programme,
            {v: reached.get((programme.pk, v), NOBODY) for v in villages},
            _standings(programme, villages, lists, days, on),
            at,
        )
    ]
    ProgrammeFigure.objects.all().delete()
    return len(ProgrammeFigure.objects.bulk_create(figures))


def _figures(
    programme: Programme,
    reached: Mapping[str, Reached],
    standings: Mapping[str, Standing],
    at: datetime,
) -> list[ProgrammeFigure]:
    parents = parents_of(reached)
    counts = {village: found.counts for village, found in reached.items()}
    shown = protected_tree(counts, parents)
    given: dict[str, int] = defaultdict(int)
    inside: dict[str, list[Standing]] = defaultdict(list)
    for village, found in reached.items():
        for place in _upward(village, parents):
            given[place] += found.given
            inside[place].append(standings[village])
    return [
        _figure(
            cells,
            given[place],
            together(inside[place]),
            ProgrammeFigure(programme=programme, region_code=place, counted_at=at),
        )
        for place, cells in shown.items()
    ]


def _figure(
    cells: Mapping[str, int | None],
    given: int,
    stands: Standing,
    figure: ProgrammeFigure,
) -> ProgrammeFigure:
    for name in COUNTS:
        setattr(figure, name, cells[TOTAL if name == "total" else name])
    figure.given = given if figure.given_here is not None else None
    figure.stage, figure.next_on = stands.stage, stands.next_on
    return figure


def parents_of(villages: Iterable[str]) -> dict[str, str]:
    """Return what encloses each village, and what encloses that."""
    above: dict[str, str] = {}
    for village in villages:
        kecamatan = ancestor(village, "kecamatan")
        above[village], above[kecamatan] = kecamatan, ancestor(village, "regency")
    return above


def _upward(place: str | None, parents: Mapping[str, str]) -> Iterable[str]:
    while place is not None:
        yield place
        place = parents.get(place)


def _standings(
    programme: Programme, villages: Iterable[str], lists: Lists, days: Days, on: date
) -> dict[str, Standing]:
    code = programme.pk
    return {
        village: standing(
            Course(
                programme.since,
                programme.until,
                programme.takes_reports,
                days.get((code, ancestor(village, "kecamatan")), ()),
            ),
            lists.get((code, village)),
            on=on,
        )
        for village in villages
    }


def _lists(on: date) -> dict[tuple[str, str], Listed]:
    """Return the lists of cycles that run; of two, the later cycle counts."""
    days: dict[int, list[date]] = defaultdict(list)
    for cycle_id, due_on in Tranche.objects.values_list("cycle_id", "due_on"):
        days[cycle_id].append(due_on)
    rows = VillageList.objects.filter(
        cycle__state=Cycle.State.OPEN, cycle__since__lte=on, cycle__until__gt=on
    )
    rows = rows.select_related("cycle").order_by("cycle__since", "cycle_id")
    return {
        (row.cycle.programme_id, row.village_code): Listed(
            row.state, day(row.due_at) if row.due_at else None, days[row.cycle_id]
        )
        for row in rows
    }


def _hand_overs() -> dict[tuple[str, str], list[date]]:
    days: dict[tuple[str, str], list[date]] = defaultdict(list)
    announced = Batch.objects.filter(state=Batch.State.READY)
    for programme, kecamatan, on in announced.values_list(
        "programme_id", "kecamatan_code", "hand_over_on"
    ):
        days[programme, kecamatan].append(on)
    return days
