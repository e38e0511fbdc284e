"""Files of cases that somebody brought."""

from django.db.models import Q, QuerySet
from django.shortcuts import get_object_or_404

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.roles import Permission
from smartkampung.regions.codes import reached
from smartkampung.reopening.cases.models import CaseFile
from smartkampung.residents.imports import files

MAY = Permission.CASE_RECORD


def files_for(actor: Actor) -> QuerySet[CaseFile]:
    """Return the files of the actor's area and their own, the latest first."""
    inside = reached("region_code", actor.regions_where(MAY))
    own = Q(brought_by=actor.staff_id)
    return CaseFile.objects.filter(inside | own).order_by("-pk")


def file_for(actor: Actor, pk: int) -> CaseFile:
    """Return one file; 404 outside."""
    return get_object_or_404(files_for(actor), pk=pk)


def rejected_rows(row: CaseFile) -> bytes | None:
    """Return the workbook of the rows that cannot be taken, if there are any."""
    if not row.rejected_path:
        return None
    return b"".join(files.blocks_of(row.rejected_path))
