"""The door to complaints: by their code, or for those who did not hand out there."""

from django.db.models import F, QuerySet
from django.db.models.functions import Left
from django.shortcuts import get_object_or_404

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.roles import Permission
from smartkampung.aid.models import Complaint, Handover
from smartkampung.intake.rules import read_code
from smartkampung.kernel.rls import Kind, act_as
from smartkampung.kernel.sealed import blind_index
from smartkampung.regions.codes import within

PURPOSE = "aid.complaint"
VILLAGE_LETTERS = 13


def hash_of(code: str) -> bytes:
    """Return the keyed hash under which the code of a complaint is kept."""
    return blind_index(code, PURPOSE)


def by_code(typed: str) -> Complaint | None:
    """Return the complaint that a code opens, to the public."""
    code = read_code(typed)
    if code is None:
        return None
    act_as(Kind.PUBLIC, tracking=hash_of(code))
    rows = Complaint.objects.select_related("programme")
    return rows.filter(code_hash=hash_of(code)).first()


def complaints_for(actor: Actor, permission: Permission) -> QuerySet[Complaint]:
    """Return the complaints in the actor's regions, those that wait first.

    None about a village where the actor ever recorded a hand-over, whatever office
    they hold now.
    """
    recorded = Handover.objects.filter(recorded_by=actor.staff_id)
    villages = recorded.values_list(
        Left("entitlement__region_code", VILLAGE_LETTERS)
    ).distinct()
    return (
        Complaint.objects.filter(within("region_code", actor.regions_where(permission)))
        .exclude(region_code__in=villages)
        .select_related("programme", "answered_by")
        .order_by(F("answered_at").desc(nulls_first=True), "due_at", "pk")
    )


def complaint_for(actor: Actor, complaint_id: int, permission: Permission) -> Complaint:
    """Return one complaint; 404 for everybody who may not see it."""
    return get_object_or_404(complaints_for(actor, permission), pk=complaint_id)
