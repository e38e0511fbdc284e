"""Jobs of the affected registry."""

from datetime import datetime

from procrastinate.contrib.django import app

from smartkampung.jobs.registry import job
from smartkampung.kernel.clock import now
from smartkampung.recovery.affected.actions import follow_up, life, lists, match, verify
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


@job("affected.open_follow_ups")
def open_follow_ups(timestamp: int) -> None:
    """Put the looks at who recovered on the list of the village, once due."""
    follow_up.open_due(at=now())


app.periodic(cron="23 5 * * *")(app.tasks["affected.open_follow_ups"])


@job("affected.life_event")
def life_event(event_id: int) -> None:
    """Close or move the record of somebody who died or moved."""
    life.take_notice(event_id=event_id, at=now())


@job("affected.check_list")
def check_list(list_id: int) -> None:
    """Look at every row of a list."""
    lists.check_list(list_id=list_id, at=now())


@job("affected.write_list")
def write_list(list_id: int) -> None:
    """Write the next part of a list."""
    lists.write_part(list_id=list_id, at=now())


@job("affected.tidy_lists")
def tidy_lists(timestamp: int) -> None:
    """Drop the lists that nobody took over."""
    lists.tidy_lists(at=now())


app.periodic(cron="41 5 * * *")(app.tasks["affected.tidy_lists"])
