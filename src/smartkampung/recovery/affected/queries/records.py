"""The door to records and registrations: what an officer may see of them."""

import uuid
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Case, IntegerField, QuerySet, Value, When
from django.http import Http404
from django.shortcuts import get_object_or_404

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.roles import Permission
from smartkampung.intake.models import Upload
from smartkampung.recovery.affected.models import (
    Affected,
    Confirmation,
    FollowUp,
    Registration,
    Situation,
    Verdict,
)
from smartkampung.recovery.affected.rules.course import State
from smartkampung.recovery.affected.rules.registration import VERIFY_DUE
from smartkampung.regions.codes import reached, spread
from smartkampung.residents.queries import note_looks

PURPOSE = "affected.record"


@dataclass(frozen=True)
class Filter:
    """What an officer narrows the list to; empty means all."""

    state: str = ""
    place: str = ""
    sector: str = ""
    kind: str = ""
    late: bool = False


@dataclass(frozen=True)
class File:
    """A record with everything that was told, answered, decided and seen."""

    case: Affected
    registrations: list[Registration]
    confirmations: list[Confirmation]
    verdicts: list[Verdict]
    situations: list[Situation]
    follow_ups: list[FollowUp]
    again: Affected | None


def affected_for(
    actor: Actor, permission: Permission = Permission.AFFECTED_VIEW
) -> QuerySet[Affected]:
    """Return the records inside the actor's regions for a permission.

    Whoever shows rows of it must call ``note_looks`` with the people.
    """
    inside = reached("region_code", actor.regions_where(permission))
    return Affected.objects.filter(inside).select_related("person__family", "sector")


def one_affected_for(
    actor: Actor, affected_id: int, permission: Permission = Permission.AFFECTED_VIEW
) -> Affected:
    """Return one record; 404 outside the actor's area."""
    return get_object_or_404(affected_for(actor, permission), pk=affected_id)


def narrowed(
    rows: QuerySet[Affected], by: Filter, *, at: datetime
) -> QuerySet[Affected]:
    """Return the records of a filter: those that wait first, the oldest on top."""
    if by.state:
        rows = rows.filter(state=by.state)
    if by.place:
        rows = rows.filter(spread("region_code", by.place))
    if by.sector:
        rows = rows.filter(sector=by.sector)
    if by.kind:
        rows = rows.filter(kind=by.kind)
    if by.late:
        rows = rows.filter(state=State.TO_VERIFY, opened_at__lt=at - VERIFY_DUE)
    first = Case(
        When(state=State.TO_VERIFY, then=Value(0)),
        default=Value(1),
        output_field=IntegerField(),
    )
    return rows.order_by(first, "opened_at", "pk")


def file_for(
    actor: Actor, affected_id: int, permission: Permission = Permission.AFFECTED_VIEW
) -> File:
    """Return a record with its whole file, and write the look down; 404 outside."""
    case = one_affected_for(actor, affected_id, permission)
    note_looks(actor, [case.person], purpose=PURPOSE, permission=permission)
    rows = case.registrations.select_related("registered_by", "sector", "photo")
    return File(
        case=case,
        registrations=list(rows.order_by("sent_at", "pk")),
        confirmations=list(case.confirmations.order_by("asked_at", "pk")),
        verdicts=list(case.verdicts.select_related("decider").order_by("pk")),
        situations=list(case.situations.order_by("-told_at", "-pk")),
        follow_ups=list(case.follow_ups.order_by("months")),
        again=Affected.objects.filter(again_after=case).first(),
    )


def registrations_for(
    actor: Actor, permission: Permission = Permission.AFFECTED_VIEW
) -> QuerySet[Registration]:
    """Return the registrations inside the actor's regions for a permission."""
    inside = reached("region_code", actor.regions_where(permission))
    return Registration.objects.filter(inside).select_related("sector")


def registration_for(
    actor: Actor,
    registration_id: int,
    permission: Permission = Permission.AFFECTED_VERIFY,
) -> Registration:
    """Return one registration; 404 outside the actor's area."""
    return get_object_or_404(registrations_for(actor, permission), pk=registration_id)


def to_match_for(actor: Actor) -> QuerySet[Registration]:
    """Return the registrations whose person the village has still to name."""
    rows = registrations_for(actor, Permission.AFFECTED_VERIFY)
    return rows.filter(state=Registration.State.TO_MATCH).order_by("sent_at", "pk")


def follow_up_for(actor: Actor, follow_up_id: int) -> FollowUp:
    """Return one look at somebody who recovered; 404 outside the actor's area."""
    inside = reached(
        "affected__region_code", actor.regions_where(Permission.AFFECTED_VERIFY)
    )
    rows = FollowUp.objects.select_related("affected__person", "affected__sector")
    return get_object_or_404(rows.filter(inside), pk=follow_up_id)


def photo_for(actor: Actor, affected_id: int, upload_id: uuid.UUID) -> Upload:
    """Return a photo that came with a record; 404 for any other, or outside."""
    case = one_affected_for(actor, affected_id)
    if not case.registrations.filter(photo=upload_id).exists():
        raise Http404
    return get_object_or_404(Upload, pk=upload_id)


def registrations_to_tell(
    affected_id: int | None, registration_id: int
) -> list[Registration]:
    """Return who is to be told about a record, or about one registration; for jobs."""
    rows = Registration.objects.order_by("pk")
    if affected_id is not None:
        return list(rows.filter(affected=affected_id))
    return list(rows.filter(pk=registration_id))
