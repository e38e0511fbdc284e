"""What may happen to a claim now, and why not. Guards the buttons and the writes."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum


class State(StrEnum):
    """Where a claim stands."""

    TO_CHECK = "to_check"
    TO_DECIDE = "to_decide"
    APPROVED = "approved"
    REFUSED = "refused"
    HANDED_OVER = "handed_over"
    RETURNED = "returned"
    STOPPED = "stopped"


class Reason(StrEnum):
    """Why aid is refused. Stable codes; the words are in ``aid.words``."""

    NIK_UNKNOWN = "nik_unknown"
    NO_VALID_NIK = "no_valid_nik"
    NIK_CONTESTED = "nik_contested"
    DEAD = "dead"
    MOVED = "moved"
    MISSING = "missing"
    ALREADY_RECEIVING = "already_receiving"
    ALREADY_ENTITLED = "already_entitled"
    BUDGET_EXHAUSTED = "budget_exhausted"
    PROGRAMME_CLOSED = "programme_closed"
    REFUSED_BEFORE = "refused_before"
    LIVES_ELSEWHERE = "lives_elsewhere"
    CRITERIA_NOT_MET = "criteria_not_met"
    CHECKER_ADVISES_AGAINST = "checker_advises_against"
    NOT_FOUND_AT_ADDRESS = "not_found_at_address"
    OTHER = "other"


# Approval is impossible while one of these stands, whoever wishes it.
BLOCKING = frozenset(
    {
        Reason.NIK_UNKNOWN,
        Reason.NO_VALID_NIK,
        Reason.NIK_CONTESTED,
        Reason.DEAD,
        Reason.MOVED,
        Reason.MISSING,
        Reason.ALREADY_RECEIVING,
        Reason.ALREADY_ENTITLED,
        Reason.BUDGET_EXHAUSTED,
        Reason.PROGRAMME_CLOSED,
    }
)
LIFE = {"dead": Reason.DEAD, "moved": Reason.MOVED, "missing": Reason.MISSING}

# A village's own fund pays for those who live in it; everything else moves along.
VILLAGE_FUND = "Dana Desa"

# The seven days of a claim, counted back from its due date.
CHECK_BEFORE_DUE = timedelta(days=4)
DECIDE_BEFORE_DUE = timedelta(days=2)
WHOLE_CLOCK = timedelta(days=7)
# How long after a refusal one may object.
OBJECT_WITHIN = timedelta(days=30)


@dataclass(frozen=True)
class Recipient:
    """What the registry says about the person of a claim, now."""

    has_nik: bool
    status: str
    contested: bool


@dataclass(frozen=True)
class Case:
    """Everything that a decision about one programme looks at.

    ``recipient`` is None while nobody in the registry was matched; ``budget_left``
    is None when no programme is chosen.
    """

    recipient: Recipient | None
    closed: bool = False
    blocked: bool = False
    entitled: bool = False
    amount: int = 0
    budget_left: int | None = None
    refused_before: bool = False
    findings: Collection[str] = field(default=())
    recommended: bool = True
    poverty_met: int = 0
    poverty_needed: int = 0
    eligible: bool = True


def reasons_against(case: Case) -> list[Reason]:
    """Return every reason to refuse, those that make approval impossible first."""
    short = case.budget_left is not None and case.budget_left < case.amount
    noticed = {
        Reason.PROGRAMME_CLOSED: case.closed,
        Reason.ALREADY_RECEIVING: case.blocked,
        Reason.ALREADY_ENTITLED: case.entitled,
        Reason.BUDGET_EXHAUSTED: short,
        Reason.REFUSED_BEFORE: case.refused_before,
        Reason.LIVES_ELSEWHERE: "lives_elsewhere" in case.findings,
        Reason.CRITERIA_NOT_MET: case.poverty_met < case.poverty_needed
        or not case.eligible,
        Reason.CHECKER_ADVISES_AGAINST: not case.recommended,
    }
    return _about_recipient(case.recipient) + [r for r, yes in noticed.items() if yes]


def hindrances(case: Case) -> list[Reason]:
    """Return the reasons that make approval impossible."""
    return [reason for reason in reasons_against(case) if reason in BLOCKING]


def _about_recipient(recipient: Recipient | None) -> list[Reason]:
    if recipient is None:
        return [Reason.NIK_UNKNOWN]
    noticed = {
        Reason.NO_VALID_NIK: not recipient.has_nik,
        Reason.NIK_CONTESTED: recipient.contested,
    }
    reasons = [reason for reason, yes in noticed.items() if yes]
    gone = LIFE.get(recipient.status)
    return [*reasons, gone] if gone else reasons


class Bar(StrEnum):
    """Why this officer may not act on this claim."""

    NOT_TO_CHECK = "not_to_check"
    NOT_TO_DECIDE = "not_to_decide"
    CHECKED_IT = "checked_it"
    DECIDED_BEFORE = "decided_before"
    KIN = "kin"


def bars_to_check(state: str) -> list[Bar]:
    """Return why a visit cannot be written down now."""
    return [] if state == State.TO_CHECK else [Bar.NOT_TO_CHECK]


def bars_to_decide(
    state: str,
    *,
    decider: int,
    checkers: Collection[int],
    deciders: Collection[int],
    kin: bool,
) -> list[Bar]:
    """Return every reason why this officer may not decide this claim.

    ``checkers`` visited, ``deciders`` decided before an objection reopened it.
    """
    tests = {
        Bar.NOT_TO_DECIDE: state != State.TO_DECIDE,
        Bar.CHECKED_IT: decider in checkers,
        Bar.DECIDED_BEFORE: decider in deciders,
        Bar.KIN: kin,
    }
    return [bar for bar, holds in tests.items() if holds]


def check_due(due_at: datetime) -> datetime:
    """Return by when the village should have visited."""
    return due_at - CHECK_BEFORE_DUE


def decision_due(due_at: datetime) -> datetime:
    """Return by when the kecamatan should have decided."""
    return due_at - DECIDE_BEFORE_DUE
