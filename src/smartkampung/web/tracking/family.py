"""What the family that proved itself reads beyond what a stranger with the code does."""

from datetime import datetime

from django.http import HttpRequest

from smartkampung.aid.queries.outcome import outcome_of, report_followed
from smartkampung.intake.queries import Followed
from smartkampung.web.tracking import proof
from smartkampung.web.tracking.timeline import Shown, shown


def ahead_for_family(
    request: HttpRequest, case: Followed, *, at: datetime
) -> list[Shown]:
    """Return what comes next after an upheld objection; nothing for strangers."""
    if not proof.given(request, case.code_hash):
        return []
    report = report_followed(case.code_hash)
    claim = report.claim if report else None
    found = outcome_of(claim, at=at) if claim else None
    return shown(case, found.ahead) if found else []
