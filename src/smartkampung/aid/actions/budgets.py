"""Add to the budget of a programme: one person asks, another grants."""

import uuid
from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.roles import Permission
from smartkampung.aid.models import BudgetRequest, Programme
from smartkampung.audit.actions import record
from smartkampung.kernel.claim import Busy, Lock, Rank, claim_scarce
from smartkampung.kernel.errors import Refused
from smartkampung.ledger.actions import transfer
from smartkampung.worklist.actions import close_work, open_work

BUSY = _("Somebody else decides about this right now. Please try again in a moment.")
NOT_YOURS = _("You asked for this yourself, so another officer of Dinsos must decide.")
ANSWER_WITHIN = timedelta(days=3)


class CannotGrant(Refused):
    """This person may not decide about this wish, or no longer."""

    code = "cannot_grant"


class RequestReused(Refused):
    """The form was already sent, by somebody else or for something else."""

    code = "request_reused"


def ask_for_budget(
    *,
    form_id: uuid.UUID,
    programme: Programme,
    amount: int,
    reason: str,
    by: Actor,
    at: datetime,
) -> BudgetRequest:
    """Ask for more budget; nothing moves until a second person grants it.

    The same form sent twice is one wish. Raises RequestReused.
    """
    region = by.regions_where(Permission.PROGRAMME_MANAGE)[0]
    wish, new = BudgetRequest.objects.get_or_create(
        pk=form_id,
        defaults={
            "programme": programme,
            "region_code": region,
            "amount": amount,
            "reason": reason,
            "asked_by_id": by.staff_id,
            "asked_at": at,
        },
    )
    if not new:
        if (wish.programme_id, wish.asked_by_id) != (programme.pk, by.staff_id):
            raise RequestReused(_("This form was already sent. Open a new one."))
        return wish
    open_work(
        kind="aid.decide_budget",
        target=wish,
        permission=Permission.PROGRAMME_MANAGE,
        region_code=region,
        due_at=at + ANSWER_WITHIN,
        not_by=[by.username],
    )
    _note("aid.budget_asked", wish, by)
    return wish


def decide_budget(
    *, wish: BudgetRequest, granted: bool, by: Actor, at: datetime
) -> None:
    """Grant or refuse more budget; granted, it moves from its source at once.

    Raises CannotGrant for who asked, and when it was decided.
    """

    def take() -> None:
        row = BudgetRequest.objects.get(pk=wish.pk)
        if row.decided_at is not None:
            raise CannotGrant(_("Somebody else has decided already."))
        row.decided_by_id, row.decided_at, row.granted = by.staff_id, at, granted
        row.save(update_fields=["decided_by", "decided_at", "granted"])
        close_work(target=row, by=by.username)
        _note("aid.budget_decided", row, by, granted=granted)
        if granted:
            transfer(
                key=f"aid.fund:{row.pk}",
                kind="aid.fund",
                legs=[
                    (f"source/{row.programme_id}", -row.amount),
                    (f"budget/{row.programme_id}", row.amount),
                ],
                by=by.username,
                at=at,
            )

    claim_scarce(
        locks=[Lock(Rank.PERSON, BudgetRequest.objects.filter(pk=wish.pk))],
        take=take,
        refusals={"budget_request_needs_two_people": CannotGrant(NOT_YOURS)},
        busy=Busy(BUSY),
    )


def _note(name: str, wish: BudgetRequest, by: Actor, **detail: object) -> None:
    record(
        name,
        target=wish,
        by=by.username,
        region_code=wish.region_code,
        programme=wish.programme_id,
        amount=wish.amount,
        **detail,
    )
