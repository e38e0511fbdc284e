"""What happens by itself when the date of a grievance has passed."""

from datetime import datetime

from smartkampung.aid.grievances.actions.handling import move_up
from smartkampung.aid.grievances.actions.steps import (
    in_working_days,
    note,
    renew_work,
    under_lock,
)
from smartkampung.aid.grievances.queries import overdue
from smartkampung.aid.grievances.rules import (
    DAYS_FURTHER_UP,
    Desk,
    EventKind,
    State,
    desk_above,
)
from smartkampung.aid.models import Grievance

ROBOT = "escalation"


def escalate_overdue(*, at: datetime) -> int:
    """Move what is overdue to the office above; return how many moved.

    Where the person did not answer a question, the officer goes on without it. What is
    overdue at the last desk stays there, red. Safe to run again, and beside another.
    """
    return sum(_escalate(row, at) for row in overdue(at))


def _escalate(grievance: Grievance, at: datetime) -> bool:
    def take(row: Grievance) -> bool:
        if not overdue(at).filter(pk=row.pk).exists():
            return False  # another was faster
        if row.state == State.ASKED:
            _go_on(row, at)
            return True
        above = desk_above(Desk(row.desk))
        assert above is not None  # overdue() leaves the last desk out
        move_up(row, above, by=ROBOT, at=at)
        note(row, EventKind.ESCALATED, who=ROBOT, at=at)
        return True

    return under_lock(grievance, take)


def _go_on(row: Grievance, at: datetime) -> None:
    row.state, row.due_at = State.TAKEN, in_working_days(at, DAYS_FURTHER_UP)
    row.save(update_fields=["state", "due_at"])
    note(row, EventKind.SILENT, who=ROBOT, at=at)
    renew_work(row, by=ROBOT)
