"""Tables of aid, by what they are about."""

from smartkampung.aid.cards.models import Card
from smartkampung.aid.complaints.models import Complaint
from smartkampung.aid.confirmation.models import Confirmation
from smartkampung.aid.cycles.models import (
    Cycle,
    Holiday,
    Meeting,
    Proposal,
    ProposalEvent,
    Run,
    Tranche,
    VillageFund,
    VillageList,
)
from smartkampung.aid.disclosure.models import (
    ErrorFigure,
    ProgrammeFigure,
    Publication,
    PublishedName,
)
from smartkampung.aid.goods.models import GoodsMove, StockCount
from smartkampung.aid.grievances.models import (
    Grievance,
    GrievanceEvent,
    TargetingError,
)
from smartkampung.aid.models.budgets import BudgetRequest
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
from smartkampung.aid.models.reasons import CriterionResult, Evaluation, Override
from smartkampung.aid.payments.models import (
    AccountList,
    AccountListPart,
    BankAccount,
    Payment,
    PaymentAnswer,
    PaymentBatch,
    PaymentNotice,
    PaymentRecall,
    PaymentWork,
)
from smartkampung.aid.points.models import Point
from smartkampung.aid.proxies.models import Collection, Proxy

__all__ = [
    "AccountList",
    "AccountListPart",
    "BankAccount",
    "Batch",
    "BudgetRequest",
    "Card",
    "Claim",
    "Collection",
    "Complaint",
    "Confirmation",
    "Conflict",
    "Criterion",
    "CriterionResult",
    "Cycle",
    "Decision",
    "Enrolment",
    "Entitlement",
    "ErrorFigure",
    "Evaluation",
    "FieldCheck",
    "Finding",
    "GoodsMove",
    "Grievance",
    "GrievanceEvent",
    "Handover",
    "Holiday",
    "Meeting",
    "Objection",
    "Override",
    "Payment",
    "PaymentAnswer",
    "PaymentBatch",
    "PaymentNotice",
    "PaymentRecall",
    "PaymentWork",
    "Point",
    "Programme",
    "ProgrammeFigure",
    "Proposal",
    "ProposalEvent",
    "Proxy",
    "Publication",
    "PublishedFigure",
    "PublishedName",
    "Report",
    "ReportingPhase",
    "Run",
    "StockCount",
    "TargetingError",
    "Tranche",
    "VillageFund",
    "VillageList",
]
