"""Ask a sent payment back; only the answer of the other side moves its money."""

from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from smartkampung.accounts.actor import Actor
from smartkampung.aid.actions.giveback import give_back
from smartkampung.aid.models import (
    Claim,
    Entitlement,
    Payment,
    PaymentBatch,
    PaymentRecall,
)
from smartkampung.aid.payments.actions.answers import (
    AnswerRefused,
    close_when_settled,
    open_payment_work,
)
from smartkampung.aid.payments.actions.batches import (
    BUSY,
    batch_lock,
    fresh,
    note,
    wait_again,
)
from smartkampung.aid.payments.queries.batches import payer
from smartkampung.aid.payments.rules.camt029 import read_resolution
from smartkampung.aid.payments.rules.camt055 import Cancellation, write_cancellation
from smartkampung.aid.payments.rules.files import BadFile
from smartkampung.aid.payments.rules.recalls import (
    Asked,
    Result,
    Said,
    read_said,
    write_request,
)
from smartkampung.aid.payments.rules.steps import Channel, PaymentState
from smartkampung.kernel.claim import Busy, Lock, Rank, claim_scarce
from smartkampung.kernel.errors import Refused, atomic_or_refuse
from smartkampung.ledger.actions import transfer
from smartkampung.residents.models import Person


class CannotRecall(Refused):
    """This payment cannot be asked back now."""

    code = "cannot_recall"


def ask_back(*, payment: Payment, reason: str, by: Actor, at: datetime) -> None:
    """Ask a payment on its way back; nothing moves until the answer.

    Raises CannotRecall: it is not on its way, was asked back already, or no reason.
    """
    refusals = {
        "recall_of_what_is_on_its_way": CannotRecall(
            _("This payment is not on its way, so there is nothing to call back.")
        ),
        "recall_one_open": CannotRecall(
            _("This payment is being called back already. Wait for the answer.")
        ),
        "recall_has_a_reason": CannotRecall(_("Say why it is called back.")),
    }
    with atomic_or_refuse(refusals):
        PaymentRecall.objects.create(
            payment=payment, reason=reason.strip(), asked_by_id=by.staff_id, asked_at=at
        )
        note("aid.payment_asked_back", payment.batch, by, payment=payment.pk)


def request_file(*, batch: PaymentBatch, by: Actor, at: datetime) -> bytes:
    """Return what of a batch is asked back and not answered yet, as a file.

    For a bank camt.055, named by the latest of its rows: the same rows are the same
    request. For the post office our own list. Raises CannotRecall where nothing waits.
    """
    rows = list(_open(batch).select_related("payment").order_by("pk"))
    if not rows:
        raise CannotRecall(_("Nothing of this batch waits to be called back."))
    note("aid.recall_file_fetched", batch, by, count=len(rows))
    asked = [Asked(r.payment.reference, r.payment.amount, r.reason) for r in rows]
    whose = payer()
    if batch.channel == Channel.POST or whose is None:
        return write_request(batch.message_id, asked)
    request_id = f"{batch.message_id[:23]}-C{rows[-1].pk}"
    return write_cancellation(
        Cancellation(request_id, batch.message_id, at, whose, asked)
    )


def read_recall_answer(
    *, batch: PaymentBatch, content: bytes, by: Actor, at: datetime
) -> dict[Result, int]:
    """Take over what was answered, all or nothing; return how many of each.

    From a bank camt.029, from either our own list, too. Recalled money is committed again and the aid waits for its next way, never twice:
    what was paid meanwhile becomes work for a person. The same answer again changes
    nothing, another one that contradicts it becomes work. Raises AnswerRefused.
    """
    dues = Entitlement.objects.filter(payments__in=batch.payments.all())
    return claim_scarce(
        locks=[
            Lock(Rank.PERSON, Person.objects.filter(pk__in=dues.values("person"))),
            Lock(Rank.PERSON, Claim.objects.filter(pk__in=dues.values("claim"))),
            batch_lock(batch),
            Lock(Rank.PERSON, Entitlement.objects.filter(pk__in=dues.values("pk"))),
        ],
        take=lambda: _take(batch, content, by, at),
        refusals={},
        busy=Busy(BUSY),
    )


def _take(
    batch: PaymentBatch, content: bytes, by: Actor, at: datetime
) -> dict[Result, int]:
    now_is = fresh(batch)
    rows = PaymentRecall.objects.filter(payment__batch=now_is).order_by("pk")
    rows = rows.select_related("payment__batch")
    # The latest of each payment: the one that is open, or was answered last.
    asked = {row.payment.reference: row for row in rows}
    used = {(row.payment.reference, row.answer_id) for row in rows if row.result}
    counts = dict.fromkeys(Result, 0)
    for each in _read(now_is, content, asked):
        recall = asked[each.reference]
        # An answer that comes again is no answer to what was asked since.
        if (each.reference, each.answer_id) in used:
            continue
        if not recall.result:
            _answer(recall, each, by, at)
            counts[each.result] += 1
        elif recall.result != each.result and not recall.contradicted_by:
            _contradict(recall, each, at)
    close_when_settled(now_is, by, at)
    detail = {result.value: count for result, count in counts.items()}
    note("aid.recall_answer_read", now_is, by, **detail)
    return counts


def _read(
    batch: PaymentBatch, content: bytes, asked: dict[str, PaymentRecall]
) -> list[Said]:
    known = {reference: row.payment.amount for reference, row in asked.items()}
    is_xml = batch.channel == Channel.BANK and content.lstrip()[:1] == b"<"
    read = read_resolution if is_xml else read_said
    try:
        return read(content, message_id=batch.message_id, known=known)
    except BadFile as bad:
        raise AnswerRefused(bad.problems) from None


def _contradict(recall: PaymentRecall, said: Said, at: datetime) -> None:
    """Keep that a later answer says otherwise, and have a person ask; nothing moves."""
    recall.contradicted_by = said.answer_id
    recall.save(update_fields=["contradicted_by"])
    row = recall.payment
    open_payment_work("aid.payment_contradicted", row.batch, [row], at)


def _answer(recall: PaymentRecall, said: Said, by: Actor, at: datetime) -> None:
    recall.result, recall.answer_id = said.result, said.answer_id
    recall.answered_at = at
    recall.save(update_fields=["result", "answer_id", "answered_at"])
    payment = Payment.objects.select_related(
        "batch", "entitlement__claim", "entitlement__tranche", "entitlement__person"
    ).get(pk=recall.payment_id)
    if said.result is Result.EXECUTED:
        return
    if payment.state == PaymentState.PAID:
        open_payment_work("aid.payment_contradicted", payment.batch, [payment], at)
    elif payment.state == PaymentState.IN_TRANSIT:
        _bring_back(recall, payment, by, at)


def _bring_back(
    recall: PaymentRecall, payment: Payment, by: Actor, at: datetime
) -> None:
    payment.state, payment.settled_at = PaymentState.RECALLED, at
    payment.save(update_fields=["state", "settled_at"])
    code = payment.batch.programme_id
    transfer(
        key=f"aid.payment_recalled:{recall.pk}",
        kind="aid.payment_recalled",
        legs=[
            (f"in_transit/{code}", -payment.amount),
            (f"committed/{code}", payment.amount),
        ],
        by=by.username,
        at=at,
    )
    due = payment.entitlement
    if due.person.status == Person.Status.LIVING:
        wait_again(payment)
    else:
        give_back(due=due, by=by.username, at=at)


def _open(batch: PaymentBatch) -> QuerySet[PaymentRecall]:
    return PaymentRecall.objects.filter(payment__batch=batch, result="")
