"""The doors to exports; each knows who asks."""

from collections.abc import Iterator

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.roles import Permission
from smartkampung.regions.codes import within
from smartkampung.regions.models import Region
from smartkampung.regions.queries import villages_of
from smartkampung.residents.exports.models import Export
from smartkampung.residents.imports import files

__all__ = ["Export"]
MAY = Permission.REGISTRY_EXPORT
SUFFIX = {
    Export.Format.WORKBOOK: "xlsx",
    Export.Format.CSV: "csv",
    Export.Format.PEOPLE: "csv",
}


def exports_for(actor: Actor) -> QuerySet[Export]:
    """Return the exports of the actor's area, the latest first."""
    area = within("region_code", actor.regions_where(MAY))
    return Export.objects.filter(area).order_by("-asked_at", "-pk")


def export_for(actor: Actor, pk: int) -> Export:
    """Return one export; 404 outside the actor's area."""
    return get_object_or_404(exports_for(actor), pk=pk)


def villages_to_export(actor: Actor) -> QuerySet[Region]:
    """Return the villages whose people the actor may take out, by code."""
    return villages_of(*actor.regions_where(MAY))


def pieces_of(path: str) -> Iterator[bytes]:
    """Yield a finished file piece by piece."""
    return files.blocks_of(path)


def file_name_of(export: Export) -> str:
    """Return the name under which a browser stores the file."""
    village = export.region_code.replace(".", "")
    return f"penduduk-{village}-{export.mark}.{SUFFIX[Export.Format(export.format)]}"
