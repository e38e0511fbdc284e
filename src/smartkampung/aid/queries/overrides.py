"""The door to exceptions from the conflict matrix, and what they are about."""

import uuid
from datetime import date

from django.db.models import Q, QuerySet
from django.shortcuts import get_object_or_404

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.roles import Permission
from smartkampung.aid.cycles.models import Cycle, Proposal
from smartkampung.aid.cycles.rules.proposals import ProposalState, Why
from smartkampung.aid.models import Claim, Decision, Override
from smartkampung.aid.queries.conflicts import red_lights
from smartkampung.aid.rules.claims import State
from smartkampung.aid.rules.conflicts import RedLight
from smartkampung.aid.rules.overrides import Block
from smartkampung.kernel.clock import day
from smartkampung.regions.codes import within
from smartkampung.residents.models import Person

Case = Claim | Proposal


def overrides_for(
    actor: Actor, permission: Permission = Permission.OVERRIDE_VIEW
) -> QuerySet[Override]:
    """Return the exceptions of cases inside the actor's regions, the newest first."""
    regions = actor.regions_where(permission)
    inside = within("claim__region_code", regions)
    inside |= within("proposal__region_code", regions)
    rows = Override.objects.filter(inside).select_related(
        "claim__person",
        "proposal__person",
        "proposal__cycle__programme",
        "programme",
        "enrolment__programme",
        "asked_by",
        "decided_by",
    )
    return rows.order_by("-asked_at", "pk")


def override_for(
    actor: Actor,
    override_id: uuid.UUID,
    permission: Permission = Permission.OVERRIDE_VIEW,
) -> Override:
    """Return one exception; 404 outside the actor's jurisdiction."""
    return get_object_or_404(overrides_for(actor, permission), pk=override_id)


def case_of(row: Override) -> Case:
    """Return the claim or proposal that an exception is about."""
    case = row.claim or row.proposal
    assert case is not None  # override_about_one_case
    return case


def person_of(case: Case) -> Person:
    """Return who would receive; a claim that an exception is about has a person."""
    person = case.person
    assert person is not None  # nobody unknown is blocked
    return person


def lights_of_case(case: Case, programme: str, *, on: date) -> list[RedLight]:
    """Return what stands against a programme for a claim, or for a proposal's cycle."""
    person = case.person
    if person is None:
        return []
    if isinstance(case, Claim):
        return red_lights(
            family_id=person.family_id,
            person_id=person.pk,
            programmes=[programme],
            claim=case.pk,
            on=on,
        )
    return red_lights(
        family_id=case.family_id,
        person_id=person.pk,
        programmes=[programme],
        proposal=case.pk,
        since=max(case.cycle.since, on),
        until=case.cycle.until,
        on=on,
    )


def block_of(case: Case, programme: str, enrolment_id: int, *, on: date) -> Block:
    """Return what is known of a record that stands in the way of a case."""
    lights = [
        light
        for light in lights_of_case(case, programme, on=on)
        if light.aid.enrolment_id == enrolment_id
    ]
    blocks = [light for light in lights if light.blocks]
    same = any(light.aid.programme == programme for light in blocks)
    return Block(
        waiting=_waits(case),
        alone=isinstance(case, Claim)
        or case.reasons in ([], [Why.ALREADY_RECEIVING.value]),
        blocked=bool(blocks),
        same_programme=same,
    )


def _waits(case: Case) -> bool:
    if isinstance(case, Claim):
        return case.state == State.TO_DECIDE
    open_ = case.cycle.state == Cycle.State.OPEN
    return open_ and case.state == ProposalState.EXCLUDED


def standing_overrides(case: Case) -> QuerySet[Override]:
    """Return the exceptions that were asked for a case and not refused."""
    about = Q(claim=case.pk) if isinstance(case, Claim) else Q(proposal=case.pk)
    return Override.objects.filter(about, Q(decided_at=None) | Q(granted=True))


def overrides_of(case: Case) -> list[Override]:
    """Return every exception that was asked for a case, in order."""
    about = Q(claim=case.pk) if isinstance(case, Claim) else Q(proposal=case.pk)
    rows = Override.objects.filter(about).select_related(
        "programme", "enrolment__programme", "asked_by", "decided_by"
    )
    return list(rows.order_by("asked_at", "pk"))


def asked_together(row: Override) -> list[Override]:
    """Return the exceptions that were asked for in one form with this one, it too."""
    rows = Override.objects.filter(
        claim=row.claim_id,
        proposal=row.proposal_id,
        programme=row.programme_id,
        asked_by=row.asked_by_id,
        asked_at=row.asked_at,
    )
    return list(rows.select_related("enrolment__programme").order_by("pk"))


def behind(decision: Decision) -> list[Override]:
    """Return the exceptions that an approval rests on."""
    if not decision.approved:
        return []
    return [
        row
        for row in overrides_of(decision.claim)
        if row.granted
        and row.programme_id == decision.programme_id
        and row.decided_at is not None
        and day(row.decided_at) <= day(decision.decided_at)
    ]
