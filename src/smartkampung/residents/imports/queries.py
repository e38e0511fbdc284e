"""The doors to imports and reviews; each knows who asks."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.shortcuts import get_object_or_404

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.roles import Permission
from smartkampung.regions.codes import within
from smartkampung.regions.models import Region
from smartkampung.regions.queries import villages_of
from smartkampung.residents.imports import files
from smartkampung.residents.imports.boxes import opened
from smartkampung.residents.imports.models import (
    Import,
    ImportProgress,
    ImportReview,
    ImportRow,
)
from smartkampung.residents.imports.reading.records import (
    DecileDraft,
    PersonDraft,
    RecipientDraft,
)
from smartkampung.residents.models import Person
from smartkampung.residents.queries.people import note_looks

__all__ = ["Case", "Import", "ImportProgress", "ImportReview", "Line"]
MAY = Permission.REGISTRY_IMPORT
FIELDS = {
    draft.__name__: draft._fields
    for draft in (PersonDraft, DecileDraft, RecipientDraft)
}


@dataclass(frozen=True)
class Line:
    """One row of a preview as people may read it."""

    row: ImportRow
    content: dict[str, Any]


@dataclass(frozen=True)
class Case:
    """One review: what the file says, and the person it contradicts.

    ``person`` is nobody when they live outside the actor's area.
    """

    review: ImportReview
    draft: dict[str, Any]
    person: Person | None


def imports_for(actor: Actor) -> QuerySet[Import]:
    """Return the imports of the actor's area, the latest first."""
    area = within("region_code", actor.regions_where(MAY))
    return Import.objects.filter(area).order_by("-received_at", "-pk")


def import_for(actor: Actor, pk: int) -> Import:
    """Return one import; 404 outside the actor's area."""
    return get_object_or_404(imports_for(actor), pk=pk)


def villages_to_import(actor: Actor) -> QuerySet[Region]:
    """Return the villages that the actor may import for, by code."""
    return villages_of(*actor.regions_where(MAY))


def progress_of(imported: Import) -> ImportProgress | None:
    """Return how far a running import is, if it has said so."""
    return ImportProgress.objects.filter(batch_id=imported.pk).first()


def rows_of(imported: Import, outcome: str) -> QuerySet[ImportRow]:
    """Return the rows of one outcome, in the order of the file."""
    return imported.rows.filter(outcome=outcome).order_by("line", "pk")


def lines(actor: Actor, rows: list[ImportRow]) -> list[Line]:
    """Open rows for a page, and write down whose records are shown on it."""
    ids = [row.person_id for row in rows if row.person_id]
    here = within("region_code", actor.regions_where(MAY))
    people = list(Person.objects.filter(here, pk__in=ids).only("pk"))
    note_looks(actor, people, purpose="import.preview", permission=MAY)
    return [Line(row, opened(row.box)) for row in rows]


def same_file_before(imported: Import) -> Import | None:
    """Return the applied import of the very same file, if there was one."""
    rows = Import.objects.filter(
        file_hash=imported.file_hash,
        region_code=imported.region_code,
        applied_at__isnull=False,
        undone_at=None,
    ).exclude(pk=imported.pk)
    return rows.order_by("-applied_at").first()


def rejections_of(imported: Import) -> Iterator[bytes] | None:
    """Return the workbook of rejected rows, piece by piece; nothing when none."""
    if not imported.rejections_path:
        return None
    return files.blocks_of(imported.rejections_path)


def reviews_for(actor: Actor) -> QuerySet[ImportReview]:
    """Return what waits for the actor: of their villages, and moves away from them."""
    area = actor.regions_where(MAY)
    place = within("region_code", area) | (
        ~Q(other_region="") & within("other_region", area)
    )
    return ImportReview.objects.filter(place).order_by("opened_at", "pk")


def open_reviews(actor: Actor) -> QuerySet[ImportReview]:
    """Return the reviews that nobody has decided yet."""
    return reviews_for(actor).filter(decided_at=None)


def case_for(actor: Actor, pk: int) -> Case:
    """Return one review with its two sides, and write the look down; 404 outside."""
    review = get_object_or_404(reviews_for(actor).select_related("batch"), pk=pk)
    return cases(actor, [review])[0]


def cases(actor: Actor, reviews: list[ImportReview]) -> list[Case]:
    """Return both sides of reviews; people outside the area are left out.

    Writes down whose records are shown.
    """
    here = within("region_code", actor.regions_where(MAY))
    ids = [review.person_id for review in reviews if review.person_id]
    rows = Person.objects.filter(here, pk__in=ids).select_related("family")
    people = rows.in_bulk()
    note_looks(actor, people.values(), purpose="import.review", permission=MAY)
    return [
        Case(review, _said(review), people.get(review.person_id or 0))
        for review in reviews
    ]


def _said(review: ImportReview) -> dict[str, Any]:
    content = opened(review.box)
    return dict(zip(FIELDS[content["kind"]], content["draft"], strict=False))
