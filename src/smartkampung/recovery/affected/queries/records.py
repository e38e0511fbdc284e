"""The door to records and registrations: what an officer may see of them."""

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.roles import Permission
from smartkampung.recovery.affected.models import Affected, Registration
from smartkampung.regions.codes import reached


def affected_for(
    actor: Actor, permission: Permission = Permission.AFFECTED_VIEW
) -> QuerySet[Affected]:
    """Return the records inside the actor's regions for a permission."""
    inside = reached("region_code", actor.regions_where(permission))
    return Affected.objects.filter(inside).select_related("person__family", "sector")


def one_affected_for(
    actor: Actor, affected_id: int, permission: Permission = Permission.AFFECTED_VIEW
) -> Affected:
    """Return one record; 404 outside the actor's area."""
    return get_object_or_404(affected_for(actor, permission), pk=affected_id)


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


def registrations_to_tell(
    affected_id: int | None, registration_id: int
) -> list[Registration]:
    """Return who is to be told about a record, or about one registration; for jobs."""
    rows = Registration.objects.order_by("pk")
    if affected_id is not None:
        return list(rows.filter(affected=affected_id))
    return list(rows.filter(pk=registration_id))
