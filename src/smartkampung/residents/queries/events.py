"""What happened: in an area, to a person, and what a domain has not yet acted on."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.roles import Permission
from smartkampung.regions.codes import within
from smartkampung.residents.life.models import LifeEvent as LifeEvent
from smartkampung.residents.life.models import LifeEventTaken
from smartkampung.residents.models import Person

# A job that is merely slow is not overlooked; what is older than this was looked at.
PATIENCE, LOOKS_BACK = timedelta(minutes=15), timedelta(days=60)


def events_for(
    actor: Actor, *, permission: Permission = Permission.RESIDENT_VIEW
) -> QuerySet[LifeEvent]:
    """Return what happened in the actor's area, the latest first.

    Whoever moved from one village to another is on the list of both. Whoever shows
    rows of it must call ``note_looks`` with the people.
    """
    regions = actor.regions_where(permission)
    here = (
        within("left_region", regions)
        | within("joined_region", regions)
        | Q(left_region="", joined_region="") & within("person__region_code", regions)
    )
    rows = LifeEvent.objects.filter(here).select_related("person")
    return rows.order_by("-happened_on", "-pk")


def events_of(person: Person) -> Sequence[LifeEvent]:
    """Return what happened to one person, the latest first."""
    rows = LifeEvent.objects.filter(person=person)
    return list(rows.order_by("-happened_on", "-pk"))


def overlooked(domain: str, *, at: datetime) -> list[int]:
    """Return the recent events that a domain has not acted on though it had time to."""
    acted = LifeEventTaken.objects.filter(domain=domain, event=OuterRef("pk"))
    rows = LifeEvent.objects.filter(
        ~Exists(acted), recorded_at__gt=at - LOOKS_BACK, recorded_at__lt=at - PATIENCE
    )
    return list(rows.order_by("pk").values_list("pk", flat=True)[:1000])
