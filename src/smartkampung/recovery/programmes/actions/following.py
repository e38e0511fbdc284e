"""What people reached, and what they earn at the end and months later."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from smartkampung.audit.actions import record
from smartkampung.kernel.clock import day
from smartkampung.kernel.errors import Refused, atomic_or_refuse
from smartkampung.kernel.months import months_later
from smartkampung.kernel.wording import short_day
from smartkampung.recovery.programmes.actions.leaving import ask_outcome
from smartkampung.recovery.programmes.actions.telling import reached
from smartkampung.recovery.programmes.models import MilestoneReached, Outcome, Seat
from smartkampung.recovery.programmes.rules.states import (
    MONTHS,
    Milestone,
    SeatState,
    Stage,
    stages_due,
)
from smartkampung.worklist.actions import close_work

MAY_REACH = (SeatState.ACCEPTED, SeatState.ATTENDING, SeatState.FINISHED)
ASKED = (SeatState.FINISHED, SeatState.DROPPED)


class CannotReach(Refused):
    """This was not reached, or not then."""

    code = "cannot_reach"


class CannotAsk(Refused):
    """This is not to be asked now."""

    code = "cannot_ask"


def reach(*, seat: Seat, what: Milestone, on: date, by: str, at: datetime) -> None:
    """Write down that somebody reached something; twice is once. Raises CannotReach."""
    if seat.state not in MAY_REACH:
        raise CannotReach(_("Only who takes part, or finished, reaches something."))
    if not day(seat.invited_at) <= on <= day(at):
        raise CannotReach(
            _("Choose a day from %(first)s to today.")
            % {"first": short_day(seat.invited_at)}
        )
    with transaction.atomic():
        _row, new = MilestoneReached.objects.get_or_create(
            seat=seat, what=what, defaults={"on": on, "by": by, "at": at}
        )
        if not new:
            return
        reached(seat, what.value, at)
        record(
            "recovery.milestone",
            target=seat,
            by=by,
            region_code=seat.region_code,
            what=what.value,
        )


def record_outcome(
    *,
    seat: Seat,
    stage: Stage,
    income: int,
    on: date,
    note: str = "",
    by: str,
    at: datetime,
) -> Outcome:
    """Write down what somebody earns a month at a stage that has come.

    Raises CannotAsk.
    """
    if seat.state not in ASKED or seat.ended_at is None:
        raise CannotAsk(_("Only who finished or stopped is asked what they earn now."))
    ended_on = day(seat.ended_at)
    first = months_later(ended_on, MONTHS[stage])
    if not first <= on <= day(at):
        raise CannotAsk(
            _("This is asked from %(first)s on, and not of a day to come.")
            % {"first": short_day(first)}
        )
    twice = CannotAsk(_("This was written down already, and stays as it was told."))
    with atomic_or_refuse({"outcome_once": twice}):
        outcome = Outcome.objects.create(
            seat=seat, stage=stage, income=income, on=on, note=note, by=by, at=at
        )
        if not _stages_missing(seat, day(at)):
            close_work(target=seat, by=by, kinds=("recovery.outcome",))
        record(
            "recovery.outcome",
            target=seat,
            by=by,
            region_code=seat.region_code,
            stage=stage.value,
        )
    return outcome


def _stages_missing(seat: Seat, on: date) -> list[Stage]:
    assert seat.ended_at is not None
    known = set(seat.outcomes.values_list("stage", flat=True))
    due = stages_due(ended_on=day(seat.ended_at), on=on)
    return [stage for stage in due if stage.value not in known]


def ask_what_is_due(*, at: datetime) -> int:
    """Put everybody on the list whose next question has come; return how many.

    Safe to run at any time.
    """
    found = 0
    rows = Seat.objects.filter(state__in=ASKED, ended_at__isnull=False)
    for seat in rows.prefetch_related("outcomes").order_by("pk").iterator(2_000):
        known = {outcome.stage for outcome in seat.outcomes.all()}
        due = stages_due(ended_on=day(seat.ended_at or at), on=day(at))
        if any(stage.value not in known for stage in due):
            ask_outcome(seat, at=at)
            found += 1
    return found
