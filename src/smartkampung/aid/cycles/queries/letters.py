"""The letter to a family that a village list leaves out, and whether one is ours."""

from dataclasses import dataclass
from datetime import datetime

from django.core.signing import BadSignature, Signer
from django.http import Http404
from django.shortcuts import get_object_or_404

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.roles import Permission
from smartkampung.aid.cycles.models import Proposal, ProposalEvent
from smartkampung.aid.cycles.queries.lists import proposal_for
from smartkampung.aid.cycles.rules.proposals import ProposalState
from smartkampung.audit.actions import looked
from smartkampung.kernel.rls import as_job
from smartkampung.residents.queries import note_looks
from smartkampung.residents.subject import FAMILY

SALT = "aid.list_letter"
S = ProposalState
# What a family is owed a letter about: it does not receive, or not now.
TOLD = (S.UNFIT, S.EXCLUDED, S.WAITING, S.SUSPENDED, S.STOPPED)


@dataclass(frozen=True)
class ListLetter:
    """What became of a proposal, the step that said so, and the mark that proves it."""

    proposal: Proposal
    event: ProposalEvent
    mark: str


@dataclass(frozen=True)
class ListIssued:
    """What a letter of ours says, without a name: to compare with the paper."""

    number: int
    at: datetime
    state: ProposalState
    cycle: str
    programme: str
    programme_en: str
    village_code: str


def open_list_letter(actor: Actor, proposal_id: int) -> ListLetter:
    """Return a letter and write the look down; 404 outside, or without a refusal."""
    row = proposal_for(actor, proposal_id, Permission.CYCLE_VIEW)
    found = _letter(row)
    note_looks(
        actor, [row.person], purpose="aid.cycle", permission=Permission.CYCLE_VIEW
    )
    return found


def own_list_letter(family_id: int, proposal_id: int) -> ListLetter:
    """Return the letter of a proposal of this family, which proved itself; else 404."""
    rows = Proposal.objects.select_related("person", "village_list__cycle__programme")
    row = get_object_or_404(rows, pk=proposal_id, family=family_id)
    with as_job():  # a family reads its own proposals, and not their diary
        found = _letter(row)
    looked(person_ids=[row.person_id], by=FAMILY, role=FAMILY, purpose="aid.outcome")
    return found


def _letter(row: Proposal) -> ListLetter:
    if row.state not in TOLD:
        raise Http404
    event = row.events.filter(kind=row.state).order_by("-at", "-pk").first()
    if event is None:
        raise Http404
    return ListLetter(row, event, mark_of_list(event.pk))


def mark_of_list(event_id: int) -> str:
    """Return the mark in the QR code of a letter, which nobody else can make."""
    return Signer(salt=SALT, sep=".").sign(str(event_id))


def list_issued(mark: str) -> ListIssued | None:
    """Return what the letter with a mark says; nothing when it is none of ours."""
    try:
        number = int(Signer(salt=SALT, sep=".").unsign(mark))
    except BadSignature:
        return None
    with as_job():
        rows = ProposalEvent.objects.select_related(
            "proposal__village_list__cycle__programme"
        )
        event = rows.get(pk=number)
        village = event.proposal.village_list
    programme = village.cycle.programme
    return ListIssued(
        number=event.proposal_id,
        at=event.at,
        state=ProposalState(event.kind),
        cycle=village.cycle.name,
        programme=programme.name,
        programme_en=programme.name_en,
        village_code=village.village_code,
    )
