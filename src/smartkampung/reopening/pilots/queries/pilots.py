"""Pilots as officers see them, where their permissions hold; and as everybody does."""

from datetime import date

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.roles import Permission
from smartkampung.regions.codes import within
from smartkampung.reopening.pilots.models import Pilot, Proposal, SignOff, Turn
from smartkampung.reopening.pilots.queries.evaluation import Evaluation, evaluate
from smartkampung.reopening.pilots.queries.phases import phase_of, phases_on
from smartkampung.reopening.pilots.rules.states import State, neighbours


def pilots_for(
    actor: Actor, permission: Permission = Permission.PILOT_VIEW
) -> QuerySet[Pilot]:
    """Return the pilots of the actor's area, those that ended last."""
    area = actor.regions_where(permission)
    rows = Pilot.objects.filter(within("village__code", area))
    return rows.select_related("village").defer("village__boundary").order_by("pk")


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
    area = actor.regions_where(Permission.PILOT_VIEW)
    return get_object_or_404(rows.filter(within("pilot__village__code", area)), pk=pk)


def open_pilots() -> QuerySet[Pilot]:
    """Return every pilot that has not ended, by village: everybody may know them."""
    rows = Pilot.objects.exclude(state=State.ENDED).select_related("village")
    return rows.defer("village__boundary").order_by("village__code")


def turns_of(village: str) -> QuerySet[Turn]:
    """Return all that happened to the pilots of a village, the latest first."""
    rows = Turn.objects.filter(pilot__village=village)
    return rows.order_by("-at", "-pk")


def standing_signs(pilot: Pilot, to: str) -> dict[str, SignOff]:
    """Return the signatures before a phase that stand, by office."""
    rows = SignOff.objects.filter(pilot=pilot, to=to, moved_on=None, fell_on=None)
    return {row.role: row for row in rows}


def waiting_proposals(pilot: Pilot) -> QuerySet[Proposal]:
    """Return the proposals that nobody has answered, the most urgent first."""
    return Proposal.objects.filter(pilot=pilot, decision="").order_by("due_at", "pk")


def next_gate(pilot: Pilot, on: date) -> Evaluation | None:
    """Return the gate before a pilot, judged; None where none is before it."""
    if pilot.state not in {State.READY, State.RUNNING}:
        return None
    here = phase_of(pilot.village_id, on)
    _before, after = neighbours(list(phases_on(on)), here)
    return evaluate(pilot.village_id, after, on=on) if after else None
