"""What an upheld grievance changes, always through the action that owns the data."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.roles import Permission
from smartkampung.aid.cycles.actions.recipients import suspend
from smartkampung.aid.cycles.rules.proposals import Why
from smartkampung.aid.grievances.actions.errors import prove_inclusion
from smartkampung.aid.grievances.queries import givable, listed
from smartkampung.aid.grievances.rules import ABOUT_MONEY, Kind, Remedy, Verdict
from smartkampung.aid.models import Batch, Entitlement, Grievance
from smartkampung.kernel.errors import Refused
from smartkampung.residents.actions.corrections import request_correction
from smartkampung.residents.rules.corrections import SEALED, Field
from smartkampung.worklist.actions import close_work, open_work


class CannotRemedy(Refused):
    """What was chosen cannot be set off, and why."""

    code = "cannot_remedy"


def remedy_of(row: Grievance, wish: Verdict, *, by: Actor, at: datetime) -> Remedy:
    """Set off what an upheld grievance asks for; raise CannotRemedy, CannotAsk."""
    if row.kind == Kind.DATA_WRONG:
        _correct(row, wish, by, at)
        return Remedy.CORRECTION
    if row.kind in ABOUT_MONEY and wish.due_id is not None:
        _give_again(row, wish.due_id, by, at)
        return Remedy.GIVEN_AGAIN
    if row.kind == Kind.LISTED and wish.proposal_id is not None:
        _suspend(row, wish.proposal_id, by, at)
        return Remedy.SUSPENDED
    return Remedy.NONE


def _correct(row: Grievance, wish: Verdict, by: Actor, at: datetime) -> None:
    if row.person is None:
        raise CannotRemedy(
            _(
                "Nobody in this village has that NIK. Ask the person, or pass the"
                " grievance on to the kecamatan."
            )
        )
    if by.may(Permission.CORRECTION_DECIDE):
        raise CannotRemedy(
            _(
                "You will decide the correction yourself, so an officer of the village"
                " must open it."
            )
        )
    field = Field(row.field)
    if field in SEALED and wish.evidence_id is None:
        raise CannotRemedy(
            _(
                "Whoever told this may be a stranger. Have the family show its card, and"
                " add a photo of it."
            )
        )
    request_correction(
        form_id=row.form_id,
        person=row.person,
        field=field,
        wanted=_wanted(row, wish),
        explanation=str(_("Grievance no. %(number)d: %(text)s"))
        % {"number": row.pk, "text": row.text[:300]},
        evidence_id=wish.evidence_id,
        by=by.username,
        at=at,
    )


def _wanted(row: Grievance, wish: Verdict) -> str:
    """Return what the record should say; a sealed number stays what was typed."""
    typed: str = row.wanted_sealed.open() if row.wanted_sealed else ""
    return typed or wish.wanted or row.wanted


def _give_again(row: Grievance, due_id: int, by: Actor, at: datetime) -> None:
    due = givable(row).filter(pk=due_id).first()
    if due is None:
        raise CannotRemedy(
            _(
                "This aid was handed over, is with the bank, or went back to the"
                " budget: nothing can be paid a second time. Say so in the answer."
            )
        )
    announced = due.batch is not None and due.batch.state != Batch.State.DRAFT
    kind, permission = (
        ("aid.hand_over", Permission.HANDOVER_RECORD)
        if announced
        else ("aid.batch", Permission.BATCH_PREPARE)
    )
    # First on the list, with what a claim or tranche promised as its date.
    close_work(target=due, by=by.username, kinds=(kind,))
    _put_first(due, kind, permission)


def _put_first(due: Entitlement, kind: str, permission: Permission) -> None:
    open_work(
        kind=kind,
        target=due,
        permission=permission,
        region_code=due.region_code,
        due_at=due.due_at,
        urgent=True,
    )


def _suspend(row: Grievance, proposal_id: int, by: Actor, at: datetime) -> None:
    proposal = listed(row).filter(pk=proposal_id).first()
    if proposal is None:
        raise CannotRemedy(_("This recipient is not on a list of that village."))
    suspend(
        proposal=proposal,
        why=Why.OTHER,
        text=str(_("Grievance no. %(number)d")) % {"number": row.pk},
        by=by.username,
        at=at,
    )
    prove_inclusion(row, proposal, at=at)
