"""Tables of aid, by what they are about."""

from smartkampung.aid.models.claims import (
    Claim,
    Decision,
    FieldCheck,
    Finding,
    Objection,
    Report,
)
from smartkampung.aid.models.figures import PublishedFigure
from smartkampung.aid.models.handover import Batch, Entitlement, Handover
from smartkampung.aid.models.programmes import (
    Conflict,
    Criterion,
    Enrolment,
    Programme,
    ReportingPhase,
)

__all__ = [
    "Batch",
    "Claim",
    "Conflict",
    "Criterion",
    "Decision",
    "Enrolment",
    "Entitlement",
    "FieldCheck",
    "Finding",
    "Handover",
    "Objection",
    "Programme",
    "PublishedFigure",
    "Report",
    "ReportingPhase",
]
