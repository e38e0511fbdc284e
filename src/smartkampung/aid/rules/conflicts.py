"""Which aid excludes which: what the conflict matrix finds (aid/queries/barring.py)."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Effect(StrEnum):
    """What the matrix says about a pair of programmes."""

    ALLOW = "allow"
    WARN = "warn"
    BLOCK = "block"


@dataclass(frozen=True)
class Aid:
    """One line on a programme's list: what somebody already receives."""

    enrolment_id: int
    programme: str
    programme_name: str
    since: date
    until: date | None
    last_paid_on: date | None
    person_id: int | None
    component: str
    source: str


@dataclass(frozen=True)
class RedLight:
    """Aid that stands in the way of (block) or beside (warn) a programme.

    ``another``: somebody else on the family card receives it on their own name.
    """

    effect: Effect
    aid: Aid
    programme: str
    programme_name: str
    source: str
    another: bool = False

    @property
    def blocks(self) -> bool:
        """Say whether this refuses the programme."""
        return self.effect is Effect.BLOCK
