"""What anybody may read about aid; only of figures that a job counted and hid."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet
from django.http import Http404

from smartkampung.aid.disclosure.models import ProgrammeFigure
from smartkampung.aid.disclosure.rules import Stage
from smartkampung.aid.models import Programme


@dataclass(frozen=True)
class Figure:
    """One programme in one place; None is hidden, because it would point at people."""

    programme: Programme
    region_code: str
    total: int | None
    received: int | None
    waiting: int | None
    given: int | None
    stage: Stage
    next_on: date | None
    counted_at: datetime


def public_programme(code: str) -> Programme:
    """Return a programme that has figures; 404 for any other."""
    row = Programme.objects.filter(pk=code, figures__isnull=False).first()
    if row is None:
        raise Http404
    return row


def figures_of(programme: Programme, codes: Iterable[str]) -> dict[str, Figure]:
    """Return the figures of one programme in some places, by place, in one query."""
    rows = _figures().filter(programme=programme, region_code__in=list(codes))
    return {row.region_code: _figure(row) for row in rows}


def figures_in(code: str) -> list[Figure]:
    """Return the figures of every programme in a place, by name, in one query."""
    rows = _figures().filter(region_code=code).order_by("programme__name")
    return [_figure(row) for row in rows]


def _figures() -> QuerySet[ProgrammeFigure]:
    return ProgrammeFigure.objects.select_related("programme")


def _figure(row: ProgrammeFigure) -> Figure:
    received = None
    if row.total is not None and row.waiting is not None:
        received = row.total - row.waiting
    return Figure(
        programme=row.programme,
        region_code=row.region_code,
        total=row.total,
        received=received,
        waiting=row.waiting,
        given=row.given,
        stage=Stage(row.stage),
        next_on=row.next_on,
        counted_at=row.counted_at,
    )
