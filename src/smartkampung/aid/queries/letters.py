"""The letter about a decision: what it says, and whether a printed one is ours."""

from dataclasses import dataclass
from datetime import datetime

from django.core.signing import BadSignature, Signer
from django.shortcuts import get_object_or_404

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.roles import Permission
from smartkampung.aid.models import Claim, Decision, Evaluation, Override, Programme
from smartkampung.aid.queries.claims import claims_for
from smartkampung.aid.queries.eligible import evaluation_of
from smartkampung.aid.queries.overrides import behind
from smartkampung.audit.actions import looked
from smartkampung.kernel.rls import as_job
from smartkampung.residents.queries import note_looks
from smartkampung.residents.subject import FAMILY

SALT = "aid.letter"


@dataclass(frozen=True)
class Letter:
    """A decision with rule and exceptions behind it, and the mark that proves its letter."""

    decision: Decision
    evaluation: Evaluation | None
    overrides: list[Override]
    mark: str


@dataclass(frozen=True)
class Issued:
    """What a letter of ours says, without a name: to compare with the paper."""

    number: int
    decided_at: datetime
    approved: bool
    programme: Programme | None
    region_code: str
    version: int | None


def open_letter(actor: Actor, decision_id: int) -> Letter:
    """Return a letter and write the look down; 404 outside the jurisdiction."""
    rows = Decision.objects.filter(claim__in=claims_for(actor))
    found = rows.select_related("claim__person", "programme", "decider")
    decision = get_object_or_404(found, pk=decision_id)
    if decision.claim.person is not None:
        note_looks(
            actor,
            [decision.claim.person],
            purpose="aid.claim",
            permission=Permission.REPORT_VIEW,
        )
    return Letter(
        decision, evaluation_of(decision.pk), behind(decision), mark_of(decision.pk)
    )


def own_letter(claim: Claim) -> Letter | None:
    """Return the letter about the latest decision, for the family that proved itself.

    Writes down that the family looked at its own record.
    """
    decisions = claim.decisions.select_related("claim__person", "programme", "decider")
    latest = decisions.order_by("-decided_at").first()
    if latest is None:
        return None
    if claim.person_id is not None:
        looked(
            person_ids=[claim.person_id], by=FAMILY, role=FAMILY, purpose="aid.outcome"
        )
    with as_job():  # no code opens the rows of exceptions by itself
        exceptions = behind(latest)
    return Letter(latest, evaluation_of(latest.pk), exceptions, mark_of(latest.pk))


def mark_of(decision_id: int) -> str:
    """Return the mark in the QR code of a letter, which nobody else can make."""
    return Signer(salt=SALT, sep=".").sign(str(decision_id))


def issued(mark: str) -> Issued | None:
    """Return what the letter with a mark says; nothing when it is none of ours."""
    try:
        number = int(Signer(salt=SALT, sep=".").unsign(mark))
    except BadSignature:
        return None
    with as_job():
        row = Decision.objects.select_related("claim", "programme").get(pk=number)
        kept = evaluation_of(number)
    return Issued(
        number,
        row.decided_at,
        row.approved,
        row.programme,
        row.claim.region_code,
        kept.version.number if kept else None,
    )
