"""A refused person objects; somebody else looks again."""

from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.roles import Permission
from smartkampung.aid.actions.locks import case_locks, fresh
from smartkampung.aid.actions.news import tell_family
from smartkampung.aid.actions.progress import announce
from smartkampung.aid.grievances.actions.errors import prove_exclusion
from smartkampung.aid.models import Claim, Decision, Objection
from smartkampung.aid.rules.claims import (
    OBJECT_WITHIN,
    WHOLE_CLOCK,
    State,
    check_due,
)
from smartkampung.aid.rules.report import Step
from smartkampung.audit.actions import record
from smartkampung.kernel.claim import Busy, claim_scarce
from smartkampung.kernel.errors import Refused
from smartkampung.worklist.actions import close_work, open_work

ANSWER_WITHIN = timedelta(days=5)
BUSY = _("Somebody else is working on this claim. Please try again in a moment.")

NOT_YOURS = _(
    "You refused this claim, so somebody else must answer the objection: another "
    "officer of the kecamatan, or Dinsos."
)


class CannotObject(Refused):
    """There is no refusal to object to, or no longer."""

    code = "cannot_object"


class CannotAnswer(Refused):
    """This officer may not answer this objection now."""

    code = "cannot_answer"


def file_objection(*, claim: Claim, text: str, by: str, at: datetime) -> Objection:
    """Object to the latest refusal of a claim; raise CannotObject.

    ``by`` is "public" when the person filed it themselves, else the officer who
    wrote it down for them.
    """

    def take() -> Objection:
        case = fresh(claim)
        refusal = _refusal(case, at)
        row = Objection.objects.create(
            decision=refusal, claim=case, text=text, filed_at=at
        )
        open_work(
            kind="aid.answer_objection",
            target=row,
            permission=Permission.OBJECTION_ANSWER,
            region_code=case.region_code,
            due_at=at + ANSWER_WITHIN,
            not_by=[refusal.decider.username],
        )
        record("aid.objection_filed", target=row, by=by, region_code=case.region_code)
        return row

    return claim_scarce(
        locks=case_locks(claim),
        take=take,
        refusals={
            "objection_once_per_decision": CannotObject(
                _("An objection to this decision was already filed.")
            )
        },
        busy=Busy(BUSY),
    )


def _refusal(case: Claim, at: datetime) -> Decision:
    latest = case.decisions.order_by("-decided_at").first()
    if case.state != State.REFUSED or latest is None:
        raise CannotObject(_("This report has no refusal that one could object to."))
    if latest.decided_at + OBJECT_WITHIN < at:
        raise CannotObject(
            _("The 30 days to object have passed. You may send a new report.")
        )
    return latest


def answer_objection(
    *, objection: Objection, upheld: bool, answer: str, by: Actor, at: datetime
) -> None:
    """Answer an objection; upheld, the claim opens again for a new check.

    Raises CannotAnswer for whoever refused the claim, and when it was answered.
    """
    claim = objection.claim

    def take() -> None:
        row = Objection.objects.select_related("decision").get(pk=objection.pk)
        _may_answer(row, by)
        row.outcome = (
            Objection.Outcome.UPHELD if upheld else Objection.Outcome.DISMISSED
        )
        row.answer, row.answered_at, row.answered_by_id = answer, at, by.staff_id
        row.save(update_fields=["outcome", "answer", "answered_at", "answered_by"])
        close_work(target=row, by=by.username)
        case = fresh(claim)
        if upheld:
            prove_exclusion(row, at=at)
            _reopen(case, at)
        tell_family(claim=case, key=f"aid.objection_answered:{row.pk}")
        announce(claim=case, step=Step.DECIDED, at=at, family_told=True)
        record(
            "aid.objection_answered",
            target=row,
            by=by.username,
            region_code=case.region_code,
            upheld=upheld,
        )

    claim_scarce(
        locks=case_locks(claim),
        take=take,
        refusals={
            "objection_answered_by_another": CannotAnswer(NOT_YOURS),
            "claim_one_open_per_nik": CannotAnswer(
                _(
                    "A newer report about this person is already open. Dismiss this"
                    " objection and refer to that report."
                )
            ),
        },
        busy=Busy(BUSY),
    )


def _may_answer(row: Objection, by: Actor) -> None:
    if row.outcome:
        raise CannotAnswer(_("This objection was already answered."))
    if row.decision.decider_id == by.staff_id:
        raise CannotAnswer(NOT_YOURS)


def _reopen(case: Claim, at: datetime) -> None:
    case.state, case.closed_at = State.TO_CHECK, None
    case.due_at = at + WHOLE_CLOCK
    case.save(update_fields=["state", "closed_at", "due_at"])
    open_work(
        kind="aid.field_check",
        target=case,
        permission=Permission.FIELD_CHECK,
        region_code=case.region_code,
        due_at=check_due(case.due_at),
        urgent=True,
    )
