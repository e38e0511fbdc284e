"""What must be answered, and by whom at all; the protocol of a day says the rest."""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from smartkampung.accounts.roles import Permission, Role


class Trigger(StrEnum):
    """What happened that somebody must answer."""

    ILL = "ill"
    MISSED = "missed"
    MISSED_AGAIN = "missed_again"
    LEFT = "left"
    EXIT_OPEN = "exit_open"  # the last day is over, and nobody let them go


@dataclass(frozen=True)
class Duty:
    """What kind of work an answer is, and who may give it, whatever the protocol says.

    ``health``: only health workers learn of it, and no version can change that. What
    pillars see as waiting for others says the same of the ill and of the missed.
    """

    kind: str
    permission: Permission
    health: bool = False


@dataclass(frozen=True)
class Rung:
    """One rung: who must answer, within which time, and who is told after that."""

    told: tuple[Role, ...]
    then: tuple[Role, ...]
    within: timedelta
    kind: str
    permission: Permission
    health: bool


SEE, LOOK_FOR, DECIDE = (
    "isolation.see",
    "isolation.look_for",
    "isolation.decide_exit",
)
DUTIES = {
    Trigger.ILL: Duty(SEE, Permission.MONITORING_RECORD, health=True),
    Trigger.MISSED: Duty(SEE, Permission.MONITORING_RECORD),
    Trigger.MISSED_AGAIN: Duty(LOOK_FOR, Permission.ESCALATION_ANSWER),
    Trigger.LEFT: Duty(LOOK_FOR, Permission.ESCALATION_ANSWER),
    Trigger.EXIT_OPEN: Duty(DECIDE, Permission.RELEASE_DECIDE),
}


def least_missed(again_after: int) -> dict[Trigger, int]:
    """Return from how many looks missed in a row on each is told."""
    return {Trigger.MISSED: 1, Trigger.MISSED_AGAIN: again_after}


# A check that did what was due answers these by itself; being ill needs words.
ANSWERED_BY_A_LOOK = (Trigger.MISSED, Trigger.MISSED_AGAIN)
ANSWERED_BY_BEING_SEEN = (*ANSWERED_BY_A_LOOK, Trigger.LEFT)
