"""Files of figures that somebody brought."""

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.roles import Permission
from smartkampung.recovery.economy.models import FigureFile as FigureFile
from smartkampung.recovery.economy.queries.here import must_see


def files_for(actor: Actor) -> QuerySet[FigureFile]:
    """Return the files that were brought, the latest first."""
    must_see(actor, Permission.ECONOMY_ENTER)
    return FigureFile.objects.order_by("-pk")


def file_for(actor: Actor, pk: int) -> FigureFile:
    """Return one file."""
    return get_object_or_404(files_for(actor), pk=pk)
