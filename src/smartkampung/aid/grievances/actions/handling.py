"""Handle a grievance: take it, ask, pass it up, name the officer, decide."""

from datetime import datetime

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.queries import Staff
from smartkampung.aid.grievances.actions.remedies import remedy_of
from smartkampung.aid.grievances.actions.steps import (
    CannotHandle,
    in_working_days,
    lay_on,
    must_hold,
    note,
    refuse,
    renew_work,
    under_lock,
)
from smartkampung.aid.grievances.queries import at_desk
from smartkampung.aid.grievances.rules import (
    DAYS_FURTHER_UP,
    DAYS_TO_REPLY,
    Bar,
    Desk,
    EventKind,
    State,
    Verdict,
    bars_to_ask,
    bars_to_decide,
    bars_to_take,
    desk_above,
)
from smartkampung.aid.models import Grievance
from smartkampung.kernel.rls import as_job
from smartkampung.worklist.actions import close_work

KEPT_FROM = {"grievance_kept_from_whom_it_is_about": CannotHandle([Bar.NOT_YOUR_DESK])}


def take_in_hand(*, grievance: Grievance, by: Actor, at: datetime) -> None:
    """Become the officer who handles a grievance, also in place of a colleague."""

    def take(row: Grievance) -> None:
        refuse(bars_to_take(state=row.state, at_desk=at_desk(by, row)))
        if row.taken_by_id == by.staff_id:
            return
        row.taken_by_id = by.staff_id
        row.state = State.TAKEN if row.state == State.OPEN else row.state
        row.save(update_fields=["taken_by", "state"])
        note(row, EventKind.TAKEN, by=by, at=at)

    under_lock(grievance, take, KEPT_FROM)


def ask(*, grievance: Grievance, question: str, by: Actor, at: datetime) -> None:
    """Ask the person, who reads and answers it with the code; the clock waits.

    Twice at one desk, and not while a question waits: raises CannotHandle.
    """

    def take(row: Grievance) -> None:
        must_hold(row, by)
        asked = row.events.filter(kind=EventKind.ASKED, desk=row.desk).count()
        refuse(bars_to_ask(state=row.state, asked=asked))
        row.state, row.due_at = State.ASKED, in_working_days(at, DAYS_TO_REPLY)
        row.save(update_fields=["state", "due_at"])
        note(row, EventKind.ASKED, by=by, words=question, at=at)
        renew_work(row, by=by.username)

    under_lock(grievance, take)


def pass_up(*, grievance: Grievance, why: str, by: Actor, at: datetime) -> None:
    """Hand a grievance to the office above, with the reason."""

    def take(row: Grievance) -> None:
        must_hold(row, by)
        above = desk_above(Desk(row.desk))
        if above is None:
            raise CannotHandle([Bar.LAST_DESK])
        with as_job():  # conduct leaves the sight of whoever passes it up
            move_up(row, above, by=by.username, at=at)
            note(row, EventKind.PASSED_UP, by=by, words=why, at=at)

    under_lock(grievance, take)


def move_up(row: Grievance, desk: Desk, *, by: str, at: datetime) -> None:
    """Lay a grievance on a higher desk with a clock of its own; the caller notes why."""
    lay_on(row, desk, at)
    row.state, row.taken_by = State.OPEN, None
    row.due_at = in_working_days(at, DAYS_FURTHER_UP)
    row.save(
        update_fields=["desk", "desk_code", "office", "state", "taken_by", "due_at"]
    )
    renew_work(row, by=by, urgent=True)


def name_officer(
    *, grievance: Grievance, officer: Staff, by: Actor, at: datetime
) -> None:
    """Say which account a grievance is about: from now on that officer never sees it.

    Where lists of work of this desk reach the officer, it goes to a higher one.
    """

    def take(row: Grievance) -> None:
        must_hold(row, by)
        if officer.pk == by.staff_id:
            raise CannotHandle([Bar.NOT_YOUR_DESK])
        before = row.desk_code, row.office
        row.about = officer
        with as_job():  # it may leave the sight of whoever names
            lay_on(row, Desk(row.desk), at)
            row.save(update_fields=["about", "desk", "desk_code", "office"])
            note(row, EventKind.NAMED, by=by, at=at, officer=officer.pk)
            if before != (row.desk_code, row.office):
                move_up(row, Desk(row.desk), by=by.username, at=at)

    under_lock(grievance, take)


def decide(*, grievance: Grievance, verdict: Verdict, by: Actor, at: datetime) -> None:
    """Decide a grievance; upheld, it changes what it is about through its own action.

    Raises CannotHandle, CannotRemedy, and whatever that action raises.
    """

    def take(row: Grievance) -> None:
        must_hold(row, by)
        refuse(
            bars_to_decide(
                kind=row.kind,
                outcome=verdict.outcome,
                who=by.staff_id,
                decided_before=[row.first_decided_by_id],
            )
        )
        if verdict.outcome == State.UPHELD:
            row.remedy = remedy_of(row, verdict, by=by, at=at)
        row.state, row.answer = verdict.outcome, verdict.answer
        row.decided_by_id, row.decided_at = by.staff_id, at
        row.save(
            update_fields=["remedy", "state", "answer", "decided_by", "decided_at"]
        )
        close_work(target=row, by=by.username)
        note(
            row,
            EventKind.DECIDED,
            by=by,
            at=at,
            outcome=verdict.outcome.value,
            remedy=row.remedy,
        )

    under_lock(
        grievance,
        take,
        {
            "grievance_decided_by_somebody_new": CannotHandle([Bar.HANDED_OUT]),
            **KEPT_FROM,
        },
    )
