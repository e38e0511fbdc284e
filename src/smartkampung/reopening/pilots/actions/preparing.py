"""A village shows that it is ready: three steps with evidence, then a visit."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.roles import Permission
from smartkampung.kernel.clock import day
from smartkampung.reopening.pilots.actions.errors import PilotRefused, refuse
from smartkampung.reopening.pilots.actions.writing import (
    PREPARE,
    TO_PREPARE,
    TO_VISIT,
    VISIT,
    ask,
    asked_no_more,
    became,
    locked,
    must,
    wrote,
)
from smartkampung.reopening.pilots.models import Evidence, Pilot, Visit
from smartkampung.reopening.pilots.rules.states import (
    State,
    Step,
    What,
    next_step,
    why_no_evidence,
    why_no_visit,
)


@dataclass(frozen=True)
class Shown:
    """What a village did in one step: when, for how many people, with which photos."""

    step: Step
    text: str
    on: date
    people: int
    photos: Sequence[UUID] = ()


@dataclass(frozen=True)
class Found:
    """What the task force found on a day: ready or not, what is missing, photos."""

    passed: bool
    on: date
    missing: str = ""
    photos: Sequence[UUID] = ()


DAY_AHEAD = _("This day has not come yet.")
READY_AND_MISSING = _(
    "You say that the village is ready, and also what is missing. Answer “no”, or"
    " leave empty what is missing."
)


def add_evidence(*, pilot: Pilot, shown: Shown, by: Actor, at: datetime) -> Evidence:
    """Write down what was done in a step; after the last the task force is asked.

    Raises PilotRefused when a step before is missing, or the day does not fit.
    """
    must(by, Permission.PILOT_PREPARE, pilot.village_id)
    with transaction.atomic():
        pilot = locked(pilot)
        done = _done(pilot)
        refuse(why_no_evidence(State(pilot.state), shown.step, done))
        _refuse_day(pilot, shown.on, day(at))
        row = Evidence.objects.create(
            pilot=pilot,
            step=shown.step,
            text=shown.text,
            on=shown.on,
            people=shown.people,
            photos=list(shown.photos),
            by=by.username,
            at=at,
        )
        wrote(pilot, What.EVIDENCE, by=by.username, at=at, reason=shown.step)
        if next_step(done | {shown.step}) is None:
            asked_no_more(pilot, PREPARE, by=by.username)
            ask(pilot, VISIT, Permission.PILOT_VISIT, due_at=at + TO_VISIT)
            became(pilot, State.PREPARING, due_on=day(at + TO_VISIT))
        else:
            became(pilot, State.PREPARING, due_on=pilot.due_on)
    return row


def _done(pilot: Pilot) -> set[str]:
    """Return the steps that have evidence."""
    return set(pilot.evidence.values_list("step", flat=True))


def _refuse_day(pilot: Pilot, on: date, today: date) -> None:
    if on > today:
        raise PilotRefused(DAY_AHEAD, code="day_ahead")
    if on < pilot.chosen_on:
        raise PilotRefused(
            _("This day is before the village was chosen."), code="day_too_early"
        )


def visit(*, pilot: Pilot, found: Found, by: Actor, at: datetime) -> Visit:
    """Write down what the task force found: ready, or what is missing.

    A village that is not ready yet mends what is missing, gives evidence of it, and is
    visited again. Raises PilotRefused before all steps have evidence, when the visitor
    gave some of it, when the day does not fit, and when it is ready and not ready.
    """
    must(by, Permission.PILOT_VISIT, pilot.village_id)
    missing = found.missing.strip()
    if not found.passed and not missing:
        raise PilotRefused(_("Say what is missing."), code="missing_empty")
    if found.passed and missing:
        raise PilotRefused(READY_AND_MISSING, code="ready_and_missing")
    with transaction.atomic():
        pilot = locked(pilot)
        makers = set(pilot.evidence.values_list("by", flat=True))
        state = State(pilot.state)
        refuse(why_no_visit(state, _done(pilot), visitor=by.username, makers=makers))
        _refuse_day(pilot, found.on, day(at))
        if found.on < max(pilot.evidence.values_list("on", flat=True)):
            raise PilotRefused(
                _("This day is before the last step that the village showed."),
                code="day_before_steps",
            )
        row = Visit.objects.create(
            pilot=pilot,
            on=found.on,
            passed=found.passed,
            missing=missing,
            photos=list(found.photos),
            by=by.username,
            at=at,
        )
        asked_no_more(pilot, VISIT, PREPARE, by=by.username)
        if found.passed:
            became(pilot, State.READY)
            wrote(pilot, What.READY, by=by.username, at=at)
        else:
            ask(pilot, PREPARE, Permission.PILOT_PREPARE, due_at=at + TO_PREPARE)
            became(pilot, State.PREPARING, due_on=day(at + TO_PREPARE))
            wrote(pilot, What.VISIT_FAILED, by=by.username, at=at, reason=missing[:300])
    return row
