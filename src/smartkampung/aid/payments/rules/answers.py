"""What a line of an answer does to a payment: money moves once, whoever says what."""

from dataclasses import dataclass
from enum import StrEnum

from smartkampung.aid.payments.rules.steps import PaymentState, Totals


class Outcome(StrEnum):
    """What bank or post office says about one payment."""

    PAID = "paid"
    FAILED = "failed"
    PENDING = "pending"


@dataclass(frozen=True)
class Line:
    """One payment in an answer."""

    reference: str
    outcome: Outcome
    reason: str = ""
    amount: int | None = None


@dataclass(frozen=True)
class Answer:
    """An answer as it was read: to which message, with which control totals.

    ``whole`` is what it says about every payment that it does not list.
    """

    message_id: str
    about: str
    totals: Totals | None
    lines: tuple[Line, ...]
    whole: Outcome | None = None
    whole_reason: str = ""


class Effect(StrEnum):
    """What follows from a line."""

    PAY = "pay"
    FAIL = "fail"
    WAIT = "wait"
    KNOWN = "known"
    CONTRADICTS = "contradicts"


_FINAL = {
    PaymentState.PAID: Outcome.PAID,
    PaymentState.FAILED: Outcome.FAILED,
    PaymentState.RECALLED: Outcome.FAILED,
}


def effect_of(state: str, outcome: Outcome) -> Effect:
    """Return what a line does: the first final answer wins, a later one never moves.

    A payment that was never sent has no answer: whatever is said contradicts.
    """
    if state == PaymentState.IN_TRANSIT:
        return {
            Outcome.PAID: Effect.PAY,
            Outcome.FAILED: Effect.FAIL,
            Outcome.PENDING: Effect.WAIT,
        }[outcome]
    if outcome is Outcome.PENDING:
        return Effect.KNOWN  # late news about what is settled
    said = _FINAL.get(PaymentState(state))
    return Effect.KNOWN if said is outcome else Effect.CONTRADICTS
