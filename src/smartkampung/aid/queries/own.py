"""Aid as the family itself sees it: its cases with their clocks, what was handed over.

Row-level security stands behind each: a resident's transaction sees its own rows only.
"""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet

from smartkampung.aid.models import Claim, Entitlement, FieldCheck, Handover
from smartkampung.aid.queries.outcome import Outcome, latest_outcome
from smartkampung.aid.rules.claims import State
from smartkampung.aid.rules.report import Step
from smartkampung.intake.queries import Followed
from smartkampung.kernel.clock import day
from smartkampung.kernel.language import either


@dataclass(frozen=True)
class OwnCase:
    """One case of the family: where it is, and what was decided, if anything."""

    person: str
    state: State
    opened_at: datetime
    due_on: date
    closed_at: datetime | None
    followed: Followed
    outcome: Outcome | None


@dataclass(frozen=True)
class OwnVisit:
    """What an officer wrote down at the house: each question with yes or no."""

    visited_at: datetime
    answers: dict[str, bool]


@dataclass(frozen=True)
class OwnHandover:
    """What was, or was not, handed over."""

    programme: str
    programme_name: str
    commodity: str
    outcome: str
    quantity: int
    due: int
    recorded_at: datetime


def cases_of_family(family_id: int, *, at: datetime) -> list[OwnCase]:
    """Return the cases of a family, the newest first."""
    rows = _claims(family_id).select_related("person").prefetch_related("checks")
    return [_case(claim, at) for claim in rows.order_by("-opened_at", "-pk")]


def visits_to_family(family_id: int) -> list[OwnVisit]:
    """Return what was written down at the house, the newest first."""
    rows = FieldCheck.objects.filter(claim__in=_claims(family_id))
    return [
        OwnVisit(row.checked_at, row.answers) for row in rows.order_by("-checked_at")
    ]


def handovers_to_family(family_id: int) -> list[OwnHandover]:
    """Return what happened at every hand-over to a family, the newest first."""
    rows = Handover.objects.filter(entitlement__in=_entitlements(family_id))
    rows = rows.select_related("entitlement__programme").order_by("-recorded_at")
    return [
        OwnHandover(
            row.entitlement.programme_id,
            either(row.entitlement.programme.name, row.entitlement.programme.name_en),
            row.entitlement.programme.commodity,
            row.outcome,
            row.quantity,
            row.due,
            row.recorded_at,
        )
        for row in rows
    ]


def _claims(family_id: int) -> QuerySet[Claim]:
    return Claim.objects.filter(person__family=family_id)


def _entitlements(family_id: int) -> QuerySet[Entitlement]:
    return Entitlement.objects.filter(family=family_id)


def _case(claim: Claim, at: datetime) -> OwnCase:
    outcome = latest_outcome(claim, at=at)
    return OwnCase(
        person=claim.person.name if claim.person else "",
        state=State(claim.state),
        opened_at=claim.opened_at,
        due_on=day(claim.due_at),
        closed_at=claim.closed_at,
        followed=Followed(
            code_hash=b"",
            kind="aid.claim",
            opened_at=claim.opened_at,
            due_on=day(claim.due_at),
            region_code=claim.region_code,
            reached=_reached(claim),
        ),
        outcome=outcome,
    )


def _reached(claim: Claim) -> dict[str, datetime]:
    """Return the public steps that the state of a claim implies."""
    reached: dict[str, datetime] = {Step.RECEIVED: claim.opened_at}
    visits = [check.checked_at for check in claim.checks.all()]
    if visits and claim.state != State.TO_CHECK:
        reached[Step.KECAMATAN_DECIDES] = max(visits)
    decided = [row.decided_at for row in claim.decisions.all()]
    if decided and claim.state not in {State.TO_CHECK, State.TO_DECIDE}:
        reached[Step.DECIDED] = max(decided)
    return reached
