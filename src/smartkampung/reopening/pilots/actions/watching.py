"""Every day: propose going back where signals worsened, and ask for signatures."""

from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction

from smartkampung.accounts.roles import Permission
from smartkampung.kernel.clock import day
from smartkampung.kernel.errors import Refused, atomic_or_refuse
from smartkampung.reopening.pilots.actions.signing import (
    drop_what_is_old,
    look_again,
)
from smartkampung.reopening.pilots.actions.writing import (
    DECIDE,
    SIGNS,
    SILENT,
    TO_ASK,
    TO_SIGN,
    ask,
    ask_to_sign,
    asked_no_more,
    became,
    locked,
    tell,
    wrote,
)
from smartkampung.reopening.pilots.models import Pilot, Proposal, SignOff
from smartkampung.reopening.pilots.queries.evaluation import (
    DAY,
    Readings,
    evaluate,
    gates_on,
    kept_seen,
    watched,
)
from smartkampung.reopening.pilots.queries.phases import phase_of, phases_on
from smartkampung.reopening.pilots.queries.signs import signs_that_hold
from smartkampung.reopening.pilots.rules.gates import (
    SILENT_DAYS,
    Gates,
    Seen,
    Worse,
    better_on,
    is_silent,
    worsened,
)
from smartkampung.reopening.pilots.rules.states import State, What, neighbours
from smartkampung.worklist.actions import open_work

WHO = "pilots.watch"


class ProposedAlready(Refused):
    """Another look proposed the same a moment ago."""

    code = "proposed_already"


def watch(*, at: datetime) -> list[Proposal]:
    """Look at every pilot that could move; return what is proposed now.

    Run twice, or in two places at once, it proposes and tells nothing twice.
    """
    known = gates_on(day(at))
    if known is None:
        return []
    using, told = Readings(), []
    states = (State.READY, State.RUNNING, State.PAUSED)
    for pilot in Pilot.objects.filter(state__in=states).order_by("pk"):
        with transaction.atomic():
            told += _look(locked(pilot), known[1], using, at)
    return told


def _look(pilot: Pilot, gates: Gates, using: Readings, at: datetime) -> list[Proposal]:
    told = []
    _note_silence(pilot, gates, using, at)
    for rule in gates.worse:
        seen = watched(pilot.village_id, rule, until=day(at) - DAY, using=using)
        _note_calm(pilot, rule, seen)
        if pilot.state == State.RUNNING and worsened(rule, seen):
            told += _propose(pilot, rule, seen, gates, at)
    if pilot.state in {State.READY, State.RUNNING}:
        _ask_for_signs(pilot, using, at)
    return told


def _note_silence(pilot: Pilot, gates: Gates, using: Readings, at: datetime) -> None:
    """Ask somebody to look where worsening could not be seen for days; once."""
    until = day(at) - DAY
    blind = pilot.state == State.RUNNING and any(
        is_silent(
            using.seen(
                pilot.village_id,
                of=rule.of,
                indicator=rule.indicator,
                days=SILENT_DAYS,
                until=until,
            )
        )
        for rule in gates.worse
    )
    if blind:
        ask(pilot, SILENT, Permission.PILOT_DECIDE, due_at=at + TO_ASK)
    else:
        asked_no_more(pilot, SILENT, by=WHO)


def _note_calm(pilot: Pilot, rule: Worse, seen: tuple[Seen, ...]) -> None:
    """Write down that an indicator is below its lower limit since it was proposed on."""
    rows = Proposal.objects.filter(
        pilot=pilot, indicator=rule.indicator, of=rule.of, calm_on=None
    )
    for row in rows:
        row.calm_on = better_on(rule, seen, after=row.on)
        if row.calm_on is not None:
            row.save(update_fields=["calm_on"])


def _propose(
    pilot: Pilot, rule: Worse, seen: tuple[Seen, ...], gates: Gates, at: datetime
) -> list[Proposal]:
    evaluation = _kept(rule, seen)
    due_at = at + timedelta(hours=gates.decide_hours)
    once = {"pilot_proposal_once_until_calm": ProposedAlready("")}
    try:
        with atomic_or_refuse(once):
            row = Proposal.objects.create(
                pilot=pilot,
                indicator=rule.indicator,
                of=rule.of,
                on=seen[-1].on,
                evaluation=evaluation,
                at=at,
                due_at=due_at,
            )
    except ProposedAlready:
        return []
    open_work(
        kind=DECIDE,
        target=row,
        permission=Permission.PILOT_DECIDE,
        region_code=pilot.village_id,
        due_at=due_at,
        urgent=True,
    )
    tell(wrote(pilot, What.PROPOSED, by=WHO, at=at, evaluation=evaluation))
    return [row]


def _kept(rule: Worse, seen: tuple[Seen, ...]) -> dict[str, Any]:
    return {
        "until": seen[-1].on.isoformat(),
        "needs": [
            {
                "indicator": rule.indicator.value,
                "of": rule.of,
                "days": rule.days,
                "below": str(rule.start),
                "least": None,
                "verdict": "not_met",
                "seen": [kept_seen(one) for one in seen],
            }
        ],
    }


def _ask_for_signs(pilot: Pilot, using: Readings, at: datetime) -> None:
    """Ask the offices to sign where the next gate is open; let bad readings undo it."""
    here = phase_of(pilot.village_id, day(at))
    _before, after = neighbours(list(phases_on(day(at))), here)
    found = (
        evaluate(pilot.village_id, after, on=day(at), using=using) if after else None
    )
    if found is None:
        return
    drop_what_is_old(pilot, found, by=WHO, at=at)
    look_again(pilot, found, by=WHO, at=at)
    if not found.is_open:
        if not _standing(pilot, found.gate.to):
            asked_no_more(pilot, *SIGNS, by=WHO)
            became(pilot, State(pilot.state))
        return
    signed = signs_that_hold(pilot, found.gate.to, found.guidance.pk, at)
    still = [role for role in found.gate.signs if role not in signed]
    ask_to_sign(pilot, still, due_at=at + TO_SIGN, by=WHO)
    if pilot.due_on is None:
        became(pilot, State(pilot.state), due_on=_due(at))


def _standing(pilot: Pilot, to: str) -> bool:
    rows = SignOff.objects.filter(pilot=pilot, to=to, moved_on=None, fell_on=None)
    return rows.exists()


def _due(at: datetime) -> date:
    return day(at + TO_SIGN)
