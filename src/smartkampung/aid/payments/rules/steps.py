"""The steps of a payment batch: which follows which, and why one may not take it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class BatchState(StrEnum):
    """Where a batch of payments stands."""

    DRAFT = "draft"
    APPROVED = "approved"
    SENT = "sent"
    RECONCILED = "reconciled"


class PaymentState(StrEnum):
    """Where one payment stands; the last four are final."""

    CHOSEN = "chosen"
    IN_TRANSIT = "in_transit"
    PAID = "paid"
    FAILED = "failed"
    WITHDRAWN = "withdrawn"
    RECALLED = "recalled"


class Channel(StrEnum):
    """By which way money reaches people."""

    BANK = "bank"
    POST = "post"


S = BatchState
NEXT: dict[BatchState, tuple[BatchState, ...]] = {
    S.DRAFT: (S.APPROVED,),
    S.APPROVED: (S.SENT, S.DRAFT),
    S.SENT: (S.RECONCILED,),
    S.RECONCILED: (),
}
# Who may not be paid a second time.
HELD = (PaymentState.CHOSEN, PaymentState.IN_TRANSIT, PaymentState.PAID)
# What nothing but the answer of the bank may change.
GONE = (PaymentState.IN_TRANSIT, PaymentState.PAID)


class Bar(StrEnum):
    """Why this step cannot be taken now. The words are in ``payments.words``."""

    NOT_THIS_STEP = "not_this_step"
    EMPTY = "empty"
    MADE_IT = "made_it"
    SENDS_OWN = "sends_own"
    RIGHT_ENDED = "right_ended"
    DAY_PASSED = "day_passed"
    TOTALS_CHANGED = "totals_changed"
    PAYER_UNKNOWN = "payer_unknown"
    WORKING = "working"


@dataclass(frozen=True)
class Totals:
    """Control totals: how many payments, and how much together."""

    count: int
    total: int


@dataclass(frozen=True)
class Facts:
    """What a step of a batch looks at."""

    state: str
    made_by: int
    makers: Collection[int]
    totals: Totals
    pay_on: date
    channel: str = Channel.BANK
    payer_known: bool = True
    working: bool = False


def bars_to_approve(
    facts: Facts, *, by: int, seen: Totals | None, on: date
) -> list[Bar]:
    """Return why this officer may not approve a batch of which they saw these totals."""
    return _true(
        {
            Bar.NOT_THIS_STEP: facts.state != S.DRAFT,
            Bar.EMPTY: not facts.totals.count,
            Bar.MADE_IT: by == facts.made_by or by in facts.makers,
            Bar.DAY_PASSED: facts.pay_on < on,
            Bar.TOTALS_CHANGED: seen is not None and seen != facts.totals,
            Bar.WORKING: facts.working,
        }
    )


def bars_to_send(facts: Facts, *, by: int) -> list[Bar]:
    """Return why this officer cannot send a batch."""
    return _true(
        {
            Bar.NOT_THIS_STEP: facts.state != S.APPROVED,
            Bar.EMPTY: not facts.totals.count,
            Bar.SENDS_OWN: by == facts.made_by or by in facts.makers,
            Bar.PAYER_UNKNOWN: facts.channel == Channel.BANK and not facts.payer_known,
            Bar.WORKING: facts.working,
        }
    )


def _true(tests: dict[Bar, bool]) -> list[Bar]:
    return [bar for bar, holds in tests.items() if holds]
