"""Open something that a member of the public can follow, and move it on."""

from collections.abc import Iterable
from datetime import date, datetime

from smartkampung.intake.models import CaseStep, TrackedCase
from smartkampung.intake.rules import CASE_LIFE, new_code
from smartkampung.kernel.sealed import blind_index

TRACKING = "tracking"


def code_hash(code: str) -> bytes:
    """Return the keyed hash under which a tracking code is kept."""
    return blind_index(code, TRACKING)


def open_case(
    *, kind: str, region_code: str, first_step: str, due_on: date | None, at: datetime
) -> str:
    """Begin a public timeline; return its code, which is shown once and never kept."""
    code = new_code()
    case = TrackedCase.objects.create(
        code_hash=code_hash(code),
        kind=kind,
        opened_at=at,
        due_on=due_on,
        expires_at=at + CASE_LIFE,
        region_code=region_code,
    )
    CaseStep.objects.create(case=case, step=first_step, at=at)
    return code


def reach_step(*, code_hashes: Iterable[bytes], step: str, at: datetime) -> None:
    """Mark a step on several timelines; a step reached before keeps its first date."""
    CaseStep.objects.bulk_create(
        [CaseStep(case_id=found, step=step, at=at) for found in code_hashes],
        ignore_conflicts=True,
    )
