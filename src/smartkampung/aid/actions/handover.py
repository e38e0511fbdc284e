"""At the counter: a receipt code to the recorded phone, and what happened."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from smartkampung.accounts.actor import Actor
from smartkampung.aid.actions.batch import open_hand_over
from smartkampung.aid.actions.giveback import (
    close_claim,
    give_back,
    move_out,
)
from smartkampung.aid.actions.locks import due_locks
from smartkampung.aid.actions.progress import announce_due
from smartkampung.aid.confirmation.actions import ask_family
from smartkampung.aid.goods.actions import draw_goods
from smartkampung.aid.models import Batch, Entitlement, Handover, Payment
from smartkampung.aid.payments.rules.steps import GONE
from smartkampung.aid.proxies import actions as proxies
from smartkampung.aid.queries.handover import (
    FINAL_VALUES,
    absences_of,
    reasons_not_to_hand_over,
)
from smartkampung.aid.rules.claims import Reason, State
from smartkampung.aid.rules.handover import (
    GIVES,
    Fault,
    Noted,
    Outcome,
    Proof,
    faults,
    quantity_of,
    returns_all,
)
from smartkampung.aid.words import sentences
from smartkampung.audit.actions import record
from smartkampung.intake.actions.limits import over
from smartkampung.intake.actions.one_time import issue_code, use_code
from smartkampung.intake.rules import Limit
from smartkampung.kernel.claim import Busy, claim_scarce
from smartkampung.kernel.clock import day
from smartkampung.kernel.errors import Refused
from smartkampung.notify.actions import send
from smartkampung.worklist.actions import close_work

BUSY = _("Somebody else is working on this hand-over. Please try again in a moment.")
AGAIN_TODAY = _(
    "An absence is written down for today already. Call them again on another day."
)
CARD_ENDED = _("The card that was shown is not valid any more. Look at it again.")
PURPOSE = "aid.receipt"
PER_DUE = Limit("aid.receipt.code", 5, timedelta(hours=1))


class CannotHandOver(Refused):
    """This entitlement is not to be handed over now."""

    code = "cannot_hand_over"


class MustNotHandOver(Refused):
    """Something happened since the approval; ``reasons`` is complete."""

    code = "must_not_hand_over"

    def __init__(self, reasons: Sequence[Reason]) -> None:
        super().__init__(sentences(reasons))
        self.reasons = list(reasons)


class HandoverIncomplete(Refused):
    """What was written down is incomplete; ``faults`` is complete."""

    code = "handover_incomplete"

    def __init__(self, found: Sequence[Fault]) -> None:
        super().__init__(_("Something is missing in what you wrote down."))
        self.faults = list(found)


class WrongCode(Refused):
    """The receipt code is wrong, too old or used up."""

    code = "wrong_code"


class NoPhone(Refused):
    """No phone is recorded for the family."""

    code = "no_phone"


class TooManyReceiptCodes(Refused):
    """Codes were sent to one family again and again; each allows five guesses."""

    code = "too_many_receipt_codes"


@dataclass(frozen=True)
class _Call:
    form_id: uuid.UUID
    due: Entitlement
    noted: Noted
    signature_id: uuid.UUID | None
    photo_id: uuid.UUID | None
    card_id: int | None
    proxy_id: int | None
    note: str
    by: Actor
    at: datetime


def send_receipt_code(*, due: Entitlement, by: Actor, at: datetime) -> None:
    """Send a one-time code to the phone recorded for the family.

    Raises NoPhone or TooManyReceiptCodes.
    """
    if due.family.phone is None:
        raise NoPhone(
            _("No phone is recorded for this family. Take a signature and a photo.")
        )
    if over(PER_DUE, key=f"{PURPOSE}:{due.pk}", at=at):
        raise TooManyReceiptCodes(
            _(
                "Five codes were sent within an hour. Wait an hour, or take a"
                " signature and a photo."
            )
        )
    code = issue_code(purpose=PURPOSE, subject=str(due.pk), at=at)
    send(
        key=f"aid.receipt:{due.pk}:{at.isoformat()}",
        to=due.family.phone,
        template="receipt_code",
        secret=code,
        language=due.family.language,
    )
    record(
        "aid.receipt_code_sent",
        target=due,
        by=by.username,
        region_code=due.region_code,
    )


def record_handover(
    *,
    form_id: uuid.UUID,
    due: Entitlement,
    outcome: Outcome,
    quantity: int | None = None,
    proof: Proof = Proof.NONE,
    code: str = "",
    signature_id: uuid.UUID | None = None,
    photo_id: uuid.UUID | None = None,
    card_id: int | None = None,
    proxy_id: int | None = None,
    note: str = "",
    by: Actor,
    at: datetime,
) -> Handover:
    """Write down what happened at a hand-over; the same form sent twice is one.

    Moves the ledger with it. ``card_id`` is the card that was shown,
    ``proxy_id`` who collected for the recipient. Raises CannotHandOver, MustNotHandOver (dead, moved,
    already receiving ...), HandoverIncomplete, WrongCode, StockExhausted, Busy.
    """
    noted = Noted(
        outcome=outcome,
        quantity=quantity,
        proof=proof if outcome in GIVES else Proof.NONE,
        has_code=bool(code),
        has_signature=signature_id is not None,
        has_photo=photo_id is not None,
    )
    found = faults(noted, due=due.amount)
    if found:
        raise HandoverIncomplete(found)
    call = _Call(
        form_id, due, noted, signature_id, photo_id, card_id, proxy_id, note, by, at
    )
    earlier = _of_form(call) or _looked_at(call, code)
    if earlier is not None:
        return earlier
    return claim_scarce(
        locks=due_locks(due),
        take=lambda: _write(call),
        refusals={
            "handover_received_once": _done(),
            "handover_not_paid": _with_bank(),
            "handover_absent_once_a_day": CannotHandOver(AGAIN_TODAY),
            "handover_card_is_the_recipients": CannotHandOver(CARD_ENDED),
            **proxies.REFUSALS,
        },
        busy=Busy(BUSY),
    )


def _write(call: _Call) -> Handover:
    # Another may have recorded it between the first look and the lock.
    done = _of_form(call)
    if done is not None:
        return done
    now_is = fresh_due(call.due)
    _may_give(now_is, call.noted, call.at)
    row = Handover.objects.create(
        id=call.form_id,
        entitlement=now_is,
        outcome=call.noted.outcome,
        due=now_is.amount,
        quantity=quantity_of(call.noted, due=now_is.amount),
        proof=call.noted.proof,
        signature_id=call.signature_id,
        photo_id=call.photo_id,
        card_id=call.card_id,
        note=call.note,
        recorded_by_id=call.by.staff_id,
        recorded_at=call.at,
    )
    if call.proxy_id is not None and call.noted.outcome in GIVES:
        proxies.collect(proxy_id=call.proxy_id, handover=row, at=call.at)
    _settle(now_is, row, call.by, call.at)
    return row


def _looked_at(call: _Call, code: str) -> Handover | None:
    """Refuse what cannot be before anybody waits for the lock, and spend the code.

    The same form may be written down by another between two looks: its answer is then
    what that one wrote, and no refusal.
    """
    try:
        _may_give(fresh_due(call.due), call.noted, call.at)
        if call.noted.proof is Proof.ONE_TIME_CODE:
            # Outside the savepoint of the lock: a wrong code must cost a try.
            _spend(call.due, code, call.at)
    except Refused:
        earlier = _of_form(call)
        if earlier is None:
            raise
        return earlier
    return None


def _of_form(call: _Call) -> Handover | None:
    """Return what the same form wrote down before; CannotHandOver for another's."""
    due, noted = call.due, call.noted
    row = Handover.objects.filter(pk=call.form_id).first()
    told = (due.pk, call.by.staff_id, noted.outcome, quantity_of(noted, due=due.amount))
    if row and told != (
        row.entitlement_id,
        row.recorded_by_id,
        row.outcome,
        row.quantity,
    ):
        raise CannotHandOver(_("This form was already sent. Open a new one."))
    return row


def fresh_due(due: Entitlement) -> Entitlement:
    """Return the entitlement as it is now, under lock."""
    rows = Entitlement.objects.select_related(
        "claim", "tranche", "family", "batch", "enrolment", "programme"
    )
    return rows.get(pk=due.pk)


def _done() -> CannotHandOver:
    return CannotHandOver(_("This hand-over was already recorded."))


def must_be_open(due: Entitlement) -> None:
    """Raise CannotHandOver for what is handed over, paid or back in the budget."""
    if due.cancelled:
        raise CannotHandOver(_("This aid went back to the budget."))
    if due.handovers.filter(outcome__in=FINAL_VALUES).exists():
        raise _done()
    if due.payments.filter(state__in=GONE).exists():
        raise _with_bank()


def _with_bank() -> CannotHandOver:
    return CannotHandOver(
        _("This aid is being paid by bank or post office. Wait for the answer there.")
    )


def _may_give(due: Entitlement, noted: Noted, at: datetime) -> None:
    must_be_open(due)
    # A closed batch still takes what happened on its day and is written down late.
    if due.batch is None or due.batch.state == Batch.State.DRAFT:
        raise CannotHandOver(_("This aid is not in a batch that is ready yet."))
    if due.payments.filter(state=Payment.State.CHOSEN).exists():
        raise _with_bank()
    if noted.outcome in GIVES:
        reasons = reasons_not_to_hand_over(due, on=day(at))
        if reasons:
            raise MustNotHandOver(reasons)


def _spend(due: Entitlement, code: str, at: datetime) -> None:
    if not use_code(purpose=PURPOSE, subject=str(due.pk), code=code, at=at):
        raise WrongCode(
            _("The code is wrong or too old. Read it again, or send a new one.")
        )


def _settle(due: Entitlement, row: Handover, by: Actor, at: datetime) -> None:
    outcome = Outcome(row.outcome)
    record(
        "aid.handover_recorded",
        target=due,
        by=by.username,
        region_code=due.region_code,
        outcome=outcome.value,
        quantity=row.quantity,
    )
    if returns_all(outcome, absences=absences_of(due)):
        close_work(target=due, by=by.username)
        give_back(due=due, by=by.username, at=at)
        announce_due(due, at=at)
        ask_family(due=due, handover=row, at=at)
    elif outcome in GIVES:
        close_work(target=due, by=by.username)
        _mark_paid(due, at)
        if due.claim is not None:
            close_claim(due.claim, State.HANDED_OVER, at)
        announce_due(due, at=at)
        move_out(
            due=due,
            handed_out=row.quantity,
            key=f"aid.hand_over:{due.pk}",
            by=by.username,
            at=at,
        )
        draw_goods(due=due, quantity=row.quantity, by=by.username, at=at)
        ask_family(due=due, handover=row, at=at)
    else:
        open_hand_over(due)


def _mark_paid(due: Entitlement, at: datetime) -> None:
    listed = due.enrolment
    if listed is not None:
        listed.last_paid_on = day(at)
        listed.save(update_fields=["last_paid_on"])
