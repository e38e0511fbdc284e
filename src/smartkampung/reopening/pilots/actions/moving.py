"""A pilot changes its phase, or stands still; always with a reason and its readings."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.roles import Permission
from smartkampung.kernel.clock import day
from smartkampung.reopening.pilots.actions.errors import PilotRefused, refuse
from smartkampung.reopening.pilots.actions.writing import (
    PREPARE,
    SIGNS,
    SILENT,
    VISIT,
    asked_no_more,
    became,
    locked,
    must,
    tell,
    wrote,
)
from smartkampung.reopening.pilots.models import (
    Pause,
    PhaseSpell,
    Pilot,
    Proposal,
    SignOff,
    Turn,
)
from smartkampung.reopening.pilots.queries.evaluation import (
    DAY,
    Readings,
    gates_on,
    kept_seen,
    watched,
)
from smartkampung.reopening.pilots.queries.phases import phase_of, phases_on
from smartkampung.reopening.pilots.queries.signs import holds, standing
from smartkampung.reopening.pilots.rules.gates import calm
from smartkampung.reopening.pilots.rules.states import (
    Decision,
    State,
    What,
    neighbours,
    why_not_back,
    why_not_end,
    why_not_pause,
    why_not_resume,
)
from smartkampung.reopening.pilots.words import INDICATORS
from smartkampung.worklist.actions import close_all_work


def pause(*, pilot: Pilot, reason: str, by: Actor, at: datetime) -> Turn:
    """Let a village stand still: from today the strictest phase applies in it.

    Raises PilotRefused when it is in no later phase, or without a reason.
    """
    must(by, Permission.PILOT_DECIDE, pilot.village_id)
    with transaction.atomic():
        pilot = locked(pilot)
        refuse(why_not_pause(State(pilot.state)))
        reason = _said(reason)
        Pause.objects.create(
            pilot=pilot, since=day(at), reason=reason, by=by.username, at=at
        )
        became(pilot, State.PAUSED)
        drop_signs(pilot, day(at))
        settle(pilot, Decision.PAUSE, reason=reason, by=by.username, at=at)
        turn = wrote(pilot, What.PAUSED, by=by.username, at=at, reason=reason)
        tell(turn)
    return turn


def resume(*, pilot: Pilot, reason: str, by: Actor, at: datetime) -> Turn:
    """Let a paused village go on in its phase, once its signals are calm.

    Every indicator that could propose going back must be known for the last whole day
    and be below its lower limit. Raises PilotRefused otherwise.
    """
    must(by, Permission.PILOT_DECIDE, pilot.village_id)
    with transaction.atomic():
        pilot = locked(pilot)
        refuse(why_not_resume(State(pilot.state)))
        reason = _said(reason)
        evaluation = _calm_now(pilot, day(at))
        _end_pause(pilot, day(at))
        became(pilot, State.RUNNING)
        turn = wrote(
            pilot,
            What.RESUMED,
            by=by.username,
            at=at,
            reason=reason,
            evaluation=evaluation,
        )
        tell(turn)
    return turn


def step_back(*, pilot: Pilot, reason: str, by: Actor, at: datetime) -> Turn:
    """Bring a village back to the phase before, whether it runs or is paused.

    Its way forward again is the gate, with all its signatures. Raises PilotRefused
    when there is no phase before.
    """
    must(by, Permission.PILOT_DECIDE, pilot.village_id)
    with transaction.atomic():
        pilot = locked(pilot)
        codes = list(phases_on(day(at)))
        now = phase_of(pilot.village_id, day(at))
        before, _after = neighbours(codes, now)
        refuse(why_not_back(State(pilot.state), first=before is None))
        reason = _said(reason)
        _end_pause(pilot, day(at))
        enter(pilot, str(before), reason=reason, by=by.username, at=at)
        became(pilot, State.READY if before == codes[0] else State.RUNNING)
        drop_signs(pilot, day(at))
        settle(pilot, Decision.BACK, reason=reason, by=by.username, at=at)
        turn = wrote(pilot, What.BACK, by=by.username, at=at, reason=reason)
        tell(turn)
    return turn


def end(*, pilot: Pilot, reason: str, by: Actor, at: datetime) -> Turn:
    """End a pilot: from today its village lives as any other, in the strictest phase.

    Raises PilotRefused when it has ended, or without a reason.
    """
    must(by, Permission.PILOT_DECIDE, pilot.village_id)
    with transaction.atomic():
        pilot = locked(pilot)
        refuse(why_not_end(State(pilot.state)))
        reason = _said(reason)
        _end_pause(pilot, day(at))
        _end_spell(pilot, day(at))
        pilot.ended_on = day(at)
        became(pilot, State.ENDED)
        drop_signs(pilot, day(at))
        settle(pilot, Decision.BACK, reason=reason, by=by.username, at=at)
        asked_no_more(pilot, PREPARE, VISIT, *SIGNS, by=by.username)
        turn = wrote(pilot, What.ENDED, by=by.username, at=at, reason=reason)
        tell(turn)
    return turn


def enter(pilot: Pilot, phase: str, *, reason: str, by: str, at: datetime) -> None:
    """Let a phase begin today in the village of a locked pilot."""
    _end_spell(pilot, day(at))
    PhaseSpell.objects.create(
        village_id=pilot.village_id,
        phase=phase,
        since=day(at),
        reason=reason,
        by=by,
        at=at,
    )


def drop_signs(pilot: Pilot, on: date) -> int:
    """Let the signatures that still stand fall; return how many."""
    return standing(pilot).update(fell_on=on)


def drop_old_signs(pilot: Pilot, version: int, at: datetime) -> int:
    """Let signatures fall that are old, or for another version; return how many."""
    old = [row.pk for row in standing(pilot) if not holds(row, version, at)]
    return SignOff.objects.filter(pk__in=old).update(fell_on=day(at))


def settle(
    pilot: Pilot, decision: Decision, *, reason: str, by: str, at: datetime
) -> None:
    """Answer every proposal of a pilot that still waits by what was just done."""
    waiting = Proposal.objects.filter(pilot=pilot, decision="")
    close_all_work(targets=list(waiting), by=by)
    asked_no_more(pilot, SILENT, by=by)
    waiting.update(decision=decision, reason=reason, decided_by=by, decided_at=at)


def _said(reason: str) -> str:
    if not reason.strip():
        raise PilotRefused(
            _("Say why: everybody will read the reason."), code="reason_empty"
        )
    return reason.strip()[:300]


def _end_spell(pilot: Pilot, on: date) -> None:
    rows = PhaseSpell.objects.filter(village=pilot.village_id, until=None)
    rows.update(until=on)


def _end_pause(pilot: Pilot, on: date) -> None:
    Pause.objects.filter(pilot=pilot, until=None).update(until=on)


def _calm_now(pilot: Pilot, on: date) -> dict[str, Any]:
    """Return the readings by which a village may resume; refuse while any is not."""
    known, using = gates_on(on), Readings()
    rows: list[dict[str, Any]] = []
    if known is None or not known[1].worse:
        raise PilotRefused(
            _("It cannot be decided: guidance names no sign of worsening to look at."),
            code="cannot_decide",
        )
    for rule in known[1].worse:
        last = watched(pilot.village_id, rule, until=on - DAY, using=using)[-1]
        said, name = calm(rule, last), INDICATORS[rule.indicator]
        if said is None:
            words = _("It cannot be decided: nothing is known about “%(what)s”.")
            raise PilotRefused(words % {"what": name}, code="cannot_decide")
        if not said:
            words = _("Not yet: “%(what)s” must fall below %(limit)s first.")
            raise PilotRefused(
                words % {"what": name, "limit": rule.again_below}, code="not_calm"
            )
        rows.append(
            {
                "indicator": rule.indicator.value,
                "of": rule.of,
                "days": 1,
                "below": str(rule.again_below),
                "least": None,
                "verdict": "met",
                "seen": [kept_seen(last)],
            }
        )
    return {"until": (on - DAY).isoformat(), "needs": rows}
