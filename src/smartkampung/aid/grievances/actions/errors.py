"""Keep which wording of a rule left somebody out, or let somebody in, wrongly."""

from datetime import datetime

from smartkampung.aid.models import (
    Grievance,
    Objection,
    Programme,
    Proposal,
    TargetingError,
)
from smartkampung.aid.queries.eligible import evaluation_of, version_of
from smartkampung.kernel.clock import day
from smartkampung.kernel.rls import as_job
from smartkampung.regions.codes import village_of
from smartkampung.worklist.actions import target_of


def prove_exclusion(objection: Objection, *, at: datetime) -> None:
    """Count an upheld objection: the rule or its officers refused somebody wrongly."""
    decision = objection.decision
    kept = evaluation_of(decision.pk)
    with as_job():
        TargetingError.objects.create(
            kind=TargetingError.Kind.EXCLUSION,
            source=target_of(objection),
            programme=(kept and _programme(kept.version.subject)) or decision.programme,
            version=kept.version if kept else None,
            region_code=village_of(objection.claim.region_code),
            found_on=day(at),
        )


def prove_inclusion(row: Grievance, proposal: Proposal, *, at: datetime) -> None:
    """Count an upheld objection to a recipient: somebody was let in wrongly."""
    programme = proposal.cycle.programme
    with as_job():
        TargetingError.objects.create(
            kind=TargetingError.Kind.INCLUSION,
            source=target_of(row),
            programme=programme,
            version=version_of(programme.code, on=day(proposal.proposed_at)),
            region_code=village_of(row.region_code),
            found_on=day(at),
        )


def _programme(subject: str) -> Programme | None:
    return Programme.objects.filter(code=subject.removeprefix("aid:")).first()
