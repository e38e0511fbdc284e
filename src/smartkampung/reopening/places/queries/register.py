"""Reads of the register: for officers by area, for owners by code, for everybody."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Case, Exists, OuterRef, Q, QuerySet, Subquery, Value, When
from django.shortcuts import get_object_or_404

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.roles import Permission
from smartkampung.intake.models import Upload
from smartkampung.intake.queries import Followed, case_by_code
from smartkampung.intake.rules import read_code
from smartkampung.kernel.sealed import blind_indexes
from smartkampung.regions.codes import village_of, within
from smartkampung.reopening.guidance.rules.kinds import Setting
from smartkampung.reopening.guidance.rules.phases import may_come
from smartkampung.reopening.pilots.queries.regime import Regime, regime_on
from smartkampung.reopening.places.models import (
    Certificate,
    Complaint,
    Inspection,
    InspectionPhoto,
    Place,
    SelfAssessment,
    Suspension,
)
from smartkampung.reopening.places.rules.standing import (
    Standing,
    State,
    Suspending,
)

COMPLAINT_KIND = "places.complaint"


@dataclass(frozen=True)
class Room:
    """How many people a place may hold on a day, and by what. ``percent`` 0 is closed.

    Nobody comes into a place while it is suspended, whatever its village may do.
    """

    most: int
    percent: int
    regime: Regime | None
    colour_closes: bool
    suspended: bool = False


@dataclass(frozen=True)
class Complained:
    """A complaint as its code opens it."""

    complaint: Complaint
    case: Followed


@dataclass(frozen=True)
class File:
    """Everything about a place, the latest first."""

    place: Place
    inspections: Sequence[Inspection]
    assessments: Sequence[SelfAssessment]
    suspensions: Sequence[Suspension]
    complaints: Sequence[Complaint]
    certificates: Sequence[Certificate]


def places_for(actor: Actor, permission: Permission) -> QuerySet[Place]:
    """Return the places where a permission holds, by name.

    Who heads an RT or RW sees those of its village: that is where its people go.
    """
    regions = actor.regions_where(permission)
    if permission == Permission.PLACE_VIEW:
        regions = tuple({village_of(code) for code in regions})
    return Place.objects.filter(within("region_code", regions)).order_by("name", "pk")


def place_for(actor: Actor, place_id: int, permission: Permission) -> Place:
    """Return one place; 404 outside the actor's area."""
    return get_object_or_404(places_for(actor, permission), pk=place_id)


def with_standing(rows: QuerySet[Place], on: date) -> QuerySet[Any]:
    """Annotate ``standing``: what the certificate is worth on a day, "" for none."""
    held = Suspension.objects.filter(place=OuterRef("pk"), state=Suspending.OPEN)
    latest = Certificate.objects.filter(place=OuterRef("pk")).order_by("-at", "-pk")
    rows = rows.annotate(
        held=Exists(held),
        ended=Subquery(latest.values("ended")[:1]),
        until=Subquery(latest.values("until")[:1]),
    )
    return rows.annotate(
        standing=Case(
            When(until=None, held=True, then=Value(Standing.SUSPENDED.value)),
            When(until=None, then=Value("")),
            When(~Q(ended=""), then=Value(Standing.WITHDRAWN.value)),
            When(held=True, then=Value(Standing.SUSPENDED.value)),
            When(until__lte=on, then=Value(Standing.EXPIRED.value)),
            default=Value(Standing.VALID.value),
        )
    )


def narrowed(
    rows: QuerySet[Any], *, region: str, kind: str, state: str, standing: str | None
) -> QuerySet[Any]:
    """Return the places of a filter; None and "" narrow nothing but ``standing``.

    An empty ``standing`` means: without a certificate.
    """
    if region:
        rows = rows.filter(within("region_code", [region]))
    if kind:
        rows = rows.filter(kind=kind)
    if state:
        rows = rows.filter(state=state)
    return rows if standing is None else rows.filter(standing=standing)


def certified(on: date, *, village: str = "", kind: str = "") -> QuerySet[Any]:
    """Return the places that everybody may know of: with a certificate valid on a day."""
    rows = with_standing(Place.objects.filter(state=State.REGISTERED), on)
    rows = rows.filter(standing=Standing.VALID)
    if village:
        rows = rows.filter(within("region_code", [village]))
    if kind:
        rows = rows.filter(kind=kind)
    return rows.order_by("name", "pk")


def public_place(place_id: int) -> Place:
    """Return a registered place for everybody; 404 for one that is not registered."""
    return get_object_or_404(Place, pk=place_id, state=State.REGISTERED)


def place_by_code(typed: str) -> Place | None:
    """Return the place that its owner's code opens. Such a code does not run out."""
    printed = read_code(typed)
    if printed is None:
        return None
    rows = Place.objects.filter(code_hash__in=blind_indexes(printed, "tracking"))
    return rows.first()


def room_on(place: Place, on: date) -> Room:
    """Return how many people may be in a place on a day; nobody before any guidance."""
    regime = regime_on(place.region_code, on)
    percent = regime.capacity[Setting(place.kind)] if regime else 0
    by_phase = regime.phase.settings[Setting(place.kind)] if regime else 0
    if Suspension.objects.filter(place=place, state=Suspending.OPEN).exists():
        return Room(0, 0, regime, False, suspended=True)
    return Room(may_come(place.capacity, percent), percent, regime, percent < by_phase)


def file_of(place: Place) -> File:
    """Return everything about a place. Whoever calls asked for the place itself."""
    return File(
        place=place,
        inspections=list(
            place.inspections.select_related("protocol")
            .prefetch_related("photos__upload")
            .order_by("-at", "-pk")
        ),
        assessments=list(
            place.assessments.select_related("protocol").order_by("-at", "-pk")
        ),
        suspensions=list(place.suspensions.order_by("-proposed_at", "-pk")),
        complaints=list(place.complaints.order_by("-at", "-pk")),
        certificates=list(place.certificates.order_by("-at", "-pk")),
    )


def suspension_for(
    actor: Actor, suspension_id: int, permission: Permission
) -> Suspension:
    """Return one suspension; 404 outside the actor's area."""
    places = places_for(actor, permission)
    rows = Suspension.objects.filter(place__in=places).select_related("place")
    return get_object_or_404(rows, pk=suspension_id)


def complaints_for(actor: Actor, permission: Permission) -> QuerySet[Complaint]:
    """Return the complaints about places of an actor: open ones, the oldest first."""
    rows = Complaint.objects.filter(place__in=places_for(actor, permission))
    return rows.select_related("place").order_by("answered_at", "at", "pk")


def complaint_for(actor: Actor, complaint_id: int, permission: Permission) -> Complaint:
    """Return one complaint; 404 outside the actor's area."""
    return get_object_or_404(complaints_for(actor, permission), pk=complaint_id)


def complaint_by_code(typed: str, *, at: datetime) -> Complained | None:
    """Return the complaint that a code opens, or None when it opens nothing now."""
    case = case_by_code(typed, at=at)
    if case is None or case.kind != COMPLAINT_KIND:
        return None
    rows = Complaint.objects.select_related("place")
    row = rows.filter(code_hash=case.code_hash).first()
    return Complained(row, case) if row else None


def photo_for(actor: Actor, upload_id: UUID, permission: Permission) -> Upload:
    """Return a photo of a visit or complaint; 404 outside the actor's area."""
    places = places_for(actor, permission)
    visits = InspectionPhoto.objects.filter(inspection__place__in=places)
    told = Complaint.objects.filter(place__in=places, photo__isnull=False)
    seen = Q(pk__in=visits.values("upload")) | Q(pk__in=told.values("photo"))
    return get_object_or_404(Upload, seen, pk=upload_id)
