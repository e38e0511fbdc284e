"""What a hand-over point must say. Pure."""

from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum

MOST_PEOPLE = 2000


@dataclass(frozen=True)
class Plan:
    """Where and when a part of a batch is handed over, and to how many."""

    place: str
    on: date
    starts: time
    ends: time
    capacity: int
    areas: tuple[str, ...]


class Fault(StrEnum):
    """What is wrong with a plan."""

    ENDS_BEFORE_IT_STARTS = "ends_before_it_starts"
    NOBODY_IS_CALLED = "nobody_is_called"


def faults(plan: Plan) -> list[Fault]:
    """Return everything that is wrong, to be mended at once."""
    found = {
        Fault.ENDS_BEFORE_IT_STARTS: plan.ends <= plan.starts,
        Fault.NOBODY_IS_CALLED: not plan.areas,
    }
    return [fault for fault, holds in found.items() if holds]
