"""One case from its report to its receipt: everything on record, for one document."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model, Q, QuerySet
from django.shortcuts import get_object_or_404

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.roles import Permission
from smartkampung.aid.grievances.queries import grievances_for
from smartkampung.aid.grievances.rules import Kind
from smartkampung.aid.models import (
    Claim,
    Collection,
    Confirmation,
    Entitlement,
    Evaluation,
    Grievance,
    Handover,
    Override,
    Payment,
    Proposal,
)
from smartkampung.aid.queries.claims import claim_for
from smartkampung.audit.queries import Event, events_about
from smartkampung.kernel.rls import as_job
from smartkampung.ledger.queries.trail import Movement, movements
from smartkampung.regions.codes import within
from smartkampung.residents.models import Person
from smartkampung.residents.queries import note_looks

EXPORT = Permission.THREAD_EXPORT
PURPOSE = "aid.thread"


@dataclass(frozen=True)
class Given:
    """One entitlement and all that became of it."""

    due: Entitlement
    handovers: list[Handover]
    payments: list[Payment]
    confirmations: list[Confirmation]
    collections: dict[Any, Collection]


@dataclass(frozen=True)
class Thread:
    """A case with its money and its diary. It begins with a claim or a proposal."""

    claim: Claim | None
    proposal: Proposal | None
    person: Person | None
    given: list[Given]
    movements: list[Movement]
    events: list[Event]
    reports: list[Any] = field(default_factory=list)
    findings: list[Any] = field(default_factory=list)
    checks: list[Any] = field(default_factory=list)
    decisions: list[Any] = field(default_factory=list)
    evaluations: dict[int, Evaluation] = field(default_factory=dict)
    objections: list[Any] = field(default_factory=list)
    overrides: list[Override] = field(default_factory=list)
    steps: list[Any] = field(default_factory=list)
    grievances: list[Grievance] = field(default_factory=list)

    @property
    def origin(self) -> Claim | Proposal:
        """Return what the case began with."""
        found = self.claim or self.proposal
        assert found is not None
        return found

    @property
    def region_code(self) -> str:
        """Return where the case is."""
        return self.origin.region_code


def thread_of_claim(actor: Actor, claim_id: int) -> Thread:
    """Return the thread of a claim and write the look down; 404 outside."""
    claim = claim_for(actor, claim_id, EXPORT)
    _look(actor, claim.person)
    grievances = _grievances(actor, claim.person)
    # A batch may belong to a larger area than the case, which the door has judged.
    with as_job():
        given = _given(actor, Entitlement.objects.filter(claim=claim))
        told: dict[str, Any] = {
            "reports": list(claim.reports.order_by("sent_at")),
            "findings": list(
                claim.findings.select_related("enrolment__programme").order_by("pk")
            ),
            "checks": list(
                claim.checks.select_related("checker", "programme").order_by(
                    "checked_at"
                )
            ),
            "decisions": list(
                claim.decisions.select_related("decider", "programme").order_by(
                    "decided_at"
                )
            ),
            "objections": list(
                claim.objections.select_related("answered_by").order_by("filed_at")
            ),
            "overrides": _overrides(claim),
        }
        kept = Evaluation.objects.filter(decision__claim=claim)
        kept = kept.select_related("version").prefetch_related("results")
        about = [claim, *told["reports"], *told["decisions"], *told["objections"]]
        return Thread(
            claim=claim,
            proposal=None,
            person=claim.person,
            given=given,
            movements=_movements(given),
            events=events_about(
                [*about, *told["overrides"], *grievances, *_targets(given)]
            ),
            evaluations={row.decision_id: row for row in kept},
            grievances=grievances,
            **told,
        )


def thread_of_proposal(actor: Actor, proposal_id: int) -> Thread:
    """Return the thread of a proposal and write the look down; 404 outside."""
    inside = within("region_code", actor.regions_where(EXPORT))
    rows = Proposal.objects.filter(inside).select_related(
        "person",
        "cycle__programme",
        "meeting",
        "proposed_by",
        "village_list__sent_by",
        "village_list__decided_by",
        "village_list__approved_by",
    )
    proposal = get_object_or_404(rows, pk=proposal_id)
    _look(actor, proposal.person)
    grievances = _grievances(actor, proposal.person)
    with as_job():
        given = _given(actor, Entitlement.objects.filter(proposal=proposal))
        about: list[Model] = [proposal, proposal.village_list]
        return Thread(
            claim=None,
            proposal=proposal,
            person=proposal.person,
            given=given,
            movements=_movements(given),
            events=events_about([*about, *grievances, *_targets(given)]),
            steps=list(proposal.events.order_by("at", "pk")),
            overrides=_overrides(proposal),
            grievances=grievances,
        )


def _look(actor: Actor, person: Person | None) -> None:
    if person is not None:
        note_looks(actor, [person], purpose=PURPOSE, permission=EXPORT)


def _grievances(actor: Actor, person: Person | None) -> list[Grievance]:
    """Return what was told about this person's aid or data; never about officers."""
    if person is None:
        return []
    rows = grievances_for(actor).filter(person=person).exclude(kind=Kind.CONDUCT)
    return list(rows.prefetch_related("events").order_by("told_at", "pk"))


def _overrides(origin: Claim | Proposal) -> list[Override]:
    rows = origin.overrides.select_related("programme", "asked_by", "decided_by")
    return list(rows.order_by("asked_at"))


def _given(actor: Actor, dues: QuerySet[Entitlement]) -> list[Given]:
    rows = dues.select_related("programme", "batch", "tranche").order_by("pk")
    return [
        Given(
            due,
            list(
                due.handovers.select_related("recorded_by", "card").order_by(
                    "recorded_at"
                )
            ),
            list(
                due.payments.select_related("batch")
                .prefetch_related("notices__answer")
                .order_by("pk")
            ),
            # What a family says is never shown to who recorded the hand-over.
            list(
                Confirmation.objects.filter(
                    Q(handover__entitlement=due) | Q(payment__entitlement=due)
                )
                .exclude(recorded_by=actor.staff_id)
                .order_by("pk")
            ),
            {
                row.handover_id: row
                for row in Collection.objects.filter(
                    handover__entitlement=due
                ).select_related("proxy")
            },
        )
        for due in rows
    ]


def _targets(given: Sequence[Given]) -> Iterator[Model]:
    for one in given:
        yield one.due
        yield from one.confirmations
        if one.due.batch is not None:
            yield one.due.batch
        for payment in one.payments:
            yield from (payment, payment.batch)


def _movements(given: Sequence[Given]) -> list[Movement]:
    keys, beginnings = [], []
    for one in given:
        due = one.due
        keys += [f"aid.{act}:{due.pk}" for act in ("commit", "hand_over", "return")]
        keys.append(f"goods.given:{due.pk}")
        for payment in one.payments:
            keys.append(f"aid.payment_sent:{payment.batch_id}")
            keys += [
                f"aid.payment_answer:{notice.answer_id}"
                for notice in payment.notices.all()
            ]
        if due.tranche_id is not None and due.proposal is not None:
            # The money of a whole list is put aside in one movement.
            begin = f"aid.commit:{due.tranche_id}:{due.proposal.village_list_id}"
            back = f"aid.return:{due.tranche_id}:{due.proposal.village_list_id}:"
            beginnings += [f"{begin}:0:", f"{begin}:{due.proposal.pk}:"]
            beginnings += [back] if due.cancelled else []
    return movements(dict.fromkeys(keys), beginnings)
