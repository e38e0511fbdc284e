"""The door to grievances: by their code, or for offices that may see them."""

from datetime import date, datetime

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.shortcuts import get_object_or_404

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.models import Staff
from smartkampung.accounts.queries import actor_for
from smartkampung.accounts.queries.holding import holding
from smartkampung.accounts.roles import Permission, Role
from smartkampung.aid.cycles.rules.proposals import ProposalState
from smartkampung.aid.grievances.rules import (
    ABOUT_MONEY,
    CLOSED,
    KEPT_FROM_BELOW,
    Desk,
    Kind,
    Office,
    Remedy,
    State,
    cycle_of,
)
from smartkampung.aid.models import (
    Entitlement,
    Grievance,
    GrievanceEvent,
    Handover,
    Proposal,
)
from smartkampung.aid.queries.handover import finished, in_payment
from smartkampung.intake.rules import CASE_LIFE, read_code
from smartkampung.kernel.rls import Kind as Acting
from smartkampung.kernel.rls import act_as
from smartkampung.kernel.sealed import blind_index
from smartkampung.regions.codes import inside, within
from smartkampung.residents.corrections.models import Correction

PURPOSE = "aid.grievance"
SEES = Permission.GRIEVANCE_VIEW
HANDLES: dict[Desk, Permission] = {
    Desk.VILLAGE: Permission.GRIEVANCE_ANSWER,
    Desk.KECAMATAN: Permission.GRIEVANCE_REVIEW,
    Desk.REGENCY: Permission.GRIEVANCE_SETTLE,
}
WORKS_AT: dict[Role, Office] = {
    Role.RT_HEAD: Office.RT_RW,
    Role.RW_HEAD: Office.RT_RW,
    Role.VILLAGE_OFFICER: Office.VILLAGE_OFFICER,
    Role.VILLAGE_HEAD: Office.VILLAGE_HEAD,
    Role.KECAMATAN_OFFICER: Office.KECAMATAN,
    Role.DINSOS: Office.DINSOS,
}


def hash_of(code: str) -> bytes:
    """Return the keyed hash under which the code of a grievance is kept."""
    return blind_index(code, PURPOSE)


def by_code(typed: str, *, at: datetime) -> Grievance | None:
    """Return the grievance that a code opens, to the public.

    For a year after it was decided; one that waits opens however long that takes.
    """
    code = read_code(typed)
    if code is None:
        return None
    act_as(Acting.PUBLIC, tracking=hash_of(code))
    rows = Grievance.objects.select_related("programme")
    opens = Q(decided_at=None) | Q(decided_at__gt=at - CASE_LIFE)
    return rows.filter(opens, code_hash=hash_of(code)).first()


def events_of(row: Grievance) -> list[GrievanceEvent]:
    """Return what happened to a grievance, in order."""
    return list(row.events.select_related("by").order_by("at", "pk"))


def grievances_for(actor: Actor, permission: Permission = SEES) -> QuerySet[Grievance]:
    """Return the grievances that the actor may see, those that wait first.

    Never one about the actor, nor about a cut from aid that they handed out; conduct,
    cuts and lists only from the desk upwards, and never to somebody of the very office
    complained about, known or not. Who oversees sees by that permission only what is
    told about Dinsos.
    """
    regions = actor.regions_where(permission)
    kept = Q(kind__in=KEPT_FROM_BELOW)
    here = ~kept & within("region_code", regions)
    own = {WORKS_AT[role] for role in actor.roles if role in WORKS_AT}
    above = kept & within("desk_code", regions) & ~Q(office__in=own)
    seen = here | above
    if permission == Permission.GRIEVANCE_OVERSEE:
        seen = above & Q(office=Office.DINSOS)
    mine = Handover.objects.filter(
        entitlement__family=OuterRef("person__family"), recorded_by=actor.staff_id
    )
    return (
        Grievance.objects.filter(seen)
        .exclude(Q(kind=Kind.PAID_LESS) & Exists(mine))
        .filter(Q(about=None) | ~Q(about=actor.staff_id))
        .select_related("programme", "taken_by", "decided_by")
        .order_by(F("decided_at").desc(nulls_first=True), "due_at", "pk")
    )


def grievance_for(
    actor: Actor, grievance_id: int, permission: Permission = SEES
) -> Grievance:
    """Return one grievance; 404 for everybody who may not see it."""
    return get_object_or_404(grievances_for(actor, permission), pk=grievance_id)


def counts_by_kind(rows: QuerySet[Grievance]) -> dict[str, int]:
    """Return how many there are of each kind, in one query."""
    found = rows.order_by().values("kind").annotate(n=Count("pk"))
    return dict(found.values_list("kind", "n"))


def waiting(rows: QuerySet[Grievance]) -> QuerySet[Grievance]:
    """Return those that are not decided yet."""
    return rows.exclude(state__in=CLOSED)


def at_desk(actor: Actor, row: Grievance) -> bool:
    """Say whether the grievance lies with the actor's office."""
    if row.office == Office.DINSOS:
        return actor.may_in(Permission.GRIEVANCE_OVERSEE, row.desk_code)
    return actor.may_in(HANDLES[Desk(row.desk)], row.desk_code)


def sees_desk(officer: Staff, desk_code: str, *, on: date) -> bool:
    """Say whether a list of work at a place reaches an officer."""
    actor = actor_for(officer, on=on)
    permissions = (*HANDLES.values(), Permission.REPORT_VIEW, SEES)
    return any(
        inside(desk_code, region)
        for permission in permissions
        for region in actor.regions_where(permission)
    )


def handed_out_by(row: Grievance) -> QuerySet[Staff]:
    """Return who recorded hand-overs to the family that a grievance is about."""
    if row.person is None:
        return Staff.objects.none()
    calls = Handover.objects.filter(entitlement__family=row.person.family_id)
    return Staff.objects.filter(pk__in=calls.values("recorded_by")).order_by("pk")


def officers_near(row: Grievance, *, on: date) -> QuerySet[Staff]:
    """Return who holds an office of the kind complained about, in that place."""
    roles = [role for role, office in WORKS_AT.items() if office == row.office]
    above = [row.region_code.rpartition(".")[0]]
    above.append(above[0].rpartition(".")[0])
    held = holding(on).filter(
        within("region__code", [row.region_code]) | Q(region_id__in=above),
        role__in=roles,
    )
    return Staff.objects.filter(pk__in=held.values("staff")).order_by("full_name")


def dues_of(row: Grievance) -> QuerySet[Entitlement]:
    """Return what the family of the person was entitled to, the newest first."""
    if row.person is None or row.kind not in ABOUT_MONEY:
        return Entitlement.objects.none()
    rows = Entitlement.objects.filter(family=row.person.family_id)
    return rows.select_related("programme", "batch").order_by("-period", "-pk")


def givable(row: Grievance) -> QuerySet[Entitlement]:
    """Return what can still be handed over or paid: neither out, nor back, nor sent."""
    rows = dues_of(row).filter(cancelled=False)
    return rows.exclude(finished()).exclude(in_payment())


def correction_state(row: Grievance) -> str:
    """Return what became of the correction that a grievance opened; "" without one."""
    if row.remedy != Remedy.CORRECTION:
        return ""
    rows = Correction.objects.filter(form_id=row.form_id)
    return rows.values_list("state", flat=True).first() or ""


def listed(row: Grievance) -> QuerySet[Proposal]:
    """Return who receives under the number of a list that somebody objected to.

    The number of a posted list names its cycle (``aid.disclosure``); without it the
    place on every list of the village counts.
    """
    if row.kind != Kind.LISTED or row.entry is None:
        return Proposal.objects.none()
    rows = Proposal.objects.filter(
        within("region_code", [row.region_code]),
        rank=row.entry,
        state=ProposalState.ENROLLED,
    )
    cycle = cycle_of(row.listing)
    if cycle is not None:
        rows = rows.filter(cycle=cycle)
    elif row.programme_id:
        rows = rows.filter(cycle__programme=row.programme_id)
    return rows.select_related("person", "cycle__programme").order_by("-pk")


def overdue(at: datetime) -> QuerySet[Grievance]:
    """Return what has to move on by itself; for the job, which sees every grievance."""
    late = Grievance.objects.filter(decided_at=None, due_at__lt=at)
    last = Q(desk=Desk.REGENCY) & ~Q(state=State.ASKED)
    return late.exclude(last).order_by("due_at", "pk")
