"""Aid that nobody takes goes back to the budget, and the claim is closed."""

from datetime import datetime

from smartkampung.aid.models import Claim, Entitlement, Payment
from smartkampung.aid.rules.claims import State
from smartkampung.kernel.clock import day
from smartkampung.ledger.actions import transfer


def move_out(
    *, due: Entitlement, handed_out: int, key: str, by: str, at: datetime
) -> None:
    """Book a finished entitlement: what was handed out, and the rest to the budget."""
    code = due.programme_id
    rest = due.amount - handed_out
    legs = [(f"committed/{code}", -due.amount)]
    legs += [(f"handed_out/{code}", handed_out)] if handed_out else []
    legs += [(f"budget/{code}", rest)] if rest else []
    transfer(key=key, kind="aid.hand_over", legs=legs, by=by, at=at)


def give_back(*, due: Entitlement, by: str, at: datetime) -> None:
    """Return an entitlement to the budget; the caller holds its locks.

    Not what is with the bank: the database refuses that.
    """
    withdraw(due=due, reason="given_back", at=at)
    due.cancelled = True
    due.save(update_fields=["cancelled"])
    if due.claim is not None:
        # Of a cycle, only this tranche goes back: the recipient stays on the list.
        end_listing(due, at)
        close_claim(due.claim, State.RETURNED, at)
    code = due.programme_id
    transfer(
        key=f"aid.return:{due.pk}",
        kind="aid.return",
        legs=[(f"committed/{code}", -due.amount), (f"budget/{code}", due.amount)],
        by=by,
        at=at,
    )


def withdraw(*, due: Entitlement, reason: str, at: datetime) -> None:
    """Take an entitlement out of a batch of payments that was not sent yet."""
    chosen = Payment.objects.filter(entitlement=due, state=Payment.State.CHOSEN)
    chosen.update(state=Payment.State.WITHDRAWN, reason=reason, settled_at=at)


def close_claim(claim: Claim, state: State, at: datetime) -> None:
    """Close a claim in its last state."""
    claim.state, claim.closed_at = state, at
    claim.save(update_fields=["state", "closed_at"])


def end_listing(due: Entitlement, at: datetime) -> None:
    """Take an entitlement off the programme's list as of today."""
    listed = due.enrolment
    if listed is not None:
        listed.until = max(listed.since, day(at))
        listed.save(update_fields=["until"])
