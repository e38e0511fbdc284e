"""What the code of a registration opens: where it is, and nothing personal."""

from dataclasses import dataclass
from datetime import date, datetime

from smartkampung.intake.queries import case_by_code
from smartkampung.kernel.clock import day
from smartkampung.kernel.rls import Kind, act_as
from smartkampung.recovery.affected.models import Affected, Registration
from smartkampung.recovery.affected.rules.registration import VERIFY_DUE, Step

CASE_KIND = "affected.registration"


@dataclass(frozen=True)
class Followed:
    """A registration, as its code opens it.

    ``record`` is known only once an officer decided: before, nothing tells whether
    the registry knows the person.
    """

    registration: Registration
    reached: dict[str, datetime]
    opened_at: datetime
    due_on: date
    record: Affected | None


def registration_by_code(typed: str, *, at: datetime) -> Followed | None:
    """Return what a code opens to the public; None for one that opens nothing now."""
    case = case_by_code(typed, at=at)
    if case is None or case.kind != CASE_KIND:
        return None
    act_as(Kind.PUBLIC, tracking=case.code_hash)
    row = (
        Registration.objects.filter(code_hash=case.code_hash)
        .select_related("affected")
        .first()
    )
    if row is None:
        return None
    record = row.affected if Step.DECIDED in case.reached else None
    due_on = case.due_on or day(case.opened_at + VERIFY_DUE)
    return Followed(row, case.reached, case.opened_at, due_on, record)
