"""What anybody may read about aid; only what a job counted, hid and masked."""

import uuid
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.roles import Permission
from smartkampung.aid.disclosure.models import (
    ErrorFigure,
    ProgrammeFigure,
    Publication,
    PublishedName,
)
from smartkampung.aid.disclosure.rules import HARMLESS, Stage, State
from smartkampung.aid.models import Enrolment, Programme
from smartkampung.aid.queries.conflicts import running
from smartkampung.kernel.rls import Kind, act_as
from smartkampung.regions.codes import inside, within


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


@dataclass(frozen=True)
class Posted:
    """The list of one village, as it is posted."""

    publication: Publication
    village_code: str
    names: Sequence[tuple[int, str]]

    @property
    def number(self) -> str:
        """Return what stands at the top of the list, by which somebody objects."""
        return f"{self.publication.cycle_id}/{self.village_code}"

    @property
    def last_day(self) -> date:
        """Return the last day on which it hangs."""
        return self.publication.until - timedelta(days=1)


def reveals(programme: Programme, *, on: date) -> bool:
    """Say whether being on the list tells of pregnancy, disability or illness.

    One recipient with such a component is enough: leaving out only those would tell
    neighbours who they are.
    """
    listed = Enrolment.objects.filter(running(on), programme=programme)
    return listed.exclude(component__in=HARMLESS).exists()


def publications_for(actor: Actor) -> QuerySet[Publication]:
    """Return the lists that the actor's office asked to post, the latest first."""
    regions = actor.regions_where(Permission.PUBLICATION_MANAGE)
    rows = Publication.objects.filter(within("region_code", regions))
    return rows.select_related(
        "cycle__programme", "asked_by", "decided_by", "withdrawn_by"
    ).order_by("-asked_at")


def publication_for(actor: Actor, publication_id: uuid.UUID) -> Publication:
    """Return one of them; 404 outside the actor's jurisdiction."""
    return get_object_or_404(publications_for(actor), pk=publication_id)


def state_of(row: Publication, *, on: date) -> State:
    """Return how far a list is on a day."""
    if row.decided_at is None:
        return State.ASKED
    if not row.granted:
        return State.REFUSED
    if row.withdrawn_at is not None:
        return State.WITHDRAWN
    if on < row.since:
        return State.COMING
    return State.POSTED if on < row.until else State.OVER


def publicly_posted(programme: Programme, village: str, *, on: date) -> Posted | None:
    """Return the list of a village that anybody may read that day, if there is one.

    The transaction reads no other village afterwards: row-level security sees to it,
    and to the days.
    """
    act_as(Kind.PUBLIC, scope=[village])
    return _posted(in_force(on).filter(cycle__programme=programme), village)


def posted_for(actor: Actor, *, on: date) -> list[Posted]:
    """Return the lists that are posted in the actor's villages, without the names."""
    here = within("village_code", actor.regions_where(Permission.LIST_POST))
    rows = PublishedName.objects.filter(here, publication__in=in_force(on))
    found = rows.values_list("publication_id", "village_code").distinct()
    known = {row.pk: row for row in in_force(on)}
    return [
        Posted(known[row], village, ())
        for row, village in found.order_by("village_code")
    ]


def posted_list_for(
    actor: Actor, publication_id: uuid.UUID, village: str, *, on: date
) -> Posted:
    """Return the list of a village to print; 404 elsewhere and on other days."""
    regions = actor.regions_where(Permission.LIST_POST)
    if any(inside(village, region) for region in regions):
        posted = _posted(in_force(on).filter(pk=publication_id), village)
        if posted is not None:
            return posted
    raise Http404


def in_force(on: date) -> QuerySet[Publication]:
    """Return the lists that are posted on a day."""
    rows = Publication.objects.filter(
        running(on), granted=True, withdrawn_at=None, cycle__programme__sensitive=False
    )
    return rows.select_related("cycle__programme")


def _posted(rows: QuerySet[Publication], village: str) -> Posted | None:
    for row in rows.order_by("-since"):
        found = row.names.filter(village_code=village).order_by("number")
        names = list(found.values_list("number", "masked"))
        if names:
            return Posted(row, village, names)
    return None


@dataclass(frozen=True)
class Wording:
    """The errors under one wording of a rule; None is hidden."""

    number: int
    left_out: int | None
    let_in: int | None


@dataclass(frozen=True)
class Errors:
    """The errors of a programme in a place, by wording; None is hidden."""

    total: int | None
    wordings: Sequence[Wording]
    counted_at: datetime


def errors_in(programme: Programme | None, code: str) -> Errors | None:
    """Return what was proved in one place, or nothing when nothing was."""
    return _errors_of(programme, [code]).get(code)


def programmes_with_errors() -> list[Programme | None]:
    """Return the programmes of which an error was proved; None stands for no programme."""
    rows = ErrorFigure.objects.filter(number=None).select_related("programme")
    found = {row.programme_id: row.programme for row in rows}
    return sorted(found.values(), key=lambda row: row.name if row else "")


def errors_for(
    actor: Actor, programme: Programme | None, codes: Sequence[str]
) -> dict[str, Errors]:
    """Return the errors of a programme in those of some places that the actor sees."""
    regions = actor.regions_where(Permission.SUMMARY_VIEW)
    seen = [code for code in codes if any(inside(code, region) for region in regions)]
    return _errors_of(programme, seen)


def _errors_of(programme: Programme | None, codes: Sequence[str]) -> dict[str, Errors]:
    rows = ErrorFigure.objects.filter(programme=programme, region_code__in=codes)
    wordings: dict[str, list[Wording]] = defaultdict(list)
    totals = {}
    for row in rows.order_by("number"):
        if row.number is None:
            totals[row.region_code] = row
        else:
            wordings[row.region_code].append(
                Wording(row.number, row.left_out, row.let_in)
            )
    return {
        code: Errors(row.total, wordings[code], row.counted_at)
        for code, row in totals.items()
    }
