"""Tries around a batch of payments: fill, approve, send, and what the bank answers."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from smartkampung.aid.models import Payment, PaymentBatch
from smartkampung.aid.payments.actions import batches, failures, send
from smartkampung.aid.payments.actions.answers import read_answer
from smartkampung.aid.payments.queries.batches import totals_of
from smartkampung.aid.payments.rules.steps import Channel, Totals
from smartkampung.aid.payments.simulator import CLOSED, PAID, PENDING, Said, report
from tests import cases, cast
from tests.aid_machine.machine import (
    BAMBANG,
    DIAN,
    ENDANG,
    NTH,
    USUALLY,
    Tries,
    both,
    mostly,
    nth,
    rarely,
    when,
)

SAYS = st.lists(
    st.sampled_from([PAID, PAID, CLOSED, PENDING, None]), min_size=6, max_size=6
)


class Payments(Tries):
    """Anybody tries anything with payments; the bank answers late, partly and twice."""

    def __init__(self) -> None:
        super().__init__()
        self.answers: list[tuple[int, bytes]] = []

    @precondition(when("cash", "due"))
    @rule(says=SAYS)
    def the_money_moves_on(self, says: list[Said | None]) -> None:
        """For once, who should act does what should be done."""
        row = PaymentBatch.objects.exclude(state="reconciled").order_by("pk").first()
        if row is None:
            self.somebody_begins_payments(by=ENDANG)
        elif row.state == "draft" and not row.payments.filter(state="chosen").exists():
            self.attempt(
                "fill payments", batches.choose_all, batch=row, by=self.who(ENDANG)
            )
        elif row.state == "draft":
            told = {"batch": row, "seen": totals_of(row), "by": self.who(BAMBANG)}
            self.attempt("approve payments", batches.approve, **told)
        elif row.state == "approved":
            self.attempt("send_batch", send.send_batch, batch=row, by=self.who(DIAN))
        else:
            self.the_bank_answers(batch=0, says=says)

    @precondition(
        lambda self: when("cash", "due")(self) and not when("payments", "draft")(self)
    )
    @rule(by=mostly(ENDANG))
    def somebody_begins_payments(self, by: int) -> None:
        """A batch of payments is begun."""
        self.attempt("begin payments", _begin, by=self.who(by))

    @precondition(when("payments", "draft"))
    @rule(batch=NTH, by=mostly(ENDANG))
    def somebody_fills_payments(self, batch: int, by: int) -> None:
        """Everybody who can be paid is put in."""
        row = nth(PaymentBatch, batch, state="draft")
        self.attempt("fill payments", batches.choose_all, batch=row, by=self.who(by))

    @precondition(both(rarely(5), when("payment", "chosen")))
    @rule(payment=NTH, by=mostly(ENDANG))
    def somebody_takes_one_out(self, payment: int, by: int) -> None:
        """One payment is taken out."""
        row = nth(Payment, payment, state="chosen")
        self.attempt("take out", batches.remove, payment=row, by=self.who(by))

    @precondition(when("payments", "draft"))
    @rule(batch=NTH, by=mostly(BAMBANG, ENDANG), seen=USUALLY)
    def somebody_approves_payments(self, batch: int, by: int, seen: bool) -> None:
        """The totals that somebody saw are approved, or other ones."""
        row = nth(PaymentBatch, batch, state="draft")
        totals = totals_of(row) if seen else Totals(1, 1)
        told = {"batch": row, "seen": totals, "by": self.who(by)}
        self.attempt("approve payments", batches.approve, **told)

    @precondition(when("payments", "approved"))
    @rule(
        batch=NTH,
        act=st.sampled_from([send.send_batch, send.send_batch, batches.reopen]),
        by=mostly(DIAN),
    )
    def somebody_sends_payments(
        self, batch: int, act: Callable[..., object], by: int
    ) -> None:
        """A batch goes to the bank (also twice), or back to a draft."""
        row = nth(PaymentBatch, batch, state="approved")
        self.attempt(act.__name__, act, batch=row, by=self.who(by))

    @precondition(when("payments", "sent"))
    @rule(batch=NTH, says=SAYS)
    def the_bank_answers(self, batch: int, says: list[Said | None]) -> None:
        """The bank says something about some payments."""
        row = nth(PaymentBatch, batch, state="sent")
        paid = zip(row.payments.order_by("pk"), says, strict=False)
        lines = {each.reference: word for each, word in paid if word is not None}
        content = report(
            message_id=f"ANSWER-{self.tries}",
            about=row.message_id,
            count=row.count or 0,
            total=row.total or 0,
            lines=lines,
            at=self.at,
        )
        self.answers.append((row.pk, content))
        self._read(row, content)

    @precondition(lambda self: self.answers)
    @rule(answer=NTH)
    def the_bank_answers_twice(self, answer: int) -> None:
        """An answer comes again."""
        number, content = self.answers[answer % len(self.answers)]
        self._read(PaymentBatch.objects.get(pk=number), content)

    def _read(self, batch: PaymentBatch, content: bytes) -> None:
        told: dict[str, Any] = {"batch": batch, "content": content}
        self.attempt("answer of the bank", read_answer, by=self.who(DIAN), **told)

    @precondition(when("payment", "failed"))
    @rule(payment=NTH, by=mostly(ENDANG))
    def somebody_settles_a_failure(self, payment: int, by: int) -> None:
        """A failed payment was looked into; the aid is paid again another way."""
        row = nth(Payment, payment, state="failed")
        told = {"payment": row, "text": "Rekening ditutup.", "by": self.who(by)}
        self.attempt("settle", failures.settle, **told)


def _begin(*, by: Any, at: datetime) -> None:
    batches.make_batch(
        programme=cases.programme("blt_dd"),
        region_code=cast.KECAMATAN,
        channel=Channel.BANK,
        pay_on=at.date() + timedelta(days=1),
        by=by,
        at=at,
    )
