"""Jobs of the affected registry."""

from datetime import datetime

from smartkampung.jobs.registry import job
from smartkampung.kernel.clock import now
from smartkampung.recovery.affected.actions import match, verify
from smartkampung.recovery.affected.queries.records import registrations_to_tell
from smartkampung.recovery.affected.rules.registration import Step


@job("affected.match")
def match_registration(registration_id: int) -> None:
    """Compare a registration with the registry of residents."""
    match.match_registration(registration_id=registration_id, at=now())


@job("affected.tell")
def tell(
    step: str,
    reached_at: str,
    affected_id: int | None = None,
    registration_id: int = 0,
) -> None:
    """Move the timelines of whoever registered a person, and tell them."""
    verify.tell(
        registrations=registrations_to_tell(affected_id, registration_id),
        step=Step(step),
        at=datetime.fromisoformat(reached_at),
    )
