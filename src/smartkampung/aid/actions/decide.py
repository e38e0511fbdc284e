"""Decide a claim: yes under the programme's budget, or no with every reason."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.roles import Permission
from smartkampung.aid.actions.locks import case_locks, fresh
from smartkampung.aid.actions.news import tell_family
from smartkampung.aid.actions.progress import announce
from smartkampung.aid.actions.reasons import keep_reasons
from smartkampung.aid.models import (
    Claim,
    Decision,
    Enrolment,
    Entitlement,
    FieldCheck,
    Programme,
)
from smartkampung.aid.queries.claims import (
    bars_to_decide,
    check_to_rely_on,
    unit_key,
)
from smartkampung.aid.queries.conflicts import red_lights
from smartkampung.aid.queries.outlook import outlook, standing_reasons
from smartkampung.aid.rules import claims
from smartkampung.aid.rules.claims import Bar, Reason
from smartkampung.aid.rules.conflicts import records
from smartkampung.aid.rules.periods import period_of
from smartkampung.aid.rules.report import Step
from smartkampung.aid.words import BARS, sentences
from smartkampung.audit.actions import record
from smartkampung.kernel.claim import Busy, claim_scarce
from smartkampung.kernel.clock import day
from smartkampung.kernel.errors import Refused
from smartkampung.ledger.actions import transfer
from smartkampung.worklist.actions import close_work, open_work

BUSY = _("Somebody else is working on this claim. Please try again in a moment.")


class CannotDecide(Refused):
    """This officer may not decide this claim now; ``bars`` says why."""

    code = "cannot_decide"

    def __init__(self, bars: Sequence[Bar]) -> None:
        super().__init__(" ".join(str(BARS[bar]) for bar in bars))
        self.bars = list(bars)


class CannotApprove(Refused):
    """Something makes approval impossible; ``reasons`` is complete."""

    code = "cannot_approve"

    def __init__(self, reasons: Sequence[Reason]) -> None:
        super().__init__(sentences(reasons))
        self.reasons = list(reasons)


class NoReason(Refused):
    """A refusal names at least one reason, and a note where the reason is "other"."""

    code = "no_reason"


@dataclass(frozen=True)
class Choice:
    """What the officer chose, and who and when."""

    programme: Programme | None
    reasons: tuple[Reason, ...]
    note: str
    by: Actor
    at: datetime


def decide_claim(
    *,
    claim: Claim,
    approved: bool,
    programme: Programme | None,
    reasons: Sequence[Reason] = (),
    note: str = "",
    by: Actor,
    at: datetime,
) -> Decision:
    """Approve a programme for a claim, or refuse with reasons.

    Looks at life status, conflicts and budget again under lock. A refusal also gets
    the reasons the system sees. Raises CannotDecide, CannotApprove, NoReason, Busy,
    and BudgetExhausted when another took the last of the budget.
    """
    choice = Choice(programme, tuple(reasons), note, by, at)
    twice = CannotApprove([Reason.ALREADY_ENTITLED])

    def take() -> Decision:
        case = fresh(claim)
        visit = _visit_or_refuse(case, by)
        return (_approve if approved else _refuse)(case, visit, choice)

    return claim_scarce(
        locks=case_locks(claim),
        take=take,
        refusals={
            "decision_maker_is_not_checker": CannotDecide([Bar.CHECKED_IT]),
            "decision_by_somebody_new": CannotDecide([Bar.CHECKED_IT]),
            "entitlement_once_per_period": twice,
            "entitlement_once_per_person": twice,
            "enrolment_once_at_a_time": twice,
        },
        busy=Busy(BUSY),
    )


def _visit_or_refuse(case: Claim, by: Actor) -> FieldCheck:
    bars = bars_to_decide(by, case)
    visit = check_to_rely_on(case)
    if bars or visit is None:
        raise CannotDecide(bars or [Bar.NOT_TO_DECIDE])
    return visit


def _approve(case: Claim, visit: FieldCheck, choice: Choice) -> Decision:
    programme, by, at = choice.programme, choice.by, choice.at
    if programme is None:
        raise NoReason(_("Choose the programme that you approve."))
    reasons = outlook(case, programme, on=day(at)).hindrances
    if reasons:
        raise CannotApprove(reasons)
    decision = _write(case, visit, choice, approved=True)
    due = _entitle(case, decision, programme, at)
    case.state = claims.State.APPROVED
    case.save(update_fields=["state"])
    _tell(case, decision, by, at)
    open_work(
        kind="aid.batch",
        target=due,
        permission=Permission.BATCH_PREPARE,
        region_code=case.region_code,
        due_at=case.due_at,
    )
    # Budgets are locked last, after everything about the person.
    transfer(
        key=f"aid.commit:{due.pk}",
        kind="aid.commit",
        legs=[
            (f"budget/{programme.code}", -due.amount),
            (f"committed/{programme.code}", due.amount),
        ],
        by=by.username,
        at=at,
    )
    return decision


def _write(
    case: Claim,
    visit: FieldCheck,
    choice: Choice,
    *,
    approved: bool,
    reasons: Sequence[Reason] = (),
    blocked_by: Sequence[Mapping[str, Any]] = (),
) -> Decision:
    decision = Decision.objects.create(
        claim=case,
        check_relied_on=visit,
        checker_id=visit.checker_id,
        decider_id=choice.by.staff_id,
        approved=approved,
        programme=choice.programme,
        reasons=[reason.value for reason in reasons],
        blocked_by=[*blocked_by],
        note=choice.note,
        decided_at=choice.at,
    )
    keep_reasons(
        decision=decision,
        person=case.person,
        programme=choice.programme,
        on=day(choice.at),
    )
    return decision


def _entitle(
    case: Claim, decision: Decision, programme: Programme, at: datetime
) -> Entitlement:
    person = case.person
    if person is None:
        raise CannotApprove([Reason.NIK_UNKNOWN])
    begin, end = period_of(programme.period, on=day(at), since=programme.since)
    personal = programme.unit == Programme.Unit.PERSON
    listed = Enrolment.objects.create(
        programme=programme,
        family=person.family,
        person=person if personal else None,
        since=day(at),
        until=end,
        source="aid.claim",
    )
    return Entitlement.objects.create(
        decision=decision,
        claim=case,
        programme=programme,
        family=person.family,
        person=person,
        unit_key=unit_key(person, programme),
        region_code=case.region_code,
        period=begin,
        amount=programme.amount,
        contents=programme.contents,
        contents_en=programme.contents_en,
        enrolment=listed,
    )


def _refuse(case: Claim, visit: FieldCheck, choice: Choice) -> Decision:
    if not choice.reasons:
        raise NoReason(_("Choose at least one reason for the refusal."))
    if Reason.OTHER in choice.reasons and not choice.note.strip():
        raise NoReason(_("Write the other reason in the note."))
    seen = standing_reasons(case, choice.programme, on=day(choice.at))
    reasons = list(dict.fromkeys([*seen, *choice.reasons]))
    decision = _write(
        case,
        visit,
        choice,
        approved=False,
        reasons=reasons,
        blocked_by=_blocks(case, choice, reasons),
    )
    case.state, case.closed_at = claims.State.REFUSED, choice.at
    case.save(update_fields=["state", "closed_at"])
    _tell(case, decision, choice.by, choice.at)
    return decision


def _blocks(
    case: Claim, choice: Choice, reasons: Sequence[Reason]
) -> list[dict[str, Any]]:
    """Return the records that block the programme, or any where none was named."""
    person, programme = case.person, choice.programme
    if person is None or Reason.ALREADY_RECEIVING not in reasons:
        return []
    lights = red_lights(
        family_id=person.family_id,
        person_id=person.pk,
        programmes=[programme.pk] if programme else None,
        claim=case.pk,
        on=day(choice.at),
    )
    return records(lights)


def _tell(case: Claim, decision: Decision, by: Actor, at: datetime) -> None:
    close_work(target=case, by=by.username)
    announce(claim=case, step=Step.DECIDED, at=at, family_told=True)
    tell_family(claim=case, key=f"aid.decided:{decision.pk}")
    record(
        "aid.claim_decided",
        target=case,
        by=by.username,
        region_code=case.region_code,
        approved=decision.approved,
        programme=decision.programme_id or "",
        reasons=decision.reasons,
    )
