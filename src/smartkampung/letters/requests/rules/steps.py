"""The way of a request, and who may take the next step of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum


class Step(StrEnum):
    """What staff do about a request, in this order."""

    CONFIRM = "confirm"  # the RT knows it is so
    CHECK = "check"  # the operator compares it with the registry
    REVIEW = "review"  # a second person of the village office
    SIGN = "sign"
    COSIGN = "cosign"  # the kecamatan


class State(StrEnum):
    """Where a request is: at a step, with the resident, or at its end."""

    CONFIRM = "confirm"
    CHECK = "check"
    REVIEW = "review"
    SIGN = "sign"
    COSIGN = "cosign"
    RETURNED = "returned"
    ISSUED = "issued"
    REFUSED = "refused"
    CANCELLED = "cancelled"


class Did(StrEnum):
    """What happened to a request, as its history tells."""

    ASKED = "asked"
    CONFIRMED = "confirmed"
    CHECKED = "checked"
    REVIEWED = "reviewed"
    SIGNED = "signed"
    COSIGNED = "cosigned"
    RETURNED = "returned"
    COMPLETED = "completed"
    AMENDED = "amended"
    RESTARTED = "restarted"
    REFUSED = "refused"
    CANCELLED = "cancelled"
    ISSUED = "issued"
    REVOKED = "revoked"
    REPLACED = "replaced"
    BROUGHT = "brought"


class Channel(StrEnum):
    """By whom, and where, a letter was asked for."""

    SELF = "self"
    RT = "rt"
    COUNTER = "counter"
    TEXT = "text"


ORDER = tuple(Step)
MUST = (Step.CHECK, Step.SIGN)
WAITING = frozenset(State(step) for step in Step)
OPEN = WAITING | {State.RETURNED}
ENDED = frozenset(State) - OPEN
# Until the head has signed, the resident may take the wish back or change it.
BEFORE_SIGNATURE = OPEN - {State.COSIGN}
DONE = {
    Step.CONFIRM: Did.CONFIRMED,
    Step.CHECK: Did.CHECKED,
    Step.REVIEW: Did.REVIEWED,
    Step.SIGN: Did.SIGNED,
    Step.COSIGN: Did.COSIGNED,
}


class Bar(StrEnum):
    """Why somebody may not take a step now."""

    NOT_AT_THIS_STEP = "not_at_this_step"
    CHECKED_IT = "checked_it"
    SIGNED_IT = "signed_it"
    NOT_READ = "not_read"


@dataclass(frozen=True)
class Standing:
    """What the rules look at."""

    state: str
    steps: tuple[str, ...]
    checked_by: str = ""
    reviewed_by: str = ""
    signed_by: str = ""


class StepFault(StrEnum):
    """Why steps cannot be the way of a letter."""

    UNKNOWN = "unknown"
    OUT_OF_ORDER = "out_of_order"
    MISSING = "missing"


def step_faults(steps: Sequence[str]) -> list[StepFault]:
    """Return what is wrong with the steps that a village wants."""
    if set(steps) - set(ORDER):
        return [StepFault.UNKNOWN]
    faults = []
    if list(steps) != [step for step in ORDER if step in steps]:
        faults.append(StepFault.OUT_OF_ORDER)
    if set(MUST) - set(steps):
        faults.append(StepFault.MISSING)
    return faults


def after(steps: Sequence[str], done: str) -> State:
    """Return where a request goes when a step of it is done."""
    later = list(steps)[list(steps).index(done) + 1 :]
    return State(later[0]) if later else State.ISSUED


def begins(steps: Sequence[str], *, confirmed: bool) -> State:
    """Return where a request begins; what the RT said already is not asked again."""
    waits = [step for step in steps if not (confirmed and step == Step.CONFIRM)]
    return State(waits[0])


def completed(returned_from: str, steps: Sequence[str]) -> State:
    """Return where a completed request goes on: where it came from, or to the check.

    What was checked is no longer what is there.
    """
    if returned_from == Step.CONFIRM and Step.CONFIRM in steps:
        return State.CONFIRM
    return State.CHECK


def bars_to(
    step: Step, standing: Standing, *, who: str, read: bool = True
) -> list[Bar]:
    """Return every reason why somebody may not take a step.

    No eyes judge their own work: whoever checked a letter neither reviews nor signs it,
    and whoever signed it does not sign for the kecamatan, too.
    """
    bars = []
    if standing.state != step:
        bars.append(Bar.NOT_AT_THIS_STEP)
    if step in (Step.REVIEW, Step.SIGN) and standing.checked_by == who:
        bars.append(Bar.CHECKED_IT)
    if step == Step.COSIGN and standing.signed_by == who:
        bars.append(Bar.SIGNED_IT)
    if step in (Step.SIGN, Step.COSIGN) and not read:
        bars.append(Bar.NOT_READ)
    return bars


_ENDS = {State.REFUSED, State.CANCELLED}
_BACK = {State.RETURNED, State.CHECK}
# Where a request may go from where it is; the database holds it to that.
MOVES: dict[State, frozenset[State]] = {
    State.CONFIRM: frozenset({State.CHECK, State.RETURNED} | _ENDS),
    State.CHECK: frozenset({State.REVIEW, State.SIGN, State.RETURNED} | _ENDS),
    State.REVIEW: frozenset({State.SIGN} | _BACK | _ENDS),
    State.SIGN: frozenset({State.COSIGN, State.ISSUED} | _BACK | _ENDS),
    State.COSIGN: frozenset({State.ISSUED, State.REFUSED} | _BACK),
    State.RETURNED: frozenset({State.CONFIRM, State.CHECK} | _ENDS),
    State.ISSUED: frozenset(),
    State.REFUSED: frozenset(),
    State.CANCELLED: frozenset(),
}
