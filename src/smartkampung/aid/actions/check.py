"""Write down a visit to the doorstep."""

import uuid
from collections.abc import Mapping
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.models import Staff
from smartkampung.accounts.queries.people import usernames_of
from smartkampung.accounts.roles import Permission
from smartkampung.aid.actions.locks import case_locks, fresh
from smartkampung.aid.actions.progress import announce
from smartkampung.aid.models import Claim, Criterion, FieldCheck
from smartkampung.aid.queries.claims import is_kin, touched_by
from smartkampung.aid.queries.objections import is_reopened
from smartkampung.aid.rules import claims
from smartkampung.aid.rules.report import Step
from smartkampung.aid.words import BARS
from smartkampung.audit.actions import record
from smartkampung.kernel.claim import Busy, claim_scarce
from smartkampung.kernel.errors import Refused
from smartkampung.worklist.actions import close_work, open_work

BUSY = _("Somebody else is working on this claim. Please try again in a moment.")


class CannotCheck(Refused):
    """The claim does not wait for a visit."""

    code = "cannot_check"


class AnswersMissing(Refused):
    """Some criteria have no answer; ``fields`` names them."""

    code = "answers_missing"

    def __init__(self, fields: list[str]) -> None:
        super().__init__(_("Answer every question with yes or no."))
        self.fields = fields


class FormReused(Refused):
    """The form was sent before for something else."""

    code = "form_reused"


def record_check(
    *,
    form_id: uuid.UUID,
    claim: Claim,
    answers: Mapping[str, bool],
    recommends: bool,
    programme: str | None,
    kin_declared: bool,
    notes: str = "",
    photo_id: uuid.UUID | None = None,
    by: Actor,
    at: datetime,
) -> FieldCheck:
    """Write down a visit; the same form sent twice is one visit.

    The claim then waits for a decision, unless the visitor is kin of the person:
    then another visitor must go. Raises CannotCheck, AnswersMissing, FormReused.
    """

    def take() -> FieldCheck:
        earlier = FieldCheck.objects.filter(pk=form_id).first()
        if earlier is not None:
            return _same_or_refuse(earlier, claim, by)
        case = fresh(claim)
        _check_possible(case, answers)
        visit = FieldCheck.objects.create(
            id=form_id,
            claim=case,
            checker_id=by.staff_id,
            answers=dict(answers),
            notes=notes,
            photo_id=photo_id,
            recommends=recommends,
            programme_id=programme if recommends else None,
            kin_declared=kin_declared,
            kin_found=is_kin(Staff.objects.get(pk=by.staff_id), case.person),
            checked_at=at,
        )
        _move_on(case, visit, by, at)
        return visit

    return claim_scarce(
        locks=case_locks(claim), take=take, refusals={}, busy=Busy(BUSY)
    )


def _same_or_refuse(earlier: FieldCheck, claim: Claim, by: Actor) -> FieldCheck:
    if (earlier.claim_id, earlier.checker_id) != (claim.pk, by.staff_id):
        raise FormReused(_("This form was already sent. Open a new one."))
    return earlier


def _check_possible(case: Claim, answers: Mapping[str, bool]) -> None:
    bars = claims.bars_to_check(case.state)
    if bars:
        raise CannotCheck(BARS[bars[0]])
    asked = Criterion.objects.filter(asked=True).order_by("number")
    missing = [c for c in asked.values_list("code", flat=True) if c not in answers]
    if missing:
        raise AnswersMissing(missing)


def _move_on(case: Claim, visit: FieldCheck, by: Actor, at: datetime) -> None:
    close_work(target=case, by=by.username, kinds=("aid.field_check",))
    kin = visit.kin_declared or visit.kin_found
    if kin:
        open_work(
            kind="aid.field_check",
            target=case,
            permission=Permission.FIELD_CHECK,
            region_code=case.region_code,
            due_at=claims.check_due(case.due_at),
            urgent=True,
        )
    else:
        case.state = claims.State.TO_DECIDE
        case.save(update_fields=["state"])
        _let_decide(case)
        announce(claim=case, step=Step.KECAMATAN_DECIDES, at=at)
    record(
        "aid.claim_checked",
        target=case,
        by=by.username,
        region_code=case.region_code,
        recommends=visit.recommends,
        kin=kin,
    )


def _let_decide(case: Claim) -> None:
    # What an objection reopened may have nobody left to decide it in the kecamatan:
    # Dinsos may, too.
    again = is_reopened(case)
    open_work(
        kind="aid.decide_again" if again else "aid.decide",
        target=case,
        permission=Permission.OBJECTION_ANSWER if again else Permission.CLAIM_DECIDE,
        region_code=case.region_code,
        due_at=claims.decision_due(case.due_at),
        not_by=usernames_of(touched_by(case)),
    )
