"""The door to people in isolation: who is present, and who came by to see them."""

import uuid
from datetime import datetime
from typing import Any

from django.db.models import Max, Prefetch, Q, QuerySet
from django.shortcuts import get_object_or_404

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.roles import Permission
from smartkampung.isolation.arrival.models import (
    Departure,
    Screening,
    SupervisionVisit,
)
from smartkampung.isolation.models import BedUse, Stay
from smartkampung.isolation.rules.states import StayState
from smartkampung.regions.codes import within
from smartkampung.worklist.queries import waits

ENDED = (StayState.RELEASED, StayState.HOSPITAL, StayState.LOST)


def people_for(actor: Actor, permission: Permission) -> QuerySet[Stay]:
    """Return everybody who came or comes to isolate in the actor's regions."""
    here = within("reservation__region_code", actor.regions_where(permission))
    uses = BedUse.objects.select_related("bed__room").order_by("during")
    rows = Stay.objects.filter(here).select_related("reservation__house")
    return rows.prefetch_related(Prefetch("beds", uses))


def present_for(actor: Actor, permission: Permission) -> QuerySet[Any]:
    """Return who is present, those first whom nobody saw for longest.

    ``seen_at`` is the last visit that found them; ``gone`` an absence not ended.
    """
    rows = people_for(actor, permission).filter(state=StayState.PRESENT)
    seen = Max("visits__at", filter=Q(visits__found="present"))
    gone = Max("departures__at", filter=Q(departures__ended_at=None))
    return rows.annotate(seen_at=seen, gone=gone).order_by(
        "seen_at", "present_at", "pk"
    )


def left_for(actor: Actor, permission: Permission, *, since: datetime) -> QuerySet[Any]:
    """Return whose stay ended after a moment, however it did, the latest first."""
    rows = people_for(actor, permission).filter(
        state__in=ENDED, present_at__isnull=False, ended_at__gt=since
    )
    seen = Max("visits__at", filter=Q(visits__found="present"))
    return rows.annotate(seen_at=seen).order_by("-ended_at", "pk")


def person_for(actor: Actor, stay_id: int, permission: Permission) -> Stay:
    """Return one stay of the actor's regions; 404 for everybody else's."""
    return get_object_or_404(people_for(actor, permission), pk=stay_id)


def visits_of(stay: Stay) -> QuerySet[SupervisionVisit]:
    """Return the visits to somebody, the newest first."""
    return stay.visits.select_related("officer").order_by("-at")


def departures_of(stay: Stay) -> QuerySet[Departure]:
    """Return when somebody left without permission, the newest first."""
    return stay.departures.order_by("-at")


def visit_for(actor: Actor, visit_id: uuid.UUID) -> SupervisionVisit:
    """Return one visit of the actor's regions; 404 for everybody else's."""
    here = within(
        "stay__reservation__region_code", actor.regions_where(Permission.STAY_VIEW)
    )
    rows = SupervisionVisit.objects.filter(here).select_related("photo", "stay")
    return get_object_or_404(rows, pk=visit_id)


def departure_for(actor: Actor, departure_id: int) -> Departure:
    """Return one departure of the actor's regions; 404 for everybody else's."""
    here = within(
        "stay__reservation__region_code",
        actor.regions_where(Permission.ESCALATION_ANSWER),
    )
    rows = Departure.objects.filter(here).select_related("stay__reservation__house")
    return get_object_or_404(rows, pk=departure_id)


def screenings_for(actor: Actor, stay_id: int) -> tuple[Stay, list[Screening]]:
    """Return somebody with what the checkpoint measured: for health workers only."""
    stay = person_for(actor, stay_id, Permission.ISOLATION_HEALTH_VIEW)
    rows = stay.screenings.select_related("passage").order_by("-at")
    return stay, list(rows)


def is_referred(stay: Stay) -> bool:
    """Say whether the Puskesmas has still to follow somebody to the hospital."""
    return waits(stay)
