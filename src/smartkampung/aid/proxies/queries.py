"""The door to proxies."""

from datetime import date

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.roles import Permission
from smartkampung.aid.models import Collection, Proxy
from smartkampung.kernel.rls import as_job
from smartkampung.regions.codes import within
from smartkampung.residents.models import Person


def proxies_for(actor: Actor, permission: Permission) -> QuerySet[Proxy]:
    """Return the proxies of people inside the actor's regions, the newest first."""
    here = within("person__region_code", actor.regions_where(permission))
    rows = Proxy.objects.filter(here)
    return rows.select_related("person", "asked_by", "decided_by").order_by("-pk")


def proxy_for(actor: Actor, proxy_id: int, permission: Permission) -> Proxy:
    """Return one proxy; 404 outside the actor's jurisdiction."""
    return get_object_or_404(proxies_for(actor, permission), pk=proxy_id)


def represented_for(actor: Actor, person_id: int) -> Person:
    """Return a person who may name a proxy; 404 outside the jurisdiction."""
    regions = actor.regions_where(Permission.PROXY_RECORD)
    here = Person.objects.filter(within("region_code", regions))
    return get_object_or_404(here, pk=person_id)


def standing_for(person_id: int, *, on: date) -> Proxy | None:
    """Return who may collect for a person on a day."""
    rows = Proxy.objects.filter(person=person_id, state=Proxy.State.IN_FORCE)
    return rows.filter(since__lte=on, until__gte=on).first()


def collected(proxy: Proxy, *, on: date) -> int:
    """Return for how many people this proxy collected on a day, wherever they live."""
    rows = Collection.objects.filter(nik_index=proxy.nik_index, on=on)
    with as_job():
        return rows.count()
