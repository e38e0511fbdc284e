"""Ask the family after a hand-over, take its answer, and have a gap looked at."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.models import Staff
from smartkampung.accounts.queries import actor_for
from smartkampung.accounts.roles import Permission
from smartkampung.aid.confirmation.queries import hash_of, phones_of
from smartkampung.aid.confirmation.rules import (
    ANSWER_WITHIN,
    DISPUTES,
    FOLLOW_WITHIN,
    Answer,
    answers,
    follow_where,
    may_answer,
)
from smartkampung.aid.models import Confirmation, Entitlement, Handover, Payment
from smartkampung.aid.payments.rules.answers import Effect
from smartkampung.aid.rules.handover import Outcome
from smartkampung.audit.actions import record
from smartkampung.intake.rules import new_code
from smartkampung.kernel.claim import Busy, Lock, Rank, claim_scarce
from smartkampung.kernel.clock import day
from smartkampung.kernel.errors import Refused
from smartkampung.notify.actions import send
from smartkampung.regions.codes import ancestor, inside
from smartkampung.worklist.actions import close_work, open_work

KIND = "aid.confirmation_gap"
BUSY = _("This answer is being written down right now. Please try again in a moment.")
ALREADY = _("Somebody has looked at this gap already.")
NOT_YOURS = _("You recorded this hand-over, so somebody else must look at it.")


class TooLateToAnswer(Refused):
    """The days to answer, or to change an answer, have passed."""

    code = "too_late_to_answer"


class AnswerDoesNotFit(Refused):
    """This is not an answer to what was asked."""

    code = "answer_does_not_fit"


class CannotPrintSlip(Refused):
    """No slip is to be printed for this family, or not by this officer."""

    code = "cannot_print_slip"


class CannotFollow(Refused):
    """This officer may not close this gap now."""

    code = "cannot_follow"


def ask_family(*, due: Entitlement, handover: Handover, at: datetime) -> Confirmation:
    """Send the family a code to say with whether the hand-over was as written down.

    No wish to be left in peace holds it back: it guards their aid. Where no phone is
    known, the row waits for a slip.
    """
    return _ask(
        due,
        at,
        handover=handover,
        outcome=handover.outcome,
        quantity=handover.quantity,
        recorded_by_id=handover.recorded_by_id,
        recorded_at=handover.recorded_at,
    )


def ask_paid(*, answer_id: int, at: datetime) -> int:
    """Ask every family that an answer of the bank calls paid; return how many.

    Who was asked before is not asked again.
    """
    paid = Payment.objects.filter(
        notices__answer=answer_id,
        notices__effect=Effect.PAY,
        state=Payment.State.PAID,
        confirmations=None,
    ).select_related("batch", "entitlement__family", "entitlement__programme")
    rows = list(paid.order_by("pk"))
    for row in rows:
        _ask(
            row.entitlement,
            at,
            payment=row,
            outcome=Outcome.RECEIVED,
            quantity=row.amount,
            recorded_by_id=row.batch.sent_by_id,
            recorded_at=row.settled_at,
        )
    return len(rows)


def _ask(due: Entitlement, at: datetime, **written: Any) -> Confirmation:
    code = new_code()
    phones = phones_of(due.family, at=at)
    row = Confirmation.objects.create(
        code_hash=hash_of(code),
        region_code=due.region_code,
        commodity=due.programme.commodity,
        expires_at=at + ANSWER_WITHIN,
        numbers_told=len(phones),
        **written,
    )
    for number, phone in enumerate(phones):
        send(
            key=f"aid.confirm:{row.pk}:{number}",
            to=phone,
            template="confirm",
            secret=code,
            language=due.family.language,
        )
    return row


def print_slip(*, confirmation: Confirmation, by: Actor, at: datetime) -> str:
    """Return a new code for a family without a phone; a slip from before is void.

    Raises CannotPrintSlip where a message went out, where the family has answered,
    and for whoever recorded the hand-over.
    """
    code = new_code()

    def take() -> None:
        row = Confirmation.objects.get(pk=confirmation.pk)
        if row.numbers_told or row.answer:
            raise CannotPrintSlip(_("This family needs no slip any more."))
        row.code_hash, row.slip_by_id = hash_of(code), by.staff_id
        row.save(update_fields=["code_hash", "slip_by"])
        record(
            "aid.confirmation_slip_printed",
            target=row,
            by=by.username,
            region_code=row.region_code,
        )

    claim_scarce(
        locks=[_lock(confirmation)],
        take=take,
        refusals={"confirmation_not_by_its_recorder": CannotPrintSlip(NOT_YOURS)},
        busy=Busy(BUSY),
    )
    return code


def answer_confirmation(
    *, confirmation: Confirmation, answer: Answer, words: str = "", at: datetime
) -> None:
    """Write down what the family says; a gap is put on the list of somebody else.

    A gap that was told once is looked at, whatever is answered later: families are
    pressed to take such words back. Raises TooLateToAnswer or AnswerDoesNotFit.
    """

    def take() -> None:
        row = Confirmation.objects.get(pk=confirmation.pk)
        _must_be_open(row, answer, at)
        row.answer, row.words, row.answered_at = answer, words, at
        row.first_answered_at = row.first_answered_at or at
        tells_gap = answer in DISPUTES and row.disputed_at is None
        if tells_gap:
            row.disputed_at = at
        row.save(
            update_fields=[
                "answer",
                "words",
                "answered_at",
                "first_answered_at",
                "disputed_at",
            ]
        )
        record(
            "aid.confirmation_answered",
            target=row,
            by="public",
            region_code=row.region_code,
            answer=answer.value,
        )
        if tells_gap:
            _have_it_looked_at(row, at)

    claim_scarce(locks=[_lock(confirmation)], take=take, refusals={}, busy=Busy(BUSY))


def follow_gap(
    *, confirmation: Confirmation, finding: str, by: Actor, at: datetime
) -> None:
    """Write down what somebody found out about a gap; raise CannotFollow."""

    def take() -> None:
        row = Confirmation.objects.get(pk=confirmation.pk)
        if row.disputed_at is None or row.followed_at is not None:
            raise CannotFollow(ALREADY)
        row.finding, row.followed_at = finding, at
        row.followed_by_id = by.staff_id
        row.save(update_fields=["finding", "followed_at", "followed_by"])
        close_work(target=row, by=by.username)
        record(
            "aid.confirmation_followed",
            target=row,
            by=by.username,
            region_code=row.region_code,
        )

    claim_scarce(
        locks=[_lock(confirmation)],
        take=take,
        refusals={"confirmation_not_by_its_recorder": CannotFollow(NOT_YOURS)},
        busy=Busy(BUSY),
    )


def _lock(confirmation: Confirmation) -> Lock:
    return Lock(Rank.PERSON, Confirmation.objects.filter(pk=confirmation.pk))


def _must_be_open(row: Confirmation, answer: Answer, at: datetime) -> None:
    if answer not in answers(quantity=row.quantity):
        raise AnswerDoesNotFit(_("Choose one of the answers on the page."))
    if not may_answer(
        expires_at=row.expires_at, first_answered_at=row.first_answered_at, at=at
    ):
        raise TooLateToAnswer(
            _(
                "The time to answer has passed. You can still go to the kecamatan"
                " office."
            )
        )


def _have_it_looked_at(row: Confirmation, at: datetime) -> None:
    kecamatan = ancestor(row.region_code, "kecamatan")
    open_work(
        kind=KIND,
        target=row,
        permission=Permission.CONFIRMATION_FOLLOW,
        region_code=follow_where(
            kecamatan=kecamatan,
            regency=ancestor(kecamatan, "regency"),
            # Who sent a file of payments never touched the money of this family.
            recorder_sees=row.handover_id is not None
            and _sees(row.recorded_by_id, kecamatan, at),
        ),
        due_at=at + FOLLOW_WITHIN,
    )


def _sees(staff_id: int, kecamatan: str, at: datetime) -> bool:
    """Say whether a list of work of the kecamatan reaches this officer."""
    actor = actor_for(Staff.objects.get(pk=staff_id), on=day(at))
    seen = [
        *actor.regions_where(Permission.CONFIRMATION_FOLLOW),
        *actor.regions_where(Permission.REPORT_VIEW),
    ]
    return any(inside(kecamatan, region) for region in seen)
