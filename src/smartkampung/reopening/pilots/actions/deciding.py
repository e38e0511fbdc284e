"""A human answers a proposal to go back: pause, go back, or stay, with a reason."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.roles import Permission
from smartkampung.reopening.pilots.actions.errors import PilotRefused
from smartkampung.reopening.pilots.actions.moving import pause, step_back
from smartkampung.reopening.pilots.actions.writing import (
    DECIDE,
    locked,
    must,
    tell,
    wrote,
)
from smartkampung.reopening.pilots.models import Proposal, Turn
from smartkampung.reopening.pilots.rules.states import Decision, What
from smartkampung.worklist.actions import close_work


def decide(
    *, proposal: Proposal, decision: Decision, reason: str, by: Actor, at: datetime
) -> Turn:
    """Answer a proposal. Raises PilotRefused when it was answered, or without reason.

    Pausing and going back answer every proposal of the village that waits.
    """
    must(by, Permission.PILOT_DECIDE, proposal.pilot.village_id)
    with transaction.atomic():
        pilot = locked(proposal.pilot)
        proposal.refresh_from_db()
        if proposal.decision:
            raise PilotRefused(
                _("This was decided already. Look at the pilot again."),
                code="decided_already",
            )
        if decision == Decision.PAUSE:
            return pause(pilot=pilot, reason=reason, by=by, at=at)
        if decision == Decision.BACK:
            return step_back(pilot=pilot, reason=reason, by=by, at=at)
        return _keep(proposal, reason.strip(), by.username, at)


def _keep(proposal: Proposal, reason: str, by: str, at: datetime) -> Turn:
    if not reason:
        raise PilotRefused(
            _("Say why: everybody will read the reason."), code="reason_empty"
        )
    Proposal.objects.filter(pk=proposal.pk).update(
        decision=Decision.KEEP, reason=reason[:300], decided_by=by, decided_at=at
    )
    close_work(target=proposal, by=by, kinds=(DECIDE,))
    turn = wrote(proposal.pilot, What.KEPT, by=by, at=at, reason=reason[:300])
    tell(turn)
    return turn


def take_note(*, turn: Turn, by: Actor, at: datetime) -> None:
    """Take note of what changed, for one's side: the village, or its pillars."""
    village = turn.pilot.village_id
    sides = {
        "pilots.told_village": Permission.PILOT_PREPARE,
        "pilots.told_pillars": Permission.PLACE_INSPECT,
    }
    kinds = tuple(kind for kind, one in sides.items() if by.may_in(one, village))
    if not kinds or not close_work(target=turn, by=by.username, kinds=kinds):
        raise PilotRefused(
            _("Somebody of your side has taken note already."), code="noted_already"
        )
