"""Kinds of programmes, what they pay, and the steps that a seat may take. Pure."""

from datetime import date
from enum import StrEnum

from smartkampung.kernel.months import months_later


class Kind(StrEnum):
    """What a programme is, in the words of the office."""

    CASH_FOR_WORK = "cash_for_work"
    TRAINING = "training"
    MICRO_CAPITAL = "micro_capital"
    TOOLS = "tools"
    MARKET_ACCESS = "market_access"
    PLACEMENT = "placement"


class Pays(StrEnum):
    """How money moves: by the day, at once, to be paid back, or to who gives a course."""

    WAGE = "wage"
    GRANT = "grant"
    LOAN = "loan"
    COURSE = "course"


MAY_PAY: dict[Kind, tuple[Pays, ...]] = {
    Kind.CASH_FOR_WORK: (Pays.WAGE,),
    Kind.TRAINING: (Pays.COURSE,),
    Kind.MICRO_CAPITAL: (Pays.GRANT, Pays.LOAN),
    Kind.TOOLS: (Pays.GRANT,),
    Kind.MARKET_ACCESS: (Pays.COURSE,),
    Kind.PLACEMENT: (Pays.COURSE,),
}


class OfferState(StrEnum):
    """Where one round of a programme stands."""

    DRAFT = "draft"
    OPEN = "open"
    FINISHED = "finished"
    CLOSED = "closed"


class SeatState(StrEnum):
    """Where one person stands in one offer."""

    INVITED = "invited"
    ACCEPTED = "accepted"
    ATTENDING = "attending"
    FINISHED = "finished"
    REFUSED = "refused"
    EXPIRED = "expired"
    DROPPED = "dropped"
    CLOSED = "closed"


S = SeatState
LIVE = (S.INVITED, S.ACCEPTED, S.ATTENDING)
# Who takes a place. A late drop-out still does: the course is too far gone to refill.
ALWAYS_HOLD = (*LIVE, S.FINISHED)
NEVER_HOLD = (S.REFUSED, S.EXPIRED, S.CLOSED)
STEPS: dict[SeatState, tuple[SeatState, ...]] = {
    S.INVITED: (S.ACCEPTED, S.REFUSED, S.EXPIRED, S.CLOSED),
    S.ACCEPTED: (S.ATTENDING, S.FINISHED, S.DROPPED, S.CLOSED),
    S.ATTENDING: (S.FINISHED, S.DROPPED, S.CLOSED),
    S.FINISHED: (),
    S.REFUSED: (),
    S.EXPIRED: (),
    S.DROPPED: (),
    S.CLOSED: (),
}


def may_step(since: SeatState, to: SeatState) -> bool:
    """Say whether somebody may go from one state to another."""
    return to in STEPS[since]


class Milestone(StrEnum):
    """What was reached on the way."""

    TRAINING_FINISHED = "training_finished"
    TOOLS_RECEIVED = "tools_received"
    BUSINESS_OPENED = "business_opened"
    FIRST_SALE = "first_sale"
    WORK_FOUND = "work_found"


class Stage(StrEnum):
    """When somebody is asked what they earn now."""

    END = "end"
    THREE_MONTHS = "m3"
    SIX_MONTHS = "m6"


MONTHS: dict[Stage, int] = {Stage.END: 0, Stage.THREE_MONTHS: 3, Stage.SIX_MONTHS: 6}
REFILL_WITHIN = 4  # a quarter of the days


def is_early(*, starts_on: date, ends_on: date, on: date) -> bool:
    """Say whether a place given up on a day is still worth giving to the next."""
    return on <= starts_on + (ends_on - starts_on) // REFILL_WITHIN


def stages_due(*, ended_on: date, on: date) -> list[Stage]:
    """Return the stages that have come by a day, in order."""
    return [stage for stage in Stage if months_later(ended_on, MONTHS[stage]) <= on]
