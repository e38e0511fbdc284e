"""Files of daily reports that somebody brought."""

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.roles import Permission
from smartkampung.reopening.signals.models import DayFile
from smartkampung.reopening.signals.queries.here import regency_for


def files_for(actor: Actor) -> QuerySet[DayFile]:
    """Return the files that were brought for the regency, the latest first."""
    here = regency_for(actor, Permission.SIGNAL_ENTER)
    return DayFile.objects.filter(region=here).order_by("-pk")


def file_for(actor: Actor, pk: int) -> DayFile:
    """Return one file; 404 outside."""
    return get_object_or_404(files_for(actor), pk=pk)
