"""The door to people who asked by text to be called."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, QuerySet
from django.shortcuts import get_object_or_404

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.roles import Permission
from smartkampung.frontline.texting.models import Assist, Received
from smartkampung.kernel.small_cells import SMALLEST_SHOWN
from smartkampung.regions.codes import within
from smartkampung.residents.models import Person
from smartkampung.residents.queries.people import note_looks

ANSWER = Permission.TEXT_ANSWER
MOST_FAMILIES = 5


@dataclass(frozen=True)
class Caller:
    """A family on whose record the phone stands, as the one who calls may see it."""

    family_id: int
    head: str


def assists_for(actor: Actor) -> QuerySet[Assist]:
    """Return who asked to be called where the actor answers, the oldest date first."""
    here = within("region_code", actor.regions_where(ANSWER))
    return Assist.objects.filter(here).order_by("due_at", "pk")


def assist_for(actor: Actor, assist_id: int) -> Assist:
    """Return one; 404 outside the actor's area."""
    return get_object_or_404(assists_for(actor), pk=assist_id)


def callers_for(actor: Actor, assist: Assist) -> list[Caller]:
    """Return the families in the actor's area whose recorded phone this is.

    The looks at their heads are written down. Nobody is named to who may not see
    residents.
    """
    here = within("region_code", actor.regions_where(Permission.RESIDENT_VIEW))
    heads = Person.objects.filter(
        here,
        family__phone_index=assist.phone_index,
        status=Person.Status.LIVING,
        relation=1,
    ).order_by("pk")[:MOST_FAMILIES]
    rows = list(heads)
    note_looks(actor, rows, purpose="texting.assist")
    return [Caller(row.family_id, row.name) for row in rows]


def words_of_week(*, at: datetime) -> Mapping[str, int]:
    """Return how often each word was written in seven days, few left out."""
    rows = Received.objects.filter(at__gt=at - timedelta(days=7))
    found = rows.values_list("word").annotate(n=Count("pk"))
    return {word: n for word, n in found.order_by() if n >= SMALLEST_SHOWN}
