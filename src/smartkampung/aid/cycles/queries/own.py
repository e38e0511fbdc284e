"""A family's own place in cycles: where it stands, and when something is expected.

Row-level security stands behind it: a resident's transaction sees its own rows only,
which is why the place among others is kept with the proposal.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from smartkampung.aid.cycles.models import Proposal
from smartkampung.aid.cycles.rules.proposals import ProposalState
from smartkampung.kernel.language import either

S = ProposalState
# Nothing more is expected in these.
OVER = (S.UNFIT, S.EXCLUDED, S.STOPPED)


@dataclass(frozen=True)
class OwnProposal:
    """One proposal of the family: its state, its place if it waits, the next date."""

    number: int
    programme: str
    cycle: str
    state: ProposalState
    reasons: list[str]
    blocked_by: list[dict[str, Any]]
    place: int | None
    expected_on: date | None


def proposals_of_family(family_id: int, *, on: date) -> list[OwnProposal]:
    """Return the proposals of a family, the latest first."""
    rows = Proposal.objects.filter(family=family_id)
    return [
        OwnProposal(
            number=row.pk,
            programme=either(row.cycle.programme.name, row.cycle.programme.name_en),
            cycle=row.cycle.name,
            state=ProposalState(row.state),
            reasons=row.reasons,
            blocked_by=row.blocked_by,
            place=row.place,
            expected_on=expected_on(row, on=on),
        )
        for row in rows.select_related("cycle__programme", "village_list").order_by(
            "-proposed_at", "-pk"
        )
    ]


def expected_on(row: Proposal, *, on: date) -> date | None:
    """Return the day of the next tranche, if one is planned."""
    if row.state in OVER:
        return None
    coming = row.cycle.tranches.filter(due_on__gte=on).order_by("due_on").first()
    return coming.due_on if coming else None
