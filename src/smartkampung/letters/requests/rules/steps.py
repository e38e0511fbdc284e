"""The way of a request, and who may take the next step of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from smartkampung.letters.catalogue.rules.kinds import Step as Step
from smartkampung.letters.requests.rules.hours import PROMISED_MINUTES


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
    ON_PAPER = "on_paper"
    LOOKED = "looked"
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

# What may stand for the word of the RT: said, shown on paper, or looked at by the village.
CONFIRMATIONS = (Did.CONFIRMED, Did.ON_PAPER, Did.LOOKED)
ANSWERS_WITHIN = timedelta(minutes=PROMISED_MINUTES)


class Bar(StrEnum):
    """Why somebody may not take a step now."""

    NOT_AT_THIS_STEP = "not_at_this_step"
    WROTE_IT = "wrote_it"
    CHECKED_IT = "checked_it"
    REVIEWED_IT = "reviewed_it"
    SIGNED_IT = "signed_it"
    OWN_FAMILY = "own_family"
    NOT_READ = "not_read"
    RT_HAS_TIME = "rt_has_time"


@dataclass(frozen=True)
class Standing:
    """What the rules look at; ``hands`` are those of staff by whom its words came."""

    state: str
    hands: tuple[str, ...] = ()
    checked_by: str = ""
    reviewed_by: str = ""
    signed_by: str = ""


def after(steps: Sequence[str], done: str) -> State:
    """Return where a request goes when a step of it is done."""
    later = list(steps)[list(steps).index(done) + 1 :]
    return State(later[0]) if later else State.ISSUED


def begins(steps: Sequence[str], *, confirmed: bool) -> State:
    """Return where a request begins, or begins again.

    What the RT said already is not asked again while it says the same.
    """
    waits = [step for step in steps if not (confirmed and step == Step.CONFIRM)]
    return State(waits[0])


def bars_to(
    step: Step, standing: Standing, *, who: str, read: bool = True, own: bool = False
) -> list[Bar]:
    """Return every reason why somebody may not take a step.

    No eyes judge their own work: whoever asked for a letter, confirmed it or changed it
    neither checks it nor gives it the second look, each step after is somebody else's,
    and the RT aside nobody deals with a letter about their ``own`` family.
    """
    signs = step in (Step.SIGN, Step.COSIGN)
    checks = {
        Bar.NOT_AT_THIS_STEP: standing.state != step,
        Bar.WROTE_IT: step in (Step.CHECK, Step.REVIEW) and who in standing.hands,
        Bar.CHECKED_IT: (signs or step == Step.REVIEW) and standing.checked_by == who,
        Bar.REVIEWED_IT: signs and standing.reviewed_by == who,
        Bar.SIGNED_IT: step == Step.COSIGN and standing.signed_by == who,
        Bar.OWN_FAMILY: step != Step.CONFIRM and own,
        Bar.NOT_READ: signs and not read,
    }
    return [bar for bar, holds in checks.items() if holds]


def is_silent(
    state: str, *, due_at: datetime, answer_by: datetime | None, at: datetime
) -> bool:
    """Say whether an RT let the promised time pass, so that the village looks itself.

    What came back to it has its own fifteen open minutes, until ``answer_by``.
    """
    return state == State.CONFIRM and max(due_at, answer_by or due_at) < at


def bars_to_look(standing: Standing, *, who: str, silent: bool, own: bool) -> list[Bar]:
    """Return every reason why somebody may not look in place of the RT.

    Whose words they are does not stand for the RT, too.
    """
    here = standing.state == State.CONFIRM
    checks = {
        Bar.NOT_AT_THIS_STEP: not here,
        Bar.WROTE_IT: here and who in standing.hands,
        Bar.RT_HAS_TIME: here and not silent,
        Bar.OWN_FAMILY: own,
    }
    return [bar for bar, holds in checks.items() if holds]


_ENDS = {State.REFUSED, State.CANCELLED}
_BACK = {State.RETURNED, State.CONFIRM, State.CHECK}
# Where a request may go from where it is; the database holds it to that.
MOVES: dict[State, frozenset[State]] = {
    State.CONFIRM: frozenset({State.CHECK, State.RETURNED} | _ENDS),
    State.CHECK: frozenset(
        {State.CONFIRM, State.REVIEW, State.SIGN, State.RETURNED} | _ENDS
    ),
    State.REVIEW: frozenset({State.SIGN} | _BACK | _ENDS),
    State.SIGN: frozenset({State.COSIGN, State.ISSUED} | _BACK | _ENDS),
    State.COSIGN: frozenset({State.ISSUED, State.REFUSED} | _BACK),
    State.RETURNED: frozenset({State.CONFIRM, State.CHECK} | _ENDS),
    State.ISSUED: frozenset(),
    State.REFUSED: frozenset(),
    State.CANCELLED: frozenset(),
}
