"""When a cycle may be closed: nothing of it is on its way any more."""

from dataclasses import dataclass
from enum import StrEnum


class Bar(StrEnum):
    """Why a cycle cannot be closed now. The words are in ``cycles.words``."""

    CLOSED_BEFORE = "closed_before"
    WORK_RUNNING = "work_running"
    LIST_UNDER_WAY = "list_under_way"
    TRANCHE_TO_COME = "tranche_to_come"
    IN_BATCH = "in_batch"
    AT_THE_BANK = "at_the_bank"


@dataclass(frozen=True)
class Standing:
    """What a cycle still has on its way, and what of it nobody took (``left``).

    ``to_come`` are tranches whose day is not over and that were not given out whole;
    ``in_batch`` and ``at_the_bank`` are entitlements that wait there.
    """

    closed: bool = False
    running: int = 0
    under_way: int = 0
    to_come: int = 0
    in_batch: int = 0
    at_the_bank: int = 0
    left: int = 0
    left_amount: int = 0


def bars_to_close(standing: Standing) -> list[Bar]:
    """Return every reason why a cycle cannot be closed."""
    tests = {
        Bar.CLOSED_BEFORE: standing.closed,
        Bar.WORK_RUNNING: standing.running > 0,
        Bar.LIST_UNDER_WAY: standing.under_way > 0,
        Bar.TRANCHE_TO_COME: standing.to_come > 0,
        Bar.IN_BATCH: standing.in_batch > 0,
        Bar.AT_THE_BANK: standing.at_the_bank > 0,
    }
    return [bar for bar, holds in tests.items() if holds]
