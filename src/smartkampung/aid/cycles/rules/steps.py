"""The steps of a village list: which follows which, who may take it, and why not."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum


class ListState(StrEnum):
    """Where the list of a village stands."""

    PROPOSING = "proposing"
    VERIFYING = "verifying"
    DECIDING = "deciding"
    APPROVING = "approving"
    APPROVED = "approved"


S = ListState
# Back to the village is always open before approval; nothing after it.
NEXT: dict[ListState, tuple[ListState, ...]] = {
    S.PROPOSING: (S.VERIFYING,),
    S.VERIFYING: (S.DECIDING, S.PROPOSING),
    S.DECIDING: (S.APPROVING, S.PROPOSING),
    S.APPROVING: (S.APPROVED, S.PROPOSING),
    S.APPROVED: (),
}
VERIFY_WITHIN = timedelta(days=5)
DECIDE_WITHIN = timedelta(days=3)


class Bar(StrEnum):
    """Why this officer may not take this step now. The words are in ``cycles.words``."""

    NOT_THIS_STEP = "not_this_step"
    CYCLE_CLOSED = "cycle_closed"
    NO_MEETING = "no_meeting"
    NOBODY_PROPOSED = "nobody_proposed"
    SENT_IT = "sent_it"
    VERIFIED_IT = "verified_it"
    DECIDED_IT = "decided_it"
    NO_TRANCHE = "no_tranche"
    FUND_UNKNOWN = "fund_unknown"
    OVER_CAP = "over_cap"


@dataclass(frozen=True)
class Facts:
    """What a step of a list looks at.

    ``asked`` is what the recipients within the quota would get in all tranches, with
    what the village's other lists of the year already give; ``limit`` is the cap of
    the village's own fund, ``capped`` whether there is one.
    """

    state: str
    closed: bool = False
    has_meeting: bool = False
    proposed: int = 0
    verified: int = 0
    sent_by: int | None = None
    decided_by: int | None = None
    verifiers: Collection[int] = field(default=())
    tranches: int = 0
    capped: bool = False
    limit: int | None = None
    asked: int = 0


def bars_to_send(facts: Facts) -> list[Bar]:
    """Return why a list cannot be sent to verification."""
    return _true(
        {
            Bar.NOT_THIS_STEP: facts.state != S.PROPOSING,
            Bar.CYCLE_CLOSED: facts.closed,
            Bar.NO_MEETING: not facts.has_meeting,
            Bar.NOBODY_PROPOSED: not facts.proposed + facts.verified,
        }
    )


def bars_to_decide(facts: Facts, *, by: int) -> list[Bar]:
    """Return why this village head may not decide a list."""
    return _true(
        {
            Bar.NOT_THIS_STEP: facts.state != S.DECIDING,
            Bar.SENT_IT: by == facts.sent_by,
            Bar.VERIFIED_IT: by in facts.verifiers,
            **_over_cap(facts),
        }
    )


def bars_to_approve(facts: Facts, *, by: int) -> list[Bar]:
    """Return why this officer may not approve a list."""
    return _true(
        {
            Bar.NOT_THIS_STEP: facts.state != S.APPROVING,
            Bar.CYCLE_CLOSED: facts.closed,
            Bar.SENT_IT: by == facts.sent_by,
            Bar.VERIFIED_IT: by in facts.verifiers,
            Bar.DECIDED_IT: by == facts.decided_by,
            Bar.NO_TRANCHE: not facts.tranches,
            **_over_cap(facts),
        }
    )


def bars_to_return(facts: Facts) -> list[Bar]:
    """Return why a list cannot be sent back to the village."""
    return _true({Bar.NOT_THIS_STEP: facts.state not in (S.DECIDING, S.APPROVING)})


def _over_cap(facts: Facts) -> dict[Bar, bool]:
    if not facts.capped:
        return {}
    return {
        Bar.FUND_UNKNOWN: facts.limit is None,
        Bar.OVER_CAP: facts.limit is not None and facts.asked > facts.limit,
    }


def _true(tests: dict[Bar, bool]) -> list[Bar]:
    return [bar for bar, holds in tests.items() if holds]
