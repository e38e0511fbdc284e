"""Pilots as officers see them, where their permissions hold; and as everybody does."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.roles import Permission
from smartkampung.intake.models import Upload
from smartkampung.regions.codes import village_of, within
from smartkampung.reopening.pilots.models import (
    Evidence,
    Pilot,
    Proposal,
    Turn,
    Visit,
)
from smartkampung.reopening.pilots.queries.evaluation import Evaluation, evaluate
from smartkampung.reopening.pilots.queries.phases import phase_of, phases_on
from smartkampung.reopening.pilots.rules.states import State, neighbours
from smartkampung.worklist.queries import waits


def pilots_for(
    actor: Actor, permission: Permission = Permission.PILOT_VIEW
) -> QuerySet[Pilot]:
    """Return the pilots of the actor's area, those that ended last.

    Who heads an RT or RW sees the pilot in which it lies: the whole village reopens.
    """
    held = actor.regions_where(permission)
    area = _villages(held) if permission == Permission.PILOT_VIEW else held
    rows = Pilot.objects.filter(within("village__code", area))
    return rows.select_related("village").defer("village__boundary").order_by("pk")


def _villages(area: Iterable[str]) -> set[str]:
    """Return the villages in which RTs and RWs lie, and larger places as they are."""
    return {village_of(code) for code in area}


def pilot_for(
    actor: Actor, pk: int, permission: Permission = Permission.PILOT_VIEW
) -> Pilot:
    """Return one pilot; 404 outside the area."""
    return get_object_or_404(pilots_for(actor, permission), pk=pk)


def proposal_for(actor: Actor, pk: int) -> Proposal:
    """Return a proposal to go back; 404 outside the area."""
    rows = Proposal.objects.select_related("pilot__village")
    area = actor.regions_where(Permission.PILOT_VIEW)
    return get_object_or_404(rows.filter(within("pilot__village__code", area)), pk=pk)


def turn_for(actor: Actor, pk: int) -> Turn:
    """Return one thing that happened; 404 outside the area."""
    rows = Turn.objects.select_related("pilot__village")
    area = _villages(actor.regions_where(Permission.PILOT_VIEW))
    return get_object_or_404(rows.filter(within("pilot__village__code", area)), pk=pk)


def all_pilots() -> QuerySet[Pilot]:
    """Return every pilot by village, the latest of each: everybody may know them."""
    rows = Pilot.objects.order_by("village_id", "-pk").distinct("village_id")
    return rows.select_related("village").defer("village__boundary")


def pilots_now(kecamatan: str) -> list[Pilot]:
    """Return the pilots of a kecamatan that have not ended, by name."""
    rows = Pilot.objects.filter(within("village__code", [kecamatan]))
    rows = rows.exclude(state=State.ENDED).select_related("village")
    return list(rows.defer("village__boundary").order_by("village__name", "pk"))


def pilots_of_village(village: str) -> QuerySet[Pilot]:
    """Return the pilots that a village was, the latest first."""
    return Pilot.objects.filter(village=village).order_by("-pk")


def turns_of(village: str) -> QuerySet[Turn]:
    """Return all that happened to the pilots of a village, the latest first."""
    rows = Turn.objects.filter(pilot__village=village)
    return rows.order_by("-at", "-pk")


def waiting_proposals(pilot: Pilot) -> QuerySet[Proposal]:
    """Return the proposals that nobody has answered, the most urgent first."""
    return Proposal.objects.filter(pilot=pilot, decision="").order_by("due_at", "pk")


def silent(pilot: Pilot) -> bool:
    """Say whether somebody is asked to look, because nothing is heard of a village."""
    return waits(pilot, kind="pilots.silent")


def next_gate(pilot: Pilot, on: date) -> Evaluation | None:
    """Return the gate before a pilot, judged; None where none is before it."""
    if pilot.state not in {State.READY, State.RUNNING}:
        return None
    here = phase_of(pilot.village_id, on)
    _before, after = neighbours(list(phases_on(on)), here)
    return evaluate(pilot.village_id, after, on=on) if after else None


def turns_of_pilot(pilot: Pilot) -> QuerySet[Turn]:
    """Return all that happened to one pilot, the latest first."""
    return Turn.objects.filter(pilot=pilot).order_by("-at", "-pk")


def evidence_of(pilot: Pilot) -> QuerySet[Evidence]:
    """Return the evidence of a pilot, as it came."""
    return Evidence.objects.filter(pilot=pilot).order_by("pk")


def visits_of(pilot: Pilot) -> QuerySet[Visit]:
    """Return the visits of a pilot, the latest first."""
    return Visit.objects.filter(pilot=pilot).order_by("-pk")


def upload_of(pilot: Pilot, upload_id: UUID) -> Upload | None:
    """Return a photo that belongs to the evidence, or to a visit, of a pilot."""
    evidence = Evidence.objects.filter(pilot=pilot, photos__contains=[upload_id])
    visits = Visit.objects.filter(pilot=pilot, photos__contains=[upload_id])
    known = evidence.exists() or visits.exists()
    return Upload.objects.filter(pk=upload_id).first() if known else None


def evidence_steps(pilots: Iterable[Pilot]) -> dict[int, set[str]]:
    """Return the steps with evidence of many pilots, in one query."""
    found: dict[int, set[str]] = {}
    rows = Evidence.objects.filter(pilot__in=list(pilots))
    for pk, step in rows.values_list("pilot_id", "step"):
        found.setdefault(pk, set()).add(step)
    return found


def first_proposals(pilots: Iterable[Pilot]) -> dict[int, Proposal]:
    """Return the most urgent proposal that waits, of many pilots, in one query."""
    rows = Proposal.objects.filter(pilot__in=list(pilots), decision="")
    return {row.pilot_id: row for row in rows.order_by("-due_at", "-pk")}
