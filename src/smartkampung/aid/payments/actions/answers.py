"""Read what bank or post office answered: partly, late, twice, or contradicting."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from hashlib import sha256
from typing import IO, NamedTuple

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.roles import Permission
from smartkampung.aid.actions.giveback import close_claim, give_back
from smartkampung.aid.actions.progress import announce_due
from smartkampung.aid.models import (
    Claim,
    Enrolment,
    Entitlement,
    Payment,
    PaymentAnswer,
    PaymentBatch,
    PaymentNotice,
)
from smartkampung.aid.payments.actions.batches import (
    BUSY,
    PaymentRefused,
    batch_lock,
    fresh,
    note,
)
from smartkampung.aid.payments.rules.answers import (
    Answer,
    Effect,
    Line,
    effect_of,
)
from smartkampung.aid.payments.rules.files import (
    LARGEST_XML,
    BadFile,
    Fault,
    Problem,
    opened,
)
from smartkampung.aid.payments.rules.pain002 import read_report
from smartkampung.aid.payments.rules.post import read_result
from smartkampung.aid.payments.rules.steps import (
    Bar,
    BatchState,
    Channel,
    PaymentState,
    Totals,
)
from smartkampung.aid.payments.words import problem
from smartkampung.aid.rules.claims import State
from smartkampung.kernel.claim import Busy, Lock, Rank, claim_scarce
from smartkampung.kernel.clock import day
from smartkampung.kernel.errors import Refused
from smartkampung.kernel.later import later
from smartkampung.ledger.actions import transfer
from smartkampung.residents.models import Person
from smartkampung.worklist.actions import close_work, open_all_work

MEND_WITHIN = timedelta(days=7)
READERS: dict[str, Callable[[bytes | IO[bytes]], Answer]] = {
    Channel.BANK: read_report,
    Channel.POST: read_result,
}


class AnswerRefused(Refused):
    """The file cannot be used; nothing of it was taken. ``problems`` says where."""

    code = "answer_refused"

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__(" ".join(problem(each) for each in problems))
        self.problems = list(problems)


class _Told(NamedTuple):
    payment: Payment
    line: Line
    effect: Effect


def read_answer(
    *, batch: PaymentBatch, content: bytes | IO[bytes], by: Actor, at: datetime
) -> PaymentAnswer:
    """Take over an answer to a batch; the same answer twice is one.

    The first final answer about a payment moves its money; a later one that contradicts
    it becomes work for a person. Raises AnswerRefused (all or nothing) and
    PaymentRefused before the batch was sent.
    """
    try:
        answer = READERS[batch.channel](content)
    except BadFile as bad:
        raise AnswerRefused(bad.problems) from None
    sent = Payment.objects.filter(batch=batch)
    dues = Entitlement.objects.filter(pk__in=sent.values("entitlement"))
    digest = _digest(content)
    return claim_scarce(
        locks=[
            Lock(Rank.PERSON, Person.objects.filter(pk__in=dues.values("person"))),
            Lock(Rank.PERSON, Claim.objects.filter(pk__in=dues.values("claim"))),
            batch_lock(batch),
            Lock(Rank.PERSON, dues),
        ],
        take=lambda: _take(batch, answer, digest, by, at),
        refusals={},
        busy=Busy(BUSY),
    )


def _digest(content: bytes | IO[bytes]) -> str:
    source = opened(content, largest=LARGEST_XML)
    digest = sha256()
    while part := source.read(1 << 20):
        digest.update(part)
    return digest.hexdigest()


def _take(
    batch: PaymentBatch, answer: Answer, digest: str, by: Actor, at: datetime
) -> PaymentAnswer:
    now_is = fresh(batch)
    if now_is.state not in (BatchState.SENT, BatchState.RECONCILED):
        raise PaymentRefused([Bar.NOT_THIS_STEP])
    earlier = now_is.answers.filter(message_id=answer.message_id).first()
    if earlier is not None:
        if earlier.digest != digest:
            raise AnswerRefused([Problem(Fault.TWICE, "MsgId")])
        return earlier
    told = _told(now_is, answer)
    counts = {effect: sum(each.effect is effect for each in told) for effect in Effect}
    row = PaymentAnswer.objects.create(
        batch=now_is,
        message_id=answer.message_id,
        digest=digest,
        paid=counts[Effect.PAY],
        failed=counts[Effect.FAIL],
        pending=counts[Effect.WAIT],
        contradicting=counts[Effect.CONTRADICTS],
        read_by=by.username,
        read_at=at,
    )
    PaymentNotice.objects.bulk_create(
        PaymentNotice(
            answer=row,
            payment=each.payment,
            outcome=each.line.outcome,
            reason=each.line.reason,
            effect=each.effect,
        )
        for each in told
    )
    _settle(now_is, row, told, by, at)
    return row


def _told(batch: PaymentBatch, answer: Answer) -> list[_Told]:
    """Return what an answer says about each payment; raise AnswerRefused."""
    rows = Payment.objects.filter(batch=batch).exclude(state=PaymentState.WITHDRAWN)
    sent = {
        row.reference: row
        for row in rows.select_related("entitlement__claim", "entitlement__person")
    }
    problems = _faults(batch, answer, sent)
    if problems:
        raise AnswerRefused(problems[:10])
    lines = list(answer.lines)
    if answer.whole is not None:
        named = {line.reference for line in lines}
        lines += [
            Line(reference, answer.whole, answer.whole_reason)
            for reference in sent
            if reference not in named
        ]
    pairs = [(sent[line.reference], line) for line in lines]
    return [_Told(row, line, effect_of(row.state, line.outcome)) for row, line in pairs]


def _faults(
    batch: PaymentBatch, answer: Answer, sent: dict[str, Payment]
) -> list[Problem]:
    post = batch.channel == Channel.POST
    if answer.about != batch.message_id:
        return [Problem(Fault.OTHER_BATCH, "message_id" if post else "OrgnlMsgId")]
    problems = []
    if answer.totals is not None and answer.totals != Totals(batch.count, batch.total):
        problems.append(Problem(Fault.OTHER_TOTALS, "OrgnlNbOfTxs, OrgnlCtrlSum"))
    for line in answer.lines:
        row = sent.get(line.reference)
        if row is None:
            element = "reference" if post else "OrgnlEndToEndId"
            problems.append(
                Problem(Fault.UNKNOWN_REFERENCE, element, value=line.reference[:35])
            )
        elif line.amount is not None and line.amount != row.amount:
            element = "amount" if post else "InstdAmt"
            problems.append(Problem(Fault.OTHER_AMOUNT, element, value=line.reference))
    return problems


def _settle(
    batch: PaymentBatch,
    answer: PaymentAnswer,
    told: list[_Told],
    by: Actor,
    at: datetime,
) -> None:
    paid = [each.payment for each in told if each.effect is Effect.PAY]
    failed = [each for each in told if each.effect is Effect.FAIL]
    odd = [each.payment for each in told if each.effect is Effect.CONTRADICTS]
    _end(failed, paid, at)
    back = [each.payment for each in failed]
    _move(batch, answer, paid=paid, failed=back, at=at)
    _pay_out(paid, at)
    if paid:
        # Thousands of families: a job asks each of them.
        later("aid.ask_paid", answer_id=answer.pk)
    _return_of_gone(failed, by, at)
    open_payment_work("aid.payment_failed", batch, back, at)
    open_payment_work("aid.payment_contradicted", batch, odd, at)
    close_when_settled(batch, by, at)
    note(
        "aid.payment_answer_read",
        batch,
        by,
        paid=answer.paid,
        failed=answer.failed,
        pending=answer.pending,
        contradicting=answer.contradicting,
    )


def close_when_settled(batch: PaymentBatch, by: Actor, at: datetime) -> None:
    """Call a batch reconciled once nothing of it is on its way; under its lock."""
    left = batch.payments.filter(state=PaymentState.IN_TRANSIT).exists()
    if batch.state == BatchState.SENT and not left:
        batch.state, batch.reconciled_at = BatchState.RECONCILED, at
        batch.save(update_fields=["state", "reconciled_at"])
        close_work(target=batch, by=by.username)


def _end(failed: list[_Told], paid: list[Payment], at: datetime) -> None:
    for row in paid:
        row.state, row.settled_at = PaymentState.PAID, at
    for each in failed:
        row = each.payment
        row.state, row.settled_at = PaymentState.FAILED, at
        row.reason = each.line.reason
    # One statement for each reason: a bulk_update of thousands takes seconds.
    ends = {(PaymentState.PAID, ""): [row.pk for row in paid]}
    for each in failed:
        key = (PaymentState.FAILED, each.line.reason)
        ends.setdefault(key, []).append(each.payment.pk)
    for (state, reason), rows in ends.items():
        Payment.objects.filter(pk__in=rows).update(
            state=state, reason=reason, settled_at=at
        )


def _move(
    batch: PaymentBatch,
    answer: PaymentAnswer,
    *,
    paid: list[Payment],
    failed: list[Payment],
    at: datetime,
) -> None:
    """Move the money of one answer in one transfer."""
    code = batch.programme_id
    sums = {
        f"paid/{code}": sum(row.amount for row in paid),
        f"committed/{code}": sum(row.amount for row in failed),
    }
    legs = [(account, amount) for account, amount in sums.items() if amount]
    if legs:
        transfer(
            key=f"aid.payment_answer:{answer.pk}",
            kind="aid.payment_answer",
            legs=[(f"in_transit/{code}", -sum(sums.values())), *legs],
            by=answer.read_by,
            at=at,
        )


def _pay_out(paid: list[Payment], at: datetime) -> None:
    listed = [each for row in paid if (each := row.entitlement.enrolment_id)]
    Enrolment.objects.filter(pk__in=listed).update(last_paid_on=day(at))
    for row in paid:
        due = row.entitlement
        if due.claim is not None:
            close_claim(due.claim, State.HANDED_OVER, at)
            announce_due(due, at=at)


def _return_of_gone(failed: list[_Told], by: Actor, at: datetime) -> None:
    """Give back what was on its way to somebody who died or moved meanwhile."""
    for each in failed:
        due = each.payment.entitlement
        if due.person.status != Person.Status.LIVING:
            give_back(due=due, by=by.username, at=at)


def open_payment_work(
    kind: str, batch: PaymentBatch, rows: list[Payment], at: datetime
) -> None:
    """Have somebody look at payments within a week."""
    open_all_work(
        kind=kind,
        targets=[(row, batch.region_code) for row in rows],
        permission=Permission.PAYMENT_PREPARE,
        due_at=at + MEND_WITHIN,
    )
