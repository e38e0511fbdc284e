"""What programs of staff may read: the work list, and claims in their area."""

from datetime import datetime
from typing import Annotated

from ninja import Query, Router, Schema
from pydantic import Field

from smartkampung.accounts.roles import Permission
from smartkampung.aid.queries.case_file import CaseFile, open_case_file
from smartkampung.api.access import StaffCall, operation
from smartkampung.api.problems import Problem
from smartkampung.kernel.clock import today
from smartkampung.worklist.queries import work_for

router = Router(tags=["staff"])
LARGEST_ID = 2**63 - 1
MOST_PAGES = 100_000
DENIED = {401: Problem, 403: Problem, 422: Problem}


class WorkOut(Schema):
    """A thing to do: what, about which row, where, by when."""

    kind: str
    target: str
    region_code: str
    opened_at: datetime
    due_at: datetime
    urgent: bool


class WorklistOut(Schema):
    """One page of the work that the token's owner may do."""

    total: int
    items: list[WorkOut]


class DecisionOut(Schema):
    """A yes or no, with every reason."""

    approved: bool
    programme: str | None
    reasons: list[str]
    decided_at: datetime


class ClaimOut(Schema):
    """One claim. Numbers are masked; opening them needs a person and a reason."""

    id: int
    state: str
    region_code: str
    opened_at: datetime
    due_at: datetime
    closed_at: datetime | None
    person_id: int | None
    person_name: str
    nik_masked: str
    reports: int
    findings: list[str]
    decisions: list[DecisionOut]


@operation(
    router,
    "get",
    "/worklist",
    permission=Permission.DESK,
    response={200: WorklistOut, **DENIED},
    summary="What waits for me",
)
def read_worklist(
    request: StaffCall,
    page: Annotated[int, Query(ge=1, le=MOST_PAGES)] = 1,
    size: Annotated[int, Query(ge=1, le=100)] = 25,
) -> WorklistOut:
    """Return open work where the token's office holds the permission, most urgent first."""
    rows = work_for(request.auth, [permission.value for permission in Permission])
    shown = rows[(page - 1) * size : page * size]
    return WorklistOut(
        total=rows.count(), items=[WorkOut.from_orm(row) for row in shown]
    )


@operation(
    router,
    "get",
    "/aid/claims/{claim_id}",
    permission=Permission.REPORT_VIEW,
    response={200: ClaimOut, 404: Problem, **DENIED},
    summary="One claim",
)
def read_claim(
    request: StaffCall, claim_id: Annotated[int, Field(ge=1, le=LARGEST_ID)]
) -> ClaimOut:
    """Return one claim inside the token's area; the look is written down."""
    return _claim(open_case_file(request.auth, claim_id, on=today()))


def _claim(file: CaseFile) -> ClaimOut:
    claim = file.claim
    person = claim.person
    return ClaimOut(
        id=claim.pk,
        state=claim.state,
        region_code=claim.region_code,
        opened_at=claim.opened_at,
        due_at=claim.due_at,
        closed_at=claim.closed_at,
        person_id=claim.person_id,
        person_name=person.name if person else "",
        nik_masked=person.nik.masked if person and person.nik else "",
        reports=len(file.reports),
        findings=[finding.code for finding in file.findings],
        decisions=[
            DecisionOut(
                approved=decision.approved,
                programme=decision.programme_id,
                reasons=decision.reasons,
                decided_at=decision.decided_at,
            )
            for decision in file.decisions
        ],
    )
